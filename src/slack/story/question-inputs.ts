import type { InputBlock } from '@slack/types';
import type { Telling } from '../../domain/near-miss.ts';
import { isAsked, readSaves, saidTo, withText } from '../../domain/story/answers.ts';
import {
  isReached,
  isSignalKind,
  REACHED_WORDS,
  type Reached,
  SIGNAL_KIND_WORDS,
  type SignalKind,
} from '../../domain/story/choices.ts';
import { QUESTIONS, type QuestionId, question } from '../../domain/story/questions.ts';
import { option, plainText, selectInput, textInput } from '../platform/blocks.ts';
import type { Entered } from '../platform/view-values.ts';

/** At most this many people are asked about at once. */
export const MOST_PEOPLE = 10;

/** Those of these questions that are asked, each with what is told already. `people`: they may be named to the app. */
export function questionInputs(
  ids: readonly QuestionId[],
  of: { people: boolean; telling: Telling; reached?: Reached | undefined },
): InputBlock[] {
  return ids.filter((id) => isAsked(id, of)).map((id) => questionInput(id, of.telling, of.reached));
}

function questionInput(id: QuestionId, telling: Telling, reached: Reached | undefined): InputBlock {
  switch (question(id).asked) {
    case 'lines':
    case 'text':
      return textInput(id, question(id), { value: saidTo(id, telling).join('\n') });
    case 'people':
      return keyPlayersInput(telling.keyPlayers.map(({ personId }) => personId));
    case 'choice':
      return id === 'reached'
        ? reachedInput(reached)
        : choiceInput(id, SIGNAL_KIND_WORDS, telling.signal.kind);
  }
}

function choiceInput(id: QuestionId, words: Record<string, string>, chosen: string | undefined): InputBlock {
  const options = Object.entries(words).map(([value, text]) => option(value, text));
  return selectInput(id, question(id), options, chosen);
}

/** A picker of people; Slack draws it, so nobody has to be named to the app first. */
function keyPlayersInput(chosen: string[]): InputBlock {
  const { label, hint, placeholder } = QUESTIONS.key_players;
  return {
    type: 'input',
    block_id: 'key_players',
    optional: true,
    label: plainText(label),
    hint: plainText(hint),
    element: {
      type: 'multi_users_select',
      action_id: 'key_players',
      max_selected_items: MOST_PEOPLE,
      placeholder: plainText(placeholder),
      ...(chosen.length > 0 && { initial_users: chosen.slice(0, MOST_PEOPLE) }),
    },
  };
}

/** Did it reach anyone? It belongs to the near-miss, not to a telling. */
export function reachedInput(chosen: Reached | undefined): InputBlock {
  return choiceInput('reached', REACHED_WORDS, chosen);
}

/** Undefined where nothing was chosen, or something that is no answer. */
export function reachedIn(values: Entered): Reached | undefined {
  const chosen = values.chosen('reached');
  return chosen !== undefined && isReached(chosen) ? chosen : undefined;
}

/** What was entered in answer to these questions, over what was told before; what was not asked stays. */
export function readAnswers(ids: readonly QuestionId[], values: Entered, before: Telling): Telling {
  return ids
    .filter(values.has)
    .reduce((telling, id) => ({ ...telling, ...readAnswer(id, values, telling) }), before);
}

function readAnswer(id: QuestionId, values: Entered, before: Telling): Partial<Telling> {
  switch (question(id).asked) {
    case 'lines':
      return { saves: savesIn(values, before) };
    case 'text':
      return withText(id, values.text(id), before);
    case 'people':
      return { keyPlayers: keyPlayersIn(values, before) };
    case 'choice':
      return id === 'reached' ? {} : { signal: { ...before.signal, kind: signalKindIn(values) } };
  }
}

/** One save per line; a line that stayed keeps what was said about its kind. */
function savesIn(values: Entered, before: Telling): Telling['saves'] {
  return readSaves(values.raw('saves')).map(
    (line) => before.saves.find((save) => save.text === line) ?? { text: line },
  );
}

/** Undefined where nothing was chosen, or something that is no kind. */
function signalKindIn(values: Entered): SignalKind | undefined {
  const kind = values.chosen('signal_kind');
  return kind !== undefined && isSignalKind(kind) ? kind : undefined;
}

/** Those who were chosen, each with what is told of them already. */
function keyPlayersIn(values: Entered, before: Telling): Telling['keyPlayers'] {
  return values
    .people('key_players')
    .slice(0, MOST_PEOPLE)
    .map((personId) => before.keyPlayers.find((known) => known.personId === personId) ?? { personId });
}
