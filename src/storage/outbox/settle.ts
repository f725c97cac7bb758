import { afterSettling, isToBeTold, type Known, tell } from '../../domain/outbox/after-settling.ts';
import { isKept, type Next, settledAs, WAITS_FOR_CARD } from '../../domain/outbox/delivery.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import { stillStewards } from '../../domain/stewards/standing.ts';
import type { Db, Tx } from '../database.ts';
import { and, eq, sql } from '../drizzle.ts';
import { nearMisses, outbox } from '../schema.ts';
import { settingsOf } from '../workspaces.ts';
import { applyEffects } from './apply-effects.ts';
import { forget, heldBy, note } from './held.ts';
import { put } from './put.ts';
import { toRow } from './rows.ts';
import { countWaiting } from './undelivered.ts';

/** Notes what became of a row that `owner` still holds, and does what follows from that. */
export function settle(tx: Tx, sent: OutboxRow, owner: string, found: Next): void {
  // Somebody else took it over after our lease ran out: what they find out counts. And it may be something else by
  // now: a card that had to go while it was on its way.
  const held = heldBy(tx, sent, owner);
  const row = held && toRow(held, sent.work);
  if (held === undefined || row === undefined) return;
  const next = settledAs(held, found);
  if (isKept(row.kind, next.state)) note(tx, held, next);
  else forget(tx, held);
  const when = { teamId: row.teamId, now: row.triedAt };
  applyEffects(tx, when, afterSettling(row, held.state, next));
  if (!isToBeTold(next)) return;
  for (const announcement of tell(row, next, knownOf(tx, row))) put(tx, when, announcement);
}

const value = (name: string) => sql.placeholder(name);
const ofNearMiss = and(eq(outbox.teamId, value('teamId')), eq(outbox.nearMissId, value('nearMissId')));

const reporterOf = (db: Db) =>
  db
    .select({ id: nearMisses.reporterId, withdrawnAt: nearMisses.withdrawnAt })
    .from(nearMisses)
    .where(and(eq(nearMisses.teamId, value('teamId')), eq(nearMisses.id, value('nearMissId'))))
    .prepare();
/** It has yet to read what became of the card: while that is not decided, it comes back. */
const confirmationToCome = (db: Db) =>
  db
    .select({ seq: outbox.seq })
    .from(outbox)
    .where(
      sql`${ofNearMiss} and ${outbox.kind} = 'confirmation'
        and (${outbox.state} = 'pending' or (${outbox.state} = 'sending' and ${outbox.attempts} < ${WAITS_FOR_CARD} and ${outbox.saidPrivately} = 0))`,
    )
    .prepare();
const saidOf = (db: Db) => db.select({ says: outbox.says }).from(outbox).where(ofNearMiss).prepare();

/** What has to be known to tell people what became of a row. */
function knownOf(tx: Tx, row: OutboxRow): Known {
  const { teamId } = row;
  const about = { teamId, nearMissId: 'nearMissId' in row ? row.nearMissId : null };
  const reporter = tx.prepared(reporterOf).get(about);
  return {
    reporterId: reporter?.id ?? undefined,
    isWithdrawn: reporter?.withdrawnAt != null,
    confirmsLater: tx.prepared(confirmationToCome).get(about) !== undefined,
    said: tx
      .prepared(saidOf)
      .all(about)
      .flatMap(({ says }) => says ?? []),
    stewards: stillStewards(settingsOf(tx, teamId)),
    isFirst: countWaiting(tx, teamId, 'digestId' in row ? row.digestId : undefined) === 1,
  };
}
