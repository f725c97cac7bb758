import type { ButtonArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openModal } from '../platform/open-modal.ts';
import { own } from '../story/own-story.ts';
import { notFoundWords } from '../story/story-view.ts';
import type { Workspace } from '../workspace.ts';
import { stepTwo } from './step-two.ts';

/** *Go on*: step 2 of something that was saved, with what is told already. */
export async function onGoOn(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const nearMiss = await own(workspace, action.value ?? '', body.user.id);
  const view =
    nearMiss === undefined
      ? sayingModal('What can we learn?', notFoundWords())
      : stepTwo(nearMiss, { telling: nearMiss.told, reached: nearMiss.reached });
  await openModal(workspace, body.trigger_id, view);
}
