import type { Described } from '../platform/describe-person.ts';
import type { UserChangedArgs } from '../platform/listener.ts';
import type { Workspace } from '../workspace.ts';
import { noteFormerStewards } from './stewards-now.ts';

/** Somebody became a guest, left, or is called otherwise: what was known of them counts no more, from now on. */
export async function onUserChanged(workspace: Workspace, { event }: UserChangedArgs) {
  const { app, identity, people } = workspace;
  const user = event.user as Described | undefined;
  if (user?.id === undefined) return;
  people.changed(user);
  const { stewards } = await app.storage.workspaces.settings(identity.teamId);
  if (!stewards.includes(user.id)) return;
  await people.standing(user.id);
  await noteFormerStewards(workspace);
}
