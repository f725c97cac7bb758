import { LONGEST, listMessage, NOTHING_OF_YOURS } from '../home/home-view.ts';
import type { Message } from '../platform/message.ts';
import type { Workspace } from '../workspace.ts';

/** `/nearmiss list mine`. */
export async function listMine({ app, identity }: Workspace, personId: string): Promise<Message> {
  const mine = await app.storage.lists.sharedBy(identity.teamId, personId, LONGEST.answer + 1);
  return listMessage('Yours', NOTHING_OF_YOURS, mine);
}
