import type { Workspace } from '../workspace.ts';

/** Draws the Homes of these people anew, since what stewards see there has changed, or who they are. */
export async function refreshHomes({ app, identity }: Workspace, people: string[]): Promise<void> {
  for (const personId of new Set(people))
    await app.storage.outbox.refreshHome(identity.teamId, personId, app.now());
  app.wakeOutbox();
}
