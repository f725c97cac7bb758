import type { InputBlock } from '@slack/types';
import { type Reached, SIGNAL_KINDS, type SignalKind, type Telling } from '../../domain/near-miss.ts';
import {
  isSignalKind,
  QUESTIONS,
  REACHED_WORDS,
  readSaves,
  SIGNAL_KIND_WORDS,
} from '../../domain/story/questions.ts';
import { option, plainText, selectInput, textInput } from '../platform/blocks.ts';
import type { Entered } from '../platform/view-values.ts';

/** At most this many people are asked about at once. */
export const MOST_PEOPLE = 10;

const SAVES = 'saves';
const SIGNAL_KIND = 'signal_kind';
const KEY_PLAYERS = 'key_players';
const REACHED = 'reached';

/** What went right, a line each. */
export function savesInput(lines: string[]): InputBlock {
  return textInput(SAVES, QUESTIONS.saves, { value: lines.join('\n') });
}

/** One save per line; a line that stayed keeps what was said about its kind. */
export function savesIn(values: Entered, before: Telling): Telling['saves'] {
  return readSaves(values.raw(SAVES)).map(
    (line) => before.saves.find((save) => save.text === line) ?? { text: line },
  );
}

/** What kind of thing made somebody look, out of the kinds there are. */
export function signalKindInput(chosen: string | undefined): InputBlock {
  const options = SIGNAL_KINDS.map((kind) => option(kind, SIGNAL_KIND_WORDS[kind]));
  return selectInput(SIGNAL_KIND, QUESTIONS.signal_kind, options, chosen);
}

/** Undefined where nothing was chosen, or something that is no kind. */
export function signalKindIn(values: Entered): SignalKind | undefined {
  const kind = values.chosen(SIGNAL_KIND);
  return kind !== undefined && isSignalKind(kind) ? kind : undefined;
}

/** A picker of people; Slack draws it, so nobody has to be named to the app first. */
export function keyPlayersInput(chosen: string[]): InputBlock {
  const { label, hint, placeholder } = QUESTIONS.key_players;
  return {
    type: 'input',
    block_id: KEY_PLAYERS,
    optional: true,
    label: plainText(label),
    hint: plainText(hint),
    element: {
      type: 'multi_users_select',
      action_id: KEY_PLAYERS,
      max_selected_items: MOST_PEOPLE,
      placeholder: plainText(placeholder),
      ...(chosen.length > 0 && { initial_users: chosen.slice(0, MOST_PEOPLE) }),
    },
  };
}

/** Those who were chosen, each with what is told of them already; undefined where people were not asked for. */
export function keyPlayersIn(values: Entered, before: Telling): Telling['keyPlayers'] | undefined {
  if (!values.has(KEY_PLAYERS)) return undefined;
  return values
    .people(KEY_PLAYERS)
    .slice(0, MOST_PEOPLE)
    .map((personId) => before.keyPlayers.find((known) => known.personId === personId) ?? { personId });
}

/** In place of people, where nobody is to know who was there. */
export function rolesInput(value: string | undefined): InputBlock {
  return textInput('roles', QUESTIONS.roles, { value });
}

/** Did it reach anyone? */
export function reachedInput(chosen: string | undefined): InputBlock {
  const options = Object.entries(REACHED_WORDS).map(([value, words]) => option(value, words));
  return selectInput(REACHED, QUESTIONS.reached, options, chosen);
}

/** Undefined where nothing was chosen, or something that is no answer. */
export function reachedIn(values: Entered): Reached | undefined {
  const chosen = values.chosen(REACHED);
  return chosen !== undefined && Object.hasOwn(REACHED_WORDS, chosen) ? (chosen as Reached) : undefined;
}

/** These answers over the earlier ones; an empty one is taken away. */
export function withAnswers(
  before: Telling['answers'],
  changes: Record<string, string | undefined>,
): Telling['answers'] {
  const merged = Object.entries({ ...before, ...changes }).filter(([, text]) => text !== undefined);
  return Object.fromEntries(merged);
}
