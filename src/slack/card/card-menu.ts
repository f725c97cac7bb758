import { openWhoCanSee } from '../access/who-can-see.ts';
import type { OverflowArgs } from '../platform/listener.ts';
import { openEditOrWithdraw } from '../story/edit-or-withdraw.ts';
import type { Workspace } from '../workspace.ts';
import { MORE_CHOICES } from './card.ts';

/** The menu of a card. */
export async function onCardMenu(workspace: Workspace, { body, action, ack }: OverflowArgs) {
  await ack();
  const [choice, id] = action.selected_option.value.split(':');
  if (id === undefined) return;
  if (choice === MORE_CHOICES.whoCanSee) await openWhoCanSee(workspace, body, id);
  if (choice === MORE_CHOICES.change) await openEditOrWithdraw(workspace, body, id);
}
