import type { Look, Looks } from '../../domain/access/looks.ts';
import type { Connection, Db, Tx } from '../database.ts';
import { and, desc, eq, isNull, sql } from '../drizzle.ts';
import { put } from '../outbox/put.ts';
import { looks, nearMisses } from '../schema.ts';
import { openRow } from '../story/near-misses.ts';

/** The log of looks, as the port has it. */
export function looksPort(connection: Connection): Looks {
  return {
    writeDown: async (of) => connection.write((tx) => writeDown(tx, of)),
    at: async (teamId, nearMissId) => looksAt(connection, teamId, nearMissId),
    atThoseOf: async (...of) => looksAtThoseOf(connection, ...of),
  };
}

function writeDown(tx: Tx, of: Parameters<Looks['writeDown']>[0]): string | undefined {
  const { id, teamId, nearMissId, stewardId, line, now } = of;
  const personId = openRow(tx, teamId, nearMissId)?.reporterId;
  if (personId == null) return undefined;
  const look = { id, teamId, nearMissId, stewardId, line, lookedAt: now };
  tx.db.insert(looks).values(look).onConflictDoNothing().run();
  put(tx, { teamId, now }, { kind: 'home', personId });
  return personId;
}

function looksAt({ db }: Tx, teamId: string, nearMissId: string): Look[] {
  const these = and(eq(looks.teamId, teamId), eq(looks.nearMissId, nearMissId));
  return db.select().from(looks).where(these).orderBy(desc(looks.lookedAt)).all().map(toLook);
}

function looksAtThoseOf({ db }: Tx, teamId: string, personId: string, limit: number) {
  return db
    .select({ look: looks, number: nearMisses.number })
    .from(looks)
    .innerJoin(nearMisses, and(eq(nearMisses.id, looks.nearMissId), eq(nearMisses.teamId, looks.teamId)))
    .where(
      and(eq(nearMisses.teamId, teamId), eq(nearMisses.reporterId, personId), isNull(nearMisses.withdrawnAt)),
    )
    .orderBy(desc(looks.lookedAt))
    .limit(limit)
    .all()
    .map(({ look, number }) => ({ ...toLook(look), ...(number !== null && { number }) }));
}

function toLook({ nearMissId, stewardId, line, lookedAt: at }: typeof looks.$inferSelect): Look {
  return { nearMissId, stewardId, line, at };
}

const ofNearMiss = (db: Db) =>
  db
    .delete(looks)
    .where(
      and(eq(looks.teamId, sql.placeholder('teamId')), eq(looks.nearMissId, sql.placeholder('nearMissId'))),
    )
    .prepare();

/** The lines may say who it was. */
export function forgetLooks(tx: Tx, of: { teamId: string; nearMissId: string }): void {
  tx.prepared(ofNearMiss).run(of);
}
