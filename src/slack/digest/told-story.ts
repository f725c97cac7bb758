import { ANYBODY, asReadBy, isForEveryone, mayRead } from '../../domain/access/gate.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { Workspace } from '../workspace.ts';

/** Who pressed, and the channel whose message they pressed in, if it was a message. */
export type Pressing = { user: { id: string }; channel?: { id: string } | undefined };

/**
 * A story as a digest tells it, if one does and whoever presses may. Whoever stands before its message may, guests
 * too: it was posted in front of them. From anywhere else it passes the gate.
 */
export async function toldStory(
  workspace: Workspace,
  { user, channel }: Pressing,
  id: string,
): Promise<NearMiss | undefined> {
  const { app, identity, people } = workspace;
  const nearMiss = await app.storage.nearMisses.byId(identity.teamId, id);
  if (nearMiss === undefined || !isForEveryone(nearMiss)) return undefined;
  const told = await app.storage.presses.toldWhere(identity.teamId, id);
  if (told === undefined) return undefined;
  const standsBefore = channel !== undefined && told.channels.includes(channel.id);
  if (!standsBefore && !mayRead(await people.viewer(user.id), nearMiss, app.now())) return undefined;
  return asReadBy(ANYBODY, nearMiss);
}
