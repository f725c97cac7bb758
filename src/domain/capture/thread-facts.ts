import { LONGEST_ANSWER } from '../story/questions.ts';
import { shorten } from '../text/shorten.ts';
import { alertWords } from './thread/alert.ts';
import { botMessage } from './thread/bot-message.ts';
import { offered, type Sentence, sentencesOf, toldAfter, toldFirst } from './thread/first-line.ts';
import { answerOf, askerOf } from './thread/form.ts';
import type { ThreadMessage } from './thread/message.ts';
import { nameMarker } from './thread/names.ts';
import { tookPart } from './thread/took-part.ts';

/** Where the first line comes from: an alert, the first message of the thread, or a reply in it. */
export const SOURCES = ['alert', 'first', 'reply'] as const;
export type Source = (typeof SOURCES)[number];

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
  messages: ThreadMessage[],
  askingId: string,
  names: Iterable<string> = [],
): ThreadFacts | undefined {
  const [first] = messages;
  if (first === undefined) return undefined;
  const marked = nameMarker(names);
  const byPeople = messages.filter(({ personId }) => personId !== undefined);
  const signal = signalOf(messages);
  const alert = signal && offered(marked(alertWords(signal)));
  const line = lineOf(messages, signal, marked);
  return {
    firstLine: shorten(line?.text ?? '', LONGEST_ANSWER),
    ...(line?.text && { takenFrom: takenFrom(line, first) }),
    messages: messages.length,
    people: new Set(byPeople.map(({ personId }) => personId)).size,
    startedAt: first.at,
    participants: participants(messages, askingId, marked),
    ...(alert && { alert: shorten(alert, LONGEST_ALERT, lengthAsJson) }),
  };
}

type Line = { text: string; of: ThreadMessage; isAlert?: true };

function takenFrom({ of, isAlert }: Line, first: ThreadMessage): NonNullable<ThreadFacts['takenFrom']> {
  const source = isAlert ? 'alert' : of === first ? 'first' : 'reply';
  return { source, ...(of.personId !== undefined && { personId: of.personId }) };
}

/** What bots said before the first person did. */
function beforePeople(messages: ThreadMessage[]): ThreadMessage[] {
  const end = messages.findIndex(({ personId }) => personId !== undefined);
  return messages.slice(0, end === -1 ? undefined : end).filter(({ bot }) => bot !== undefined);
}

function signalOf(messages: ThreadMessage[]): ThreadMessage | undefined {
  const isAnswer = messages[0]?.isDeleted === true;
  return beforePeople(messages).find((message) => botMessage(message, isAnswer) === 'alert');
}

function lineOf(
  messages: ThreadMessage[],
  signal: ThreadMessage | undefined,
  marked: (text: string) => string,
): Line | undefined {
  const form = signal === undefined ? beforePeople(messages).find((each) => botMessage(each) === 'form') : undefined;
  const answer = form && answered(form, marked);
  if (answer !== undefined) return answer;
  const said = messages.filter(({ personId }) => personId !== undefined).map((each) => sentencesOf(each, marked));
  const worded = said.filter((each) => each.length > 0);
  if (signal !== undefined)
    return toldBy(toldAfter(said)) ?? { text: offered(marked(alertWords(signal))), of: signal, isAlert: true };
  const openerId = worded[0]?.[0]?.of.personId;
  const isOpeners = (sentences: Sentence[]) => sentences[0]?.of.personId === openerId;
  const over = beforePeople(messages).find((each) => botMessage(each) === 'over');
  const told = toldBy(over === undefined ? toldFirst(worded.filter(isOpeners), worded.filter((each) => !isOpeners(each))) : toldAfter(said));
  return told ?? (over && { text: offered(marked(alertWords(over))), of: over, isAlert: true });
}

function toldBy(sentence: Sentence | undefined): Line | undefined {
  return sentence && { text: offered(sentence.text), of: sentence.of };
}

/** The first sentence of what was answered in a form. */
function answered(form: ThreadMessage, marked: (text: string) => string): Line | undefined {
  const text = answerOf(form);
  if (text === '') return undefined;
  const sentences = sentencesOf({ ...form, parts: [{ text }] }, marked);
  const told = toldFirst([sentences], []) ?? sentences[0];
  return { text: offered(told?.text ?? marked(text)), of: form };
}

/** People by how much they wrote, and who asked through a form. */
function participants(messages: ThreadMessage[], askingId: string, marked: (text: string) => string): string[] {
  const counts = new Map<string, number>();
  const took = new Set<string>();
  for (const message of messages) {
    const { personId, bot } = message;
    if (personId !== undefined) {
      counts.set(personId, (counts.get(personId) ?? 0) + 1);
      if (tookPart(message, marked)) took.add(personId);
    } else if (bot !== undefined && botMessage(message) === 'form') {
      const asker = askerOf(message);
      if (asker !== undefined) took.add(asker);
    }
  }
  return [...took]
    .filter((personId) => personId !== askingId)
    .toSorted((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0))
    .slice(0, MOST_PARTICIPANTS);
}
