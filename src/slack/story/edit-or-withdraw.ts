import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { mayChange } from '../../domain/access/gate.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { CHANGE_WHO_CAN_SEE } from '../access/change-who-can-see-view.ts';
import { actions, button } from '../platform/blocks.ts';
import { readingModal, sayingModal } from '../platform/modal.ts';
import type { Workspace } from '../workspace.ts';
import { EDIT_WORDS } from './edit-words.ts';
import { openAbout } from './open-about.ts';
import { withdrawButton } from './withdraw.ts';

const TITLE = 'Edit or withdraw';

/** *Edit or withdraw*, in the menu of a card. */
export function openEditOrWithdraw(workspace: Workspace, body: BlockAction, id: string): Promise<void> {
  return openAbout(workspace, body, {
    id,
    title: TITLE,
    draw: (nearMiss, personId) =>
      mayChange(personId, nearMiss) ? editOrWithdraw(nearMiss) : notYoursToChange(),
  });
}

/** What the person who shared it can change. */
export function editOrWithdraw(nearMiss: NearMiss): ModalView {
  return {
    ...readingModal(TITLE),
    blocks: [
      actions(
        button(EDIT_WORDS, 'Edit my words', nearMiss.id),
        button(CHANGE_WHO_CAN_SEE, 'Change who can see this', nearMiss.id),
        withdrawButton(nearMiss),
      ),
    ],
  };
}

/** The same to everybody else. */
export function notYoursToChange(): ModalView {
  return sayingModal(
    TITLE,
    'Only the person who shared this can change it. You can add to it with Tell more.',
  );
}
