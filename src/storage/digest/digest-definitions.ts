import type { DigestDefinition, DigestSettings } from '../../domain/digest/digest.ts';
import type { Db, Tx } from '../database.ts';
import { and, eq, sql } from '../drizzle.ts';
import { digestDefinitions } from './digest-schema.ts';

const ofTeam = (db: Db) =>
  db
    .select()
    .from(digestDefinitions)
    .where(eq(digestDefinitions.teamId, sql.placeholder('teamId')))
    .prepare();

/** The digest of a workspace as it is set up; undefined until it is. There is one for now. */
export function definitionOf(tx: Tx, teamId: string): DigestDefinition | undefined {
  const row = tx.prepared(ofTeam).get({ teamId });
  if (row === undefined) return undefined;
  const { teamId: _team, audience: _everyone, sharedOutside, previewMinutes, ...settings } = row;
  return {
    ...settings,
    ...(sharedOutside && { sharedOutside }),
    ...(previewMinutes !== null && { previewMinutes }),
  };
}

/** Sets up the digest of a workspace, or changes how it is set up. */
export function defineDigest(tx: Tx, teamId: string, settings: DigestSettings): void {
  const id = definitionOf(tx, teamId)?.id ?? tx.newId();
  const { sharedOutside = false, previewMinutes = null, ...rest } = settings;
  const row = { ...rest, id, teamId, audience: 'everyone' as const, sharedOutside, previewMinutes };
  tx.db
    .insert(digestDefinitions)
    .values(row)
    .onConflictDoUpdate({ target: digestDefinitions.id, set: row })
    .run();
}

/** The channel of the digest is called this by now; nothing where the digest goes elsewhere. */
export function renameDigestChannel(
  tx: Tx,
  { teamId, channelId, name }: { teamId: string; channelId: string; name: string },
): void {
  const going = and(eq(digestDefinitions.teamId, teamId), eq(digestDefinitions.channelId, channelId));
  tx.db.update(digestDefinitions).set({ channelName: name }).where(going).run();
}
