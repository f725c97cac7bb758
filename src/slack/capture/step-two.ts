import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { keepsReporter } from '../../domain/access/gate.ts';
import { EMPTY_TELLING, type NearMiss, nameOf, type Telling } from '../../domain/near-miss.ts';
import type { Reached } from '../../domain/story/choices.ts';
import { STEP_TWO_ASKS } from '../../domain/story/questions.ts';
import { plainText, section, typed } from '../platform/blocks.ts';
import { SUBJECT } from '../platform/view-metadata.ts';
import { entered } from '../platform/view-values.ts';
import { questionInputs, reachedIn, readAnswers } from '../story/question-inputs.ts';

export const STEP_TWO = 'share_step_two';

/** What step 2 starts from: what is told already, or what a thread said. */
export type StepTwoStart = { telling: Telling; reached?: Reached | undefined };

type Subject = Pick<NearMiss, 'id' | 'tier' | 'number'>;

/** Step 2: nine questions, each of which may stay empty. */
export function stepTwo(
  nearMiss: Subject,
  { telling, reached }: StepTwoStart = { telling: EMPTY_TELLING },
): ModalView {
  const kept = keepsReporter(nearMiss.tier);
  return {
    type: 'modal',
    callback_id: STEP_TWO,
    title: plainText('What can we learn?'),
    submit: plainText('Add to the story'),
    close: plainText('Skip'),
    // Skipping is an end too: the confirmation need not wait. Nothing is to be told of somebody without a name.
    notify_on_close: kept,
    private_metadata: SUBJECT.write({ id: nearMiss.id }),
    blocks: [
      section(savedWords(nearMiss)),
      ...questionInputs(STEP_TWO_ASKS, { people: kept, telling, reached }),
    ],
  };
}

function savedWords(nearMiss: Subject): string {
  const name = nameOf(nearMiss);
  return name === undefined
    ? '*Saved.* You can stop here. *Add to the story* keeps what you type below; *Skip* does not.'
    : `*Saved as ${name}.* You can stop here. If you have two more minutes, any of these helps the next person. *Add to the story* keeps what you type; *Skip* does not.`;
}

type StepTwoAnswers = { telling: Telling; reached?: Reached | undefined };

/** What was sent, on top of `before`: the questions step 2 does not ask keep their answers. */
export function readStepTwo(view: Pick<ViewOutput, 'state'>, before: Telling): StepTwoAnswers {
  const values = entered(view);
  const reached = reachedIn(values);
  const told = readAnswers(STEP_TWO_ASKS, values, before);
  return {
    ...(reached !== undefined && { reached }),
    // Where nobody is to know who was there, people are not asked for, and none are kept.
    telling: { ...told, keyPlayers: values.has('key_players') ? told.keyPlayers : [] },
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
