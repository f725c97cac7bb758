import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { keepsReporter } from '../../domain/access/gate.ts';
import { EMPTY_TELLING, type NearMiss, nameOf, type Reached, type Telling } from '../../domain/near-miss.ts';
import { QUESTIONS } from '../../domain/story/questions.ts';
import { plainText, section, textInput, typed } from '../platform/blocks.ts';
import { entered } from '../platform/view-values.ts';
import {
  keyPlayersIn,
  keyPlayersInput,
  reachedIn,
  reachedInput,
  rolesInput,
  savesIn,
  savesInput,
  signalKindIn,
  signalKindInput,
  withAnswers,
} from '../story/question-inputs.ts';

export const STEP_TWO = 'share_step_two';

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

export type StepTwoAnswers = { telling: Telling; reached?: Reached | undefined };

/** What was sent, on top of `before`: the questions step 2 does not ask keep their answers. */
export function readStepTwo(view: Pick<ViewOutput, 'state'>, before: Telling): StepTwoAnswers {
  const values = entered(view);
  const reached = reachedIn(values);
  return {
    ...(reached !== undefined && { reached }),
    telling: {
      saves: savesIn(values, before),
      signal: {
        ...before.signal,
        kind: signalKindIn(values),
        noticed: values.text('noticed'),
      },
      keyPlayers: keyPlayersIn(values, before) ?? [],
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
