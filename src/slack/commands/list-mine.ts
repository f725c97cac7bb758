import { LONGEST, listMessage, NOTHING_OF_YOURS } from '../home/home-view.ts';
import type { Message } from '../platform/message.ts';
import type { Workspace } from '../workspace.ts';

/** `/nearmiss list mine` and `/nearmiss list drafts`. */
export async function listMine(
  { app, identity }: Workspace,
  personId: string,
  kind: 'mine' | 'drafts',
): Promise<Message> {
  if (kind === 'drafts') {
    const drafts = await app.storage.lists.draftsOf(identity.teamId, personId, LONGEST.answer + 1);
    return listMessage('Started, not finished', 'Nothing is waiting to be finished.', drafts, 'drafts');
  }
  const mine = await app.storage.lists.sharedBy(identity.teamId, personId, LONGEST.answer + 1);
  return listMessage('Yours', NOTHING_OF_YOURS, mine, 'mine');
}
