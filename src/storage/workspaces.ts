import { z } from 'zod';
import type { Settings, Workspaces } from '../domain/storage.ts';
import type { Connection } from './database.ts';
import { eq, sql } from './drizzle.ts';
import { workspaces } from './schema.ts';

/** What a workspace has settled. Kept as JSON: a new setting needs no migration, and an unknown one is left alone. */
const settingsSchema: z.ZodType<Settings> = z.object({
  stewards: z.array(z.string()).default([]),
});

export function workspacesIn({ db }: Connection): Workspaces {
  const upsert = db
    .insert(workspaces)
    .values({ teamId: sql.placeholder('teamId'), name: sql.placeholder('name') })
    .onConflictDoUpdate({ target: workspaces.teamId, set: { name: sql`excluded.name` } })
    .prepare();
  const settings = db
    .select({ settings: workspaces.settings })
    .from(workspaces)
    .where(eq(workspaces.teamId, sql.placeholder('teamId')))
    .prepare();

  return {
    async remember(workspace) {
      upsert.run(workspace);
    },
    async settings(teamId) {
      return settingsSchema.parse(JSON.parse(settings.get({ teamId })?.settings ?? '{}'));
    },
  };
}
