import type { Db, Tx } from '../database.ts';
import { sql } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';
import type { Row } from '../story/near-miss-rows.ts';

/** What others, or stewards, made of a near-miss; what was told about it goes with it. */
const HANGS_ON = ['adoptions', 'digest_lines', 'digest_parts', 'presses', 'wordings'];

const anyHanging = (db: Db) => {
  const some = HANGS_ON.map(
    (table) =>
      `exists (select 1 from ${table} where ${table}.near_miss_id = near_misses.id and ${table}.team_id = near_misses.team_id)`,
  );
  return db
    .select({ hangs: sql<number>`${sql.raw(some.join(' or '))}` })
    .from(nearMisses)
    .where(
      sql`${nearMisses.id} = ${sql.placeholder('id')} and ${nearMisses.teamId} = ${sql.placeholder('teamId')}`,
    )
    .prepare();
};

/** May a near-miss be taken out of the database, to wait elsewhere? Not where something in there is about it. */
export function mayLeaveDatabase(tx: Tx, row: Row): boolean {
  if (row.digestId !== null || row.notForDigest === 1) return false;
  return tx.prepared(anyHanging).get(row)?.hangs === 0;
}
