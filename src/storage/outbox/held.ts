import type { Next } from '../../domain/outbox/delivery.ts';
import { laneOf } from '../../domain/outbox/kinds.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import type { Db, Tx } from '../database.ts';
import { and, asc, eq, sql } from '../drizzle.ts';
import { outbox } from '../schema.ts';
import { IS_OPEN } from './conditions.ts';
import type { DbRow } from './rows.ts';

/* Rows that somebody holds while they are on their way. What goes as one message has one part, and is one in all. */

const value = (name: string) => sql`${sql.placeholder(name)}`;

const holdRow = (db: Db) =>
  db
    .update(outbox)
    .set({
      // Of what a steward let go it stays known that it was.
      state: sql`iif(${outbox.state} = 'let_go', 'let_go', 'sending')`,
      owner: value('owner'),
      dueAt: value('leaseUntil'),
      partId: value('partId'),
      attempts: sql`${outbox.attempts} + 1`,
      triedAt: value('triedAt'),
    })
    .where(and(eq(outbox.teamId, sql.placeholder('teamId')), eq(outbox.seq, sql.placeholder('seq'))))
    .prepare();

/** Holds a row for `owner` until `leaseUntil`; it goes as the part `partId`. */
export function hold(
  tx: Tx,
  held: { teamId: string; seq: number; partId: string; owner: string; leaseUntil: number; triedAt: number },
): void {
  tx.prepared(holdRow).run(held);
}

const thisPart = sql`${IS_OPEN} and ${outbox.teamId} = ${value('teamId')} and ${outbox.lane} = ${value('lane')} and ${outbox.partId} = ${value('partId')}`;

const heldRow = (db: Db) =>
  db
    .select()
    .from(outbox)
    .where(sql`${thisPart} and ${outbox.owner} = ${value('owner')}`)
    .orderBy(asc(outbox.seq))
    .limit(1)
    .prepare();

/** A row as it is by now; undefined where somebody else took it over, or it was forgotten meanwhile. */
export function heldBy(tx: Tx, row: OutboxRow, owner: string): DbRow | undefined {
  return tx.prepared(heldRow).get({ teamId: row.teamId, lane: laneOf(row), partId: row.partId, owner });
}

const notePart = (db: Db) =>
  db
    .update(outbox)
    .set({
      state: value('state'),
      owner: null,
      dueAt: value('dueAt'),
      why: value('why'),
      channelId: sql`coalesce(${value('channelId')}, ${outbox.channelId})`,
      ts: sql`coalesce(${value('ts')}, ${outbox.ts})`,
    })
    .where(thisPart)
    .prepare();

/** Notes what became of a row, and of what went in the same message. */
export function note(tx: Tx, { teamId, lane, partId, createdAt }: DbRow, next: Next): void {
  const { state, dueAt = createdAt, why = null, channelId = null, ts = null } = next;
  tx.prepared(notePart).run({ teamId, lane, partId, state, dueAt, why, channelId, ts });
}

const forgetPart = (db: Db) => db.delete(outbox).where(thisPart).prepare();

/** Nothing is kept of it. */
export function forget(tx: Tx, { teamId, lane, partId }: DbRow): void {
  tx.prepared(forgetPart).run({ teamId, lane, partId });
}
