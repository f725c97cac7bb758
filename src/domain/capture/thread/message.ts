import { shorten } from '../../text/shorten.ts';

/** One line of what a message shows; see what shows it for what each mark means. */
export type Part = {
  text: string;
  label?: string;
  isHeading?: true;
  isCode?: true;
  isSmall?: true;
  /** Ids of people it mentions; the text has `@` and their names. */
  mentions?: string[];
};

/** One message of a thread: a person's, a bot's, or, with neither, one that says nothing. */
export type ThreadMessage = {
  at: number;
  personId?: string;
  /** What the bot calls itself. */
  bot?: string;
  parts: Part[];
  /** What was sent along and not shown: it tells what kind a bot's message is, and is never offered. */
  aside?: string;
  /** Something besides words: a picture, a file. */
  hasFiles?: boolean;
  /** Somebody deleted it; what stands below may answer what nobody can read. */
  isDeleted?: boolean;
};

/** A line as it is read: with its label, if it has one. */
export function lineOf({ label, text }: Part): string {
  return label === undefined ? text : `${label}: ${text}`;
}

/** More is not read of a message: what it is about stands at its beginning, and rules take time. */
const MOST_LINES = 40;
const LONGEST_LINE = 600;

/** As much of a message as is read. */
export function beginningOf(message: ThreadMessage): ThreadMessage {
  const parts = message.parts
    .slice(0, MOST_LINES)
    .map((part) => ({ ...part, text: shorten(part.text, LONGEST_LINE) }));
  return { ...message, parts };
}

/** What its writer said in words, line by line: no logs, no small print. */
export function saidIn({ parts }: Pick<ThreadMessage, 'parts'>): Part[] {
  return parts.filter(({ isCode, isSmall }) => !isCode && !isSmall);
}
