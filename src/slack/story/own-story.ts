import { mayChange } from '../../domain/access/gate.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { Workspace } from '../workspace.ts';

/** The near-miss, for the person who shared it and nobody else; withdrawn or not. */
export async function ownOrWithdrawn(
  { app, identity }: Workspace,
  id: string,
  personId: string,
): Promise<NearMiss | undefined> {
  const nearMiss = await app.storage.nearMisses.byId(identity.teamId, id);
  return nearMiss !== undefined && mayChange(personId, nearMiss) ? nearMiss : undefined;
}

/** The same, unless it was withdrawn. Nothing is asked of Slack: somebody's trigger is waiting. */
export async function own(workspace: Workspace, id: string, personId: string): Promise<NearMiss | undefined> {
  const nearMiss = await ownOrWithdrawn(workspace, id, personId);
  return nearMiss?.withdrawnAt === undefined ? nearMiss : undefined;
}
