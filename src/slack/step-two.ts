import type { ViewOutput } from '@slack/bolt';
import type { InputBlock, ModalView } from '@slack/types';
import {
  EMPTY_TELLING,
  type NearMiss,
  nameOf,
  type Reached,
  SIGNAL_KINDS,
  type Telling,
} from '../domain/near-miss.ts';
import { keepsReporter } from '../domain/reading.ts';
import {
  isSignalKind,
  LONGEST_ANSWER,
  QUESTIONS,
  REACHED_WORDS,
  readSaves,
  SIGNAL_KIND_WORDS,
} from '../domain/topics.ts';
import { fit, LIMITS, option, plainText, section, selectInput, textInput, typed } from './blocks.ts';
import { type Entered, entered } from './state-values.ts';

export const STEP_TWO = 'share_step_two';
export const MADE_POSSIBLE = 'share_made_possible';

/** At most this many people are asked about at once. */
export const MOST_PEOPLE = 10;

/** What step 2 starts from: what is told already, or what a thread said. */
export type StepTwoStart = { telling: Telling; reached?: Reached | undefined };

type Subject = Pick<NearMiss, 'id' | 'tier' | 'number'>;

/** Step 2: nine questions, each of which may stay empty. */
export function stepTwo(
  nearMiss: Subject,
  { telling, reached }: StepTwoStart = { telling: EMPTY_TELLING },
): ModalView {
  const { answers, signal, saves } = telling;
  const kept = keepsReporter(nearMiss.tier);
  return {
    type: 'modal',
    callback_id: STEP_TWO,
    title: plainText('What can we learn?'),
    submit: plainText('Add to the story'),
    close: plainText('Skip'),
    // Skipping is an end too: the confirmation need not wait. Nothing is to be told of somebody without a name.
    notify_on_close: kept,
    private_metadata: JSON.stringify({ id: nearMiss.id }),
    blocks: [
      section(savedWords(nearMiss)),
      savesInput(saves.map(({ text }) => text)),
      textInput('closeness', QUESTIONS.closeness, { value: answers.closeness }),
      signalKindInput(signal.kind),
      textInput('noticed', QUESTIONS.noticed, { value: signal.noticed }),
      textInput('expected', QUESTIONS.expected, { value: answers.expected }),
      textInput('instead', QUESTIONS.instead, { value: answers.instead }),
      textInput('protecting', QUESTIONS.protecting, { value: answers.protecting }),
      kept ? keyPlayersInput(telling.keyPlayers.map(({ personId }) => personId)) : rolesInput(answers.roles),
      reachedInput(reached),
    ],
  };
}

function savedWords(nearMiss: Subject): string {
  const name = nameOf(nearMiss);
  return name === undefined
    ? '*Saved.* You can stop here. *Add to the story* keeps what you type below; *Skip* does not.'
    : `*Saved as ${name}.* You can stop here. If you have two more minutes, any of these helps the next person. *Add to the story* keeps what you type; *Skip* does not.`;
}

export function savesInput(lines: string[]): InputBlock {
  return textInput('saves', QUESTIONS.saves, { value: lines.join('\n') });
}

export function signalKindInput(chosen: string | undefined): InputBlock {
  const options = SIGNAL_KINDS.map((kind) => option(kind, SIGNAL_KIND_WORDS[kind]));
  return selectInput('signal_kind', QUESTIONS.signal_kind, options, chosen);
}

/** A picker of people; Slack draws it, so nobody has to be named to the app first. */
export function keyPlayersInput(chosen: string[]): InputBlock {
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

export function rolesInput(value: string | undefined): InputBlock {
  return textInput('roles', QUESTIONS.roles, { value });
}

export function reachedInput(chosen: string | undefined): InputBlock {
  const options = Object.entries(REACHED_WORDS).map(([value, words]) => option(value, words));
  return selectInput('reached', QUESTIONS.reached, options, chosen);
}

export function readReached(values: Entered): Reached | undefined {
  const chosen = values.chosen('reached');
  return chosen !== undefined && Object.hasOwn(REACHED_WORDS, chosen) ? (chosen as Reached) : undefined;
}

export type StepTwoAnswers = { telling: Telling; reached?: Reached | undefined };

/** What was sent, on top of `before`: the questions step 2 does not ask keep their answers. */
export function readStepTwo(view: Pick<ViewOutput, 'state'>, before: Telling): StepTwoAnswers {
  const values = entered(view);
  const kind = values.chosen('signal_kind');
  const reached = readReached(values);
  const people = values.people('key_players').slice(0, MOST_PEOPLE);
  return {
    ...(reached !== undefined && { reached }),
    telling: {
      saves: savesFrom(values.raw('saves'), before),
      signal: {
        ...before.signal,
        kind: kind !== undefined && isSignalKind(kind) ? kind : undefined,
        noticed: values.text('noticed'),
      },
      keyPlayers: people.map(
        (personId) => before.keyPlayers.find((known) => known.personId === personId) ?? { personId },
      ),
      answers: withAnswers(before.answers, {
        closeness: values.text('closeness'),
        expected: values.text('expected'),
        instead: values.text('instead'),
        protecting: values.text('protecting'),
        ...(values.has('roles') && { roles: values.text('roles') }),
      }),
    },
  };
}

/** One save per line; a line that stayed keeps what was said about its kind. */
export function savesFrom(text: string, before: Telling): Telling['saves'] {
  return readSaves(text).map((line) => before.saves.find((save) => save.text === line) ?? { text: line });
}

/** These answers over the earlier ones; an empty one is taken away. */
export function withAnswers(
  before: Telling['answers'],
  changes: Record<string, string | undefined>,
): Telling['answers'] {
  const merged = Object.entries({ ...before, ...changes }).filter(([, text]) => text !== undefined);
  return Object.fromEntries(merged);
}

/** After people were chosen: what each of them made possible, one box per person. */
export function madePossible(
  id: string,
  people: { personId: string; name: string; words?: string | undefined }[],
): ModalView {
  return {
    type: 'modal',
    callback_id: MADE_POSSIBLE,
    title: plainText(QUESTIONS.key_players.label),
    submit: plainText('Add to the story'),
    close: plainText('Skip'),
    notify_on_close: true,
    private_metadata: JSON.stringify({ id }),
    blocks: people.slice(0, MOST_PEOPLE).map(({ personId, name, words }, at) =>
      textInput(
        personId,
        {
          label: whatDid(name),
          ...(at === 0 && { hint: 'For example: could release outside the window, knew the supplier.' }),
        },
        { value: words, max: LONGEST_ANSWER },
      ),
    ),
  };
}

/** A label people can take in at a glance, however long the name. */
function whatDid(name: string): string {
  const room = LIMITS.label - 'What did  make possible?'.length;
  return `What did ${fit(name, room)} make possible?`;
}

/** What each person made possible, over the telling there is. */
export function readMadePossible(view: Pick<ViewOutput, 'state'>, before: Telling): Telling {
  const values = entered(view);
  const keyPlayers = before.keyPlayers.map((player) =>
    values.has(player.personId) ? { ...player, madePossible: values.text(player.personId) } : player,
  );
  return { ...before, keyPlayers };
}

/** The id a modal of ours carries along. */
export function readSubject(view: Pick<ViewOutput, 'private_metadata'>): string {
  return (JSON.parse(view.private_metadata) as { id: string }).id;
}

/** The end of a share without a name: all of its confirmation, in the modal alone. */
export function savedWithoutName(words: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'share_end',
    title: plainText('Share a near-miss'),
    close: plainText('Close'),
    blocks: [typed(words)],
  };
}
