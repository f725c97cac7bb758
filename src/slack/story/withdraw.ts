import type { Button } from '@slack/types';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import { button, plainText } from '../platform/blocks.ts';
import type { ButtonArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { updateIfOpen } from '../platform/open-modal.ts';
import type { Workspace } from '../workspace.ts';
import { ownOrWithdrawn } from './own-story.ts';
import { removedWords } from './own-words.ts';
import { notFoundWords } from './story-view.ts';

export const WITHDRAW = 'withdraw';

/** Asks whether they are sure. */
export function withdrawButton(nearMiss: NearMiss): Button {
  return {
    ...button(WITHDRAW, 'Withdraw', nearMiss.id),
    style: 'danger',
    confirm: {
      title: plainText(`Withdraw ${nameOf(nearMiss) ?? 'this near-miss'}?`, 100),
      text: plainText(
        'Your words are removed from the app, the card and the digest. Views that others added are theirs and are removed only by them.',
        300,
      ),
      confirm: plainText('Withdraw', 30),
      deny: plainText('Keep it', 30),
    },
  };
}

/** *Withdraw*, after the question whether they are sure. */
export async function onWithdraw(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const nearMiss = await ownOrWithdrawn(workspace, action.value ?? '', body.user.id);
  const words = nearMiss === undefined ? notFoundWords() : await withdrawn(workspace, nearMiss);
  if (body.view === undefined) return;
  await updateIfOpen(workspace.client, body.view.id, sayingModal('Edit or withdraw', words));
}

/** Withdraws it, and says where Slack has yet to take the words off. Pressed twice, they hear the same again. */
async function withdrawn(workspace: Workspace, nearMiss: NearMiss): Promise<string> {
  const { teamId, id } = nearMiss;
  const posted = await workspace.app.storage.nearMisses.withdraw({ teamId, id, now: workspace.app.now() });
  workspace.app.wakeOutbox();
  return `${nameOf(nearMiss) ?? 'This near-miss'} is withdrawn. ${removedWords(posted)}`;
}
