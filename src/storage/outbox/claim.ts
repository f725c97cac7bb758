import { dueWork } from '../../domain/outbox/delivery.ts';
import { fitOneMessage } from '../../domain/outbox/notices.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import type { Db, Tx } from '../database.ts';
import { asc, sql } from '../drizzle.ts';
import { outbox } from '../schema.ts';
import { IS_OPEN } from './conditions.ts';
import { hold, note } from './held.ts';
import { type DbRow, noticeOf, toRow } from './rows.ts';

type Take = { owner: string; now: number; leaseUntil: number; betweenMs: number };

/** A row whose columns say nothing that the app could send. */
type Misfit = { misfit: Pick<DbRow, 'seq' | 'kind' | 'says'> };

const value = (name: string) => sql`${sql.placeholder(name)}`;

const next = (db: Db) =>
  db
    .select()
    .from(outbox)
    .where(
      sql`${IS_OPEN} and ${outbox.dueAt} <= ${value('now')}
        and not exists (select 1 from outbox as earlier where earlier.${IS_OPEN} and earlier.lane = ${outbox.lane} and earlier.team_id = ${outbox.teamId} and earlier.seq < ${outbox.seq})
        and not exists (select 1 from outbox as recent where recent.lane = ${outbox.lane} and recent.team_id = ${outbox.teamId} and recent.tried_at > ${value('paceFrom')} and recent.tried_at <= ${value('now')})`,
    )
    .orderBy(outbox.dueAt, outbox.seq)
    .limit(1)
    .prepare();

/** Put in or tried later than now: the clock was set back, and its time may be hours away. */
const setBack = (db: Db) =>
  db
    .update(outbox)
    .set({ dueAt: value('leaseUntil') })
    .where(
      sql`${IS_OPEN} and ${outbox.dueAt} > ${value('leaseUntil')} and coalesce(${outbox.triedAt}, ${outbox.createdAt}) > ${value('now')}`,
    )
    .prepare();

const behind = (db: Db) =>
  db
    .select()
    .from(outbox)
    .where(
      sql`${IS_OPEN} and ${outbox.lane} = ${value('lane')} and ${outbox.seq} > ${value('seq')} and ${outbox.teamId} = ${value('teamId')}`,
    )
    .orderBy(asc(outbox.seq))
    .prepare();

/** Takes the next row that is due and whose lane is free, and what goes in the same message. */
export function claim(tx: Tx, { owner, now, leaseUntil, betweenMs }: Take): OutboxRow | Misfit | undefined {
  for (;;) {
    const found = tx.prepared(next).get({ now, paceFrom: now - betweenMs });
    if (found === undefined) {
      tx.prepared(setBack).run({ now, leaseUntil });
      return undefined;
    }
    if (toRow(found) === undefined) {
      note(tx, found, { state: 'refused', dueAt: now, why: 'of no kind' });
      return { misfit: found };
    }
    const work = dueWork(found);
    if (work !== 'nothing') return held(tx, found, work, { owner, now, leaseUntil });
    note(tx, found, { state: 'sent', dueAt: now, why: 'its sender stopped' });
  }
}

/** The row as it is held by its owner from now on. */
function held(
  tx: Tx,
  found: DbRow,
  work: OutboxRow['work'],
  { owner, now, leaseUntil }: Omit<Take, 'betweenMs'>,
): OutboxRow | undefined {
  // A look is not a message: it keeps the time of the attempt it asks about.
  const triedAt = work === 'look' ? Math.min(found.triedAt ?? found.createdAt, now) : now;
  const others = found.kind === 'notice' ? othersInMessage(tx, found, now) : [];
  const { partId } = found;
  for (const { teamId, seq } of [found, ...others])
    hold(tx, { teamId, seq, owner, leaseUntil, triedAt, partId });
  const attempts = found.attempts + 1;
  return toRow(
    { ...found, attempts, triedAt },
    work,
    others.flatMap((one) => noticeOf(one) ?? []),
  );
}

/**
 * What is said in the same message as a notice: what was, where it was tried before; else what is to be said to the
 * same person by now, in its order, and was not tried either. What went as one message stays one: it is known by one
 * part.
 */
function othersInMessage(tx: Tx, row: DbRow, now: number): DbRow[] {
  const waiting = tx.prepared(behind).all(row);
  if (row.attempts > 0) return waiting.filter(({ partId }) => partId === row.partId);
  const isOne = (one: DbRow) =>
    one.state === 'pending' && one.attempts === 0 && one.dueAt <= now && noticeOf(one) !== undefined;
  const end = waiting.findIndex((one) => !isOne(one));
  const together = [row, ...(end === -1 ? waiting : waiting.slice(0, end))];
  const notices = together.flatMap((one) => noticeOf(one) ?? []);
  return together.slice(1, fitOneMessage(notices));
}
