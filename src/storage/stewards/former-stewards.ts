import { type FormerSteward, isSameFormer } from '../../domain/stewards/standing.ts';
import type { Stewards } from '../../domain/stewards/stewards.ts';
import type { Connection, Tx } from '../database.ts';
import { takePreviewsFrom } from '../digest/announce-digest.ts';
import { put } from '../outbox/put.ts';
import { changeSettings, settingsOf } from '../workspaces.ts';

type Noting = Parameters<Stewards['noteFormer']>[0];

/** What is noted of stewards, as the port has it. */
export function stewardsPort(connection: Connection): Stewards {
  return { noteFormer: async (noting) => connection.write((tx) => noteFormer(tx, noting)) };
}

function noteFormer(tx: Tx, { teamId, former, now }: Noting): boolean {
  const { stewards, formerStewards = [] } = settingsOf(tx, teamId);
  if (isSameFormer(formerStewards, former)) return false;
  changeSettings(tx, teamId, { formerStewards: former });
  for (const { id } of former) takePreviewsFrom(tx, teamId, id, now);
  for (const personId of stewards.filter((id) => hasHome(id, former)))
    put(tx, { teamId, now }, { kind: 'home', personId });
  return true;
}

/** Whoever is no longer here has no Home; a guest has one, and what was for stewards goes from it. */
function hasHome(personId: string, former: FormerSteward[]): boolean {
  const standing = former.find(({ id }) => id === personId)?.standing;
  return standing === undefined || standing === 'guest';
}
