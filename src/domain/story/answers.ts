import type { NearMiss, Telling } from '../near-miss.ts';
import { saysSomething } from '../text/says-something.ts';
import { SIGNAL_KIND_WORDS } from './choices.ts';
import { type AnswerId, type QuestionId, question, TOPICS, type Topic } from './questions.ts';

/** Is this asked of somebody? `people`: those who took part may be named to the app. */
export function isAsked(id: QuestionId, { people, telling }: { people: boolean; telling: Telling }): boolean {
  switch (question(id).onlyIf) {
    case 'with_people':
      return people;
    case 'without_people':
      return !people;
    case 'luck_was_told':
      return isAnswered(id, telling);
    default:
      return true;
  }
}

/** What a telling says to a question, in words: one text, or one for each thing or person. */
export function saidTo(id: QuestionId, { saves, keyPlayers, signal, answers }: Telling): string[] {
  const { kept } = question(id);
  if (kept === 'saves') return saves.map(({ text }) => text);
  if (kept === 'key_players') return keyPlayers.flatMap(({ madePossible }) => madePossible ?? []);
  if (kept === 'answers') return said(answers[id as AnswerId]);
  if (kept === 'near_miss') return [];
  if (kept.signal === 'kind') return signal.kind === undefined ? [] : [SIGNAL_KIND_WORDS[signal.kind]];
  return said(signal[kept.signal]);
}

const said = (text: string | undefined) => (text ? [text] : []);

function isAnswered(id: QuestionId, telling: Telling): boolean {
  return id === 'key_players' ? telling.keyPlayers.length > 0 : saidTo(id, telling).length > 0;
}

/** A telling with this text in answer to a question; an empty answer is taken away. */
export function withText(id: QuestionId, text: string | undefined, telling: Telling): Telling {
  const { kept } = question(id);
  if (typeof kept === 'object') return { ...telling, signal: { ...telling.signal, [kept.signal]: text } };
  const answers = Object.entries({ ...telling.answers, [id]: text }).filter(
    ([, words]) => words !== undefined,
  );
  return { ...telling, answers: Object.fromEntries(answers) };
}

/** How many answers a near-miss has under a topic, everyone's together. */
export function answered(topic: Topic, { told, added }: Pick<NearMiss, 'told' | 'added'>): number {
  const { asks } = TOPICS[topic];
  return [told, ...added].flatMap((telling) => asks.filter((id) => isAnswered(id, telling))).length;
}

/** One save per line that says something. */
export function readSaves(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter(saysSomething);
}
