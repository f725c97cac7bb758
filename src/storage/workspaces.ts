import { z } from 'zod';
import type { Settings, SettingsChange, Workspaces } from '../domain/workspaces.ts';
import type { Connection, Db, Tx } from './database.ts';
import { defineDigest, definitionOf, renameDigestChannel } from './digest/digest-definitions.ts';
import { eq, sql } from './drizzle.ts';
import { workspaces } from './schema.ts';

/** What a workspace has settled. Kept as JSON: a new setting needs no migration, and an unknown one is left alone. */
const settingsSchema = z.object({
  stewards: z.array(z.string()).default([]),
  chartRefusedAt: z.number().optional(),
  refusedChannel: z.string().optional(),
  formerStewards: z
    .array(z.object({ id: z.string(), standing: z.enum(['guest', 'external', 'app', 'gone']) }))
    .optional(),
});

const settingsText = (db: Db) =>
  db
    .select({ text: workspaces.settings })
    .from(workspaces)
    .where(eq(workspaces.teamId, sql.placeholder('teamId')))
    .prepare();

const upsert = (db: Db) =>
  db
    .insert(workspaces)
    .values({ teamId: sql.placeholder('teamId'), name: sql.placeholder('name') })
    .onConflictDoUpdate({ target: workspaces.teamId, set: { name: sql`excluded.name` } })
    .prepare();

/** What this workspace has settled; what a new one has where it is not known. */
export function settingsOf(tx: Tx, teamId: string): Settings {
  return { ...settingsSchema.parse(stored(tx, teamId)), digest: definitionOf(tx, teamId) };
}

/** Settles something anew; the rest stays as it is, also what this version does not know. */
export function changeSettings(tx: Tx, teamId: string, { digest, ...changes }: SettingsChange): void {
  if (digest !== undefined) defineDigest(tx, teamId, digest);
  const settings = JSON.stringify({ ...stored(tx, teamId), ...changes });
  tx.db.update(workspaces).set({ settings }).where(eq(workspaces.teamId, teamId)).run();
}

function stored(tx: Tx, teamId: string): object {
  return JSON.parse(tx.prepared(settingsText).get({ teamId })?.text ?? '{}') as object;
}

/** Workspaces and their settings, as the port has them. */
export function workspacesPort(connection: Connection): Workspaces {
  return {
    async remember(workspace) {
      connection.prepared(upsert).run(workspace);
    },
    async settings(teamId) {
      return settingsOf(connection, teamId);
    },
    async change(teamId, changes) {
      connection.write((tx) => changeSettings(tx, teamId, changes));
    },
    async renameDigestChannel(of) {
      connection.write((tx) => renameDigestChannel(tx, of));
    },
  };
}
