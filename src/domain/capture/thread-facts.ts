import { LONGEST_ANSWER } from '../story/questions.ts';
import { shorten } from '../text/shorten.ts';
import { alertWords } from './thread/alert.ts';
import { firstLine, type Line } from './thread/first-line.ts';
import { askerOf } from './thread/form.ts';
import { beginningOf, type ThreadMessage } from './thread/message.ts';
import { nameMarker } from './thread/names.ts';
import { openingOf } from './thread/opening.ts';
import { offered } from './thread/sentences.ts';
import { tookPart } from './thread/took-part.ts';

/** Where the first line comes from: an alert, the first message of the thread, or a reply in it. */
export const SOURCES = ['alert', 'first', 'reply'] as const;
type Source = (typeof SOURCES)[number];

/** What a thread says by itself, before anybody is asked. */
export type ThreadFacts = {
  /** Empty where it says nothing that can stand for a story. */
  firstLine: string;
  /** Where that is from, and whose words it is, if a person's. */
  takenFrom?: { source: Source; personId?: string };
  messages: number;
  people: number;
  startedAt: number;
  /** Who took part, most active first, at most ten, without bots and without the person asking. */
  participants: string[];
  /** What a bot noticed, before any person did. */
  alert?: string;
  /** A colleague asked, through a form. */
  wasAsked?: true;
};

export const MOST_PARTICIPANTS = 10;

/**
 * An alert is cut to fit, with the rest of what is known, in the 3,000 characters a modal carries along as
 * JSON, even if Slack counts each `&` as the five it is sent as.
 */
const LONGEST_ALERT = 450;

const lengthAsJson = (part: string) => JSON.stringify(part).length - '""'.length;

/**
 * Reads a thread, oldest message first, without any AI.
 * @param names of the people in it and of whom it mentions: none of them stays in what is offered.
 */
export function threadFacts(
  given: ThreadMessage[],
  askingId: string,
  names: Iterable<string> = [],
): ThreadFacts | undefined {
  const messages = given.map(beginningOf);
  const [first] = messages;
  if (first === undefined) return undefined;
  const marked = nameMarker(names);
  const byPeople = messages.filter(({ personId }) => personId !== undefined);
  const opening = openingOf(messages);
  const alert = opening.alert && offered(marked(alertWords(opening.alert)));
  const asker = opening.form && askerOf(opening.form);
  const line = firstLine(messages, opening, marked);
  return {
    firstLine: shorten(line?.text ?? '', LONGEST_ANSWER),
    ...(line?.text && { takenFrom: takenFrom(line, first) }),
    messages: messages.length,
    people: new Set(byPeople.map(({ personId }) => personId)).size,
    startedAt: first.at,
    participants: participants(byPeople, asker, marked)
      .filter((id) => id !== askingId)
      .slice(0, MOST_PARTICIPANTS),
    ...(alert && { alert: shorten(alert, LONGEST_ALERT, lengthAsJson) }),
    ...(!alert && asker !== undefined && { wasAsked: true }),
  };
}

function takenFrom({ of, isAlert }: Line, first: ThreadMessage): NonNullable<ThreadFacts['takenFrom']> {
  const source = isAlert ? 'alert' : of === first ? 'first' : 'reply';
  return { source, ...(of.personId !== undefined && { personId: of.personId }) };
}

/** Who wrote more than thanks, most active first, and who asked through a form. */
function participants(
  byPeople: ThreadMessage[],
  asker: string | undefined,
  marked: (text: string) => string,
): string[] {
  const counts = new Map<string, number>();
  const took = new Set<string>();
  for (const message of byPeople) {
    const { personId = '' } = message;
    counts.set(personId, (counts.get(personId) ?? 0) + 1);
    if (!took.has(personId) && tookPart(message, marked)) took.add(personId);
  }
  if (asker !== undefined) took.add(asker);
  return [...took].toSorted((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0));
}
