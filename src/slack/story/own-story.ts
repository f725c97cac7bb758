import { mayChange } from '../../domain/access/gate.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { Surroundings } from '../surroundings.ts';

/** The near-miss, for the person who shared it and nobody else; withdrawn or not. */
export async function ownOrWithdrawn(
  { storage, identity }: Surroundings,
  id: string,
  personId: string,
): Promise<NearMiss | undefined> {
  const nearMiss = await storage.nearMisses.byId(identity.teamId, id);
  return nearMiss !== undefined && mayChange(personId, nearMiss) ? nearMiss : undefined;
}

/** The same, unless it was withdrawn. Nothing is asked of Slack: somebody's trigger is waiting. */
export async function own(app: Surroundings, id: string, personId: string): Promise<NearMiss | undefined> {
  const nearMiss = await ownOrWithdrawn(app, id, personId);
  return nearMiss?.withdrawnAt === undefined ? nearMiss : undefined;
}
