import type { Outcome } from '../../domain/outbox/delivery.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import type { HomeOpenedArgs } from '../platform/listener.ts';
import type { Workspace } from '../workspace.ts';
import { homeLists } from './home-lists.ts';
import { home } from './home-view.ts';
import { refreshHomes } from './refresh-homes.ts';

/** Somebody opened the app's Home. There is no place to say that it could not be drawn, so it follows. */
export async function onHomeOpened(workspace: Workspace, { event }: HomeOpenedArgs) {
  if (event.tab === 'messages') return;
  try {
    const view = home(await homeLists(workspace, event.user));
    await workspace.client.views.publish({ user_id: event.user, view });
  } catch (error) {
    workspace.app.log.warn({ error }, 'a Home could not be drawn at once');
    await refreshHomes(workspace, [event.user]);
  }
}

/** A Home shows what there is now. */
export async function publishHome(workspace: Workspace, { personId }: OutboxRow<'home'>): Promise<Outcome> {
  const view = home(await homeLists(workspace, personId));
  await workspace.background.views.publish({ user_id: personId, view });
  return { kind: 'sent' };
}
