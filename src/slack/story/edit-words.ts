import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { systemName } from '../../domain/capture/system-name.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { Reached } from '../../domain/story/choices.ts';
import { plainText, textInput } from '../platform/blocks.ts';
import type { ButtonArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openModal } from '../platform/open-modal.ts';
import { saveOr, staysOpen } from '../platform/submission.ts';
import { SUBJECT, type Subject } from '../platform/view-metadata.ts';
import { entered } from '../platform/view-values.ts';
import type { Workspace } from '../workspace.ts';
import { own, ownOrWithdrawn } from './own-story.ts';
import { reachedIn, reachedInput } from './question-inputs.ts';
import { notFoundWords } from './story-view.ts';
import { NEAR_MISS_UNSAVED } from './unsaved-words.ts';

/** The button, and the modal behind it. */
export const EDIT_WORDS = 'edit_words';

/** *Edit my words*. */
export async function onEditWords(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const nearMiss = await own(workspace, action.value ?? '', body.user.id);
  const view = nearMiss === undefined ? sayingModal('Edit my words', notFoundWords()) : editWords(nearMiss);
  await openModal(workspace, body.trigger_id, view, 'push');
}

/** *Save* under *Edit my words*: the words everywhere, or why they stay in the modal. */
export async function onWordsEdited(workspace: Workspace, { body, view, ack }: SubmitArgs, { id }: Subject) {
  const { summary, ...rest } = readWords(view);
  if (summary.trim() === '') return ack(staysOpen(view, 'A few words are enough.'));
  const done = await saveOr(workspace.app, NEAR_MISS_UNSAVED, async () => {
    const nearMiss = await ownOrWithdrawn(workspace, id, body.user.id);
    if (nearMiss === undefined)
      throw new Error('Words came back for a near-miss that is not there for its sender.');
    const isSaved = await workspace.app.storage.nearMisses.reword({
      teamId: nearMiss.teamId,
      id: nearMiss.id,
      summary: summary.trim(),
      ...rest,
      now: workspace.app.now(),
    });
    return isSaved || undefined;
  });
  if ('problem' in done) return ack(staysOpen(view, done.problem));
  await ack({ response_action: 'clear' });
  workspace.app.wakeOutbox();
}

/** The reporter's own first words, and whether it reached anyone: what nobody else is asked. */
export function editWords(nearMiss: NearMiss): ModalView {
  return {
    type: 'modal',
    callback_id: EDIT_WORDS,
    title: plainText('Edit my words'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    private_metadata: SUBJECT.write({ id: nearMiss.id }),
    blocks: [
      textInput(
        'summary',
        { label: 'What nearly happened?' },
        { value: nearMiss.summary, required: true, focus: true },
      ),
      {
        ...textInput('system', { label: 'Which system or process?' }, { value: nearMiss.system, max: 60 }),
        element: {
          type: 'plain_text_input',
          action_id: 'system',
          max_length: 60,
          ...(nearMiss.system !== undefined && { initial_value: nearMiss.system }),
        },
      },
      reachedInput(nearMiss.reached),
    ],
  };
}

export function readWords(
  view: Pick<ViewOutput, 'state'>,
): Pick<NearMiss, 'summary' | 'system'> & { reached?: Reached | null } {
  const values = entered(view);
  const summary = values.text('summary') === undefined ? '' : values.raw('summary');
  // Emptied is an answer too; a modal from before this was asked in it leaves it as it is.
  const reached = values.has('reached') && { reached: reachedIn(values) ?? null };
  return { summary, system: systemName(values.raw('system')), ...reached };
}
