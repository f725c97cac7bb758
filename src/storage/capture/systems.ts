import { systemKey } from '../../domain/capture/system-name.ts';
import type { Connection } from '../database.ts';
import { eq, sql } from '../drizzle.ts';
import { nearMisses, systems } from '../schema.ts';

/** Inside somebody else's transaction. Private to storage. */
export type Systems = {
  /** The id of the system with this name, made if it is new. Case and spacing make no new one. */
  named: (teamId: string, name: string) => string;
  /** Forgets the one a near-miss was about, unless it or another one still is. */
  forget: (before: string | null, after: string | null) => void;
};

export function systemsIn({ db, newId }: Connection): Systems {
  const upsert = db
    .insert(systems)
    .values({
      id: sql.placeholder('id'),
      teamId: sql.placeholder('teamId'),
      key: sql.placeholder('key'),
      name: sql.placeholder('name'),
    })
    .onConflictDoUpdate({ target: [systems.teamId, systems.key], set: { key: sql`excluded.key` } })
    .returning({ id: systems.id })
    .prepare();
  const used = db
    .select({ id: nearMisses.id })
    .from(nearMisses)
    .where(eq(nearMisses.systemId, sql.placeholder('id')))
    .limit(1)
    .prepare();
  const remove = db
    .delete(systems)
    .where(eq(systems.id, sql.placeholder('id')))
    .prepare();

  return {
    named(teamId, name) {
      return upsert.get({ id: newId(), teamId, key: systemKey(name), name }).id;
    },
    forget(id, after) {
      if (id !== null && id !== after && used.get({ id }) === undefined) remove.run({ id });
    },
  };
}
