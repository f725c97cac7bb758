import type { NearMiss } from '../../domain/near-miss.ts';
import type { Db, Tx } from '../database.ts';
import { and, eq, sql } from '../drizzle.ts';
import { nearMisses, systems } from '../schema.ts';
import { waitsForDigest } from './appearance.ts';
import { keptOf, type Row } from './near-miss-rows.ts';
import { tellingsOf } from './tellings.ts';

/** `isForEveryone` of the domain, in the words of the partial indexes. */
export const forEveryone = sql`audience = 'everyone' and withdrawn_at is null`;

const ofTeam = eq(nearMisses.teamId, sql.placeholder('teamId'));

/** The one with this `id` in the workspace `teamId`. */
export const thisOne = and(eq(nearMisses.id, sql.placeholder('id')), ofTeam);

const rowById = (db: Db) => db.select().from(nearMisses).where(thisOne).prepare();

const rowByNumber = (db: Db) =>
  db
    .select()
    .from(nearMisses)
    .where(and(ofTeam, eq(nearMisses.number, sql.placeholder('number'))))
    .prepare();

const anyBy = (db: Db) =>
  db
    .select({ id: nearMisses.id })
    .from(nearMisses)
    .where(and(ofTeam, eq(nearMisses.reporterId, sql.placeholder('personId'))))
    .limit(1)
    .prepare();

const systemName = (db: Db) =>
  db
    .select({ name: systems.name })
    .from(systems)
    .where(and(eq(systems.id, sql.placeholder('systemId')), eq(systems.teamId, sql.placeholder('teamId'))))
    .prepare();

/** The row of a near-miss of this workspace. */
export function nearMissRow(tx: Tx, teamId: string, id: string): Row | undefined {
  return tx.prepared(rowById).get({ teamId, id });
}

/** The row of one that may still be changed: it is there, and was not withdrawn. */
export function openRow(tx: Tx, teamId: string, id: string): Row | undefined {
  const row = nearMissRow(tx, teamId, id);
  return row?.withdrawnAt === null ? row : undefined;
}

/** A near-miss of this workspace with everything told about it. */
export function nearMissById(tx: Tx, teamId: string, id: string): NearMiss | undefined {
  const row = nearMissRow(tx, teamId, id);
  return row && nearMissOf(tx, row);
}

/** The near-miss of this workspace with this number, the same way. */
export function nearMissByNumber(tx: Tx, teamId: string, number: number): NearMiss | undefined {
  const row = tx.prepared(rowByNumber).get({ teamId, number });
  return row && nearMissOf(tx, row);
}

/** Has this person shared one with their id kept? */
export function hasShared(tx: Tx, teamId: string, personId: string): boolean {
  return tx.prepared(anyBy).get({ teamId, personId }) !== undefined;
}

/** A row with its system and everything told about it. */
function nearMissOf(tx: Tx, row: Row): NearMiss {
  const system = row.systemId === null ? undefined : tx.prepared(systemName).get(row)?.name;
  return {
    ...keptOf(row),
    system,
    ...tellingsOf(tx, { teamId: row.teamId, nearMissId: row.id }),
    ...(waitsForDigest(tx, row) && { waitsForDigest: true }),
  };
}
