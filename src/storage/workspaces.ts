import { z } from 'zod';
import type { Settings, Workspaces } from '../domain/storage.ts';
import type { Connection } from './database.ts';
import { eq, sql } from './drizzle.ts';
import { oncePerFile } from './once-per-file.ts';
import { workspaces } from './schema.ts';

/** What a workspace has settled. Kept as JSON: a new setting needs no migration, and an unknown one is left alone. */
const settingsSchema: z.ZodType<Settings> = z.object({
  stewards: z.array(z.string()).default([]),
  digest: z
    .object({
      channelId: z.string(),
      channelName: z.string(),
      sharedOutside: z.boolean().optional(),
      setUpAt: z.number(),
      since: z.number(),
      weekday: z.number(),
      minutes: z.number(),
      zone: z.string(),
      previewMinutes: z.number().optional(),
      quietWeek: z.enum(['nothing', 'archive']),
      replies: z.number(),
    })
    .optional(),
  chartRefusedAt: z.number().optional(),
  refusedChannel: z.string().optional(),
  formerStewards: z
    .array(z.object({ id: z.string(), standing: z.enum(['guest', 'external', 'app', 'gone']) }))
    .optional(),
});

/** What a workspace has settled, inside somebody else's transaction. Private to storage. */
export type SettingsRows = {
  of: (teamId: string) => Settings;
  change: (teamId: string, changes: Partial<Settings>) => void;
};

export const settingsIn = oncePerFile(({ db }: Connection): SettingsRows => {
  const settings = db
    .select({ settings: workspaces.settings })
    .from(workspaces)
    .where(eq(workspaces.teamId, sql.placeholder('teamId')))
    .prepare();

  function stored(teamId: string): object {
    return JSON.parse(settings.get({ teamId })?.settings ?? '{}') as object;
  }

  return {
    of: (teamId) => settingsSchema.parse(stored(teamId)),
    change(teamId, changes) {
      const changed = JSON.stringify({ ...stored(teamId), ...changes });
      db.update(workspaces).set({ settings: changed }).where(eq(workspaces.teamId, teamId)).run();
    },
  };
});

export function workspacesIn(connection: Connection): Workspaces {
  const { db, write } = connection;
  const settings = settingsIn(connection);
  const upsert = db
    .insert(workspaces)
    .values({ teamId: sql.placeholder('teamId'), name: sql.placeholder('name') })
    .onConflictDoUpdate({ target: workspaces.teamId, set: { name: sql`excluded.name` } })
    .prepare();

  return {
    async remember(workspace) {
      upsert.run(workspace);
    },
    async settings(teamId) {
      return settings.of(teamId);
    },
    async change(teamId, changes) {
      write(() => settings.change(teamId, changes));
    },
    async renameDigestChannel({ teamId, channelId, name: channelName }) {
      write(() => {
        const { digest } = settings.of(teamId);
        if (digest?.channelId === channelId) settings.change(teamId, { digest: { ...digest, channelName } });
      });
    },
  };
}
