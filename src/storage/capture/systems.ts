import { systemKey } from '../../domain/capture/system-name.ts';
import type { Db, Tx } from '../database.ts';
import { and, eq, sql } from '../drizzle.ts';
import { nearMisses, systems } from '../schema.ts';

const teamId = sql.placeholder('teamId');
const id = sql.placeholder('id');

const upsert = (db: Db) =>
  db
    .insert(systems)
    .values({ id, teamId, key: sql.placeholder('key'), name: sql.placeholder('name') })
    .onConflictDoUpdate({ target: [systems.teamId, systems.key], set: { key: sql`excluded.key` } })
    .returning({ id: systems.id })
    .prepare();

const anyAbout = (db: Db) =>
  db
    .select({ id: nearMisses.id })
    .from(nearMisses)
    .where(and(eq(nearMisses.systemId, id), eq(nearMisses.teamId, teamId)))
    .limit(1)
    .prepare();

const remove = (db: Db) =>
  db
    .delete(systems)
    .where(and(eq(systems.id, id), eq(systems.teamId, teamId)))
    .prepare();

/** The id of the system with this name, made if it is new. Case and spacing make no new one. */
export function systemNamed(tx: Tx, team: string, name: string): string {
  return tx.prepared(upsert).get({ id: tx.newId(), teamId: team, key: systemKey(name), name }).id;
}

/** Forgets the system a near-miss was about before, unless that one or another near-miss still is. */
export function forgetSystem(
  tx: Tx,
  before: { teamId: string; systemId: string | null },
  after: string | null,
): void {
  const system = { teamId: before.teamId, id: before.systemId };
  if (system.id === null || system.id === after) return;
  if (tx.prepared(anyAbout).get(system) === undefined) tx.prepared(remove).run(system);
}
