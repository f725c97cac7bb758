import { LONGEST_ANSWER } from '../story/questions.ts';
import { saysSomething } from '../text/says-something.ts';
import { shorten } from '../text/shorten.ts';

/** One message of a thread, decoded: `text` is what its writer saw. Exactly one of `personId` and `bot` is usual. */
export type ThreadMessage = { at: number; text: string; personId?: string; bot?: string };

/** What a thread says by itself, before anybody is asked. */
export type ThreadFacts = {
  firstLine: string;
  messages: number;
  people: number;
  startedAt: number;
  /** Who posted, most active first, at most ten, without bots and without the person asking. */
  participants: string[];
  /** The first thing a bot said: its alert. */
  alert?: string;
};

export const MOST_PARTICIPANTS = 10;

/**
 * An alert is cut to fit, with the rest of what is known, in the 3,000 characters a modal carries along as
 * JSON, even if Slack counts each `&` as the five it is sent as.
 */
const LONGEST_ALERT = 450;

const lengthAsJson = (part: string) => JSON.stringify(part).length - '""'.length;

/**
 * Reads a thread, oldest message first, without any AI. A thread started by a bot's alert keeps the alert
 * as the signal and takes its first line from the first person who wrote.
 */
export function threadFacts(messages: ThreadMessage[], askingId: string): ThreadFacts | undefined {
  const [first] = messages;
  if (first === undefined) return undefined;
  const byPeople = messages.filter(({ personId }) => personId !== undefined);
  const opening = byPeople.find(({ text }) => saysSomething(text)) ?? first;
  const alert = messages.find(({ bot, text }) => bot !== undefined && saysSomething(text));
  return {
    firstLine: firstLineOf(opening.text),
    messages: messages.length,
    people: new Set(byPeople.map(({ personId }) => personId)).size,
    startedAt: first.at,
    participants: mostActive(byPeople, askingId),
    ...(alert !== undefined && { alert: shorten(alertWords(alert), LONGEST_ALERT, lengthAsJson) }),
  };
}

function firstLineOf(text: string): string {
  const line = text.split(/\r\n|\r|\n/).find(saysSomething) ?? '';
  return shorten(line.trim(), LONGEST_ANSWER);
}

function alertWords({ bot, text }: ThreadMessage): string {
  return `${bot}: ${text.trim()}`;
}

function mostActive(messages: ThreadMessage[], askingId: string): string[] {
  const counts = new Map<string, number>();
  for (const { personId } of messages) {
    if (personId !== undefined && personId !== askingId)
      counts.set(personId, (counts.get(personId) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, MOST_PARTICIPANTS)
    .map(([personId]) => personId);
}
