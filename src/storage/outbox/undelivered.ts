import { waitsForSteward } from '../../domain/outbox/kinds.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import { toUndelivered, type Undelivered, type Waiting } from '../../domain/outbox/undelivered.ts';
import type { Db, Tx } from '../database.ts';
import { and, asc, eq, sql } from '../drizzle.ts';
import { outbox } from '../schema.ts';
import { IS_FOR_STEWARDS, MAY_WAIT } from './conditions.ts';
import { toRow } from './rows.ts';

/** They are read on a Home, which holds a hundred blocks; those that follow are seen when these are answered. */
const MOST_SHOWN = 10;

/** What did not arrive, and why. */
export type Found = { row: Waiting; state: Undelivered['state']; why: string | undefined };

const ofTeam = (db: Db) =>
  db
    .select()
    .from(outbox)
    .where(and(eq(outbox.teamId, sql.placeholder('teamId')), MAY_WAIT, IS_FOR_STEWARDS))
    .orderBy(asc(outbox.seq))
    .prepare();

/** Everything of a workspace that did not arrive and is for its stewards, in the order it was put in. */
export function waitingFor(tx: Tx, teamId: string): Found[] {
  const found = tx.prepared(ofTeam).all({ teamId });
  return found.flatMap(({ state, why, ...rest }) => {
    const row = toRow({ ...rest, state, why });
    if (row === undefined || !isWaiting(row)) return [];
    return [{ row, state: state === 'asked' ? 'asked' : 'refused', why: why ?? undefined }];
  });
}

function isWaiting(row: OutboxRow): row is Waiting {
  return waitsForSteward(row.kind);
}

/** How many wait of one digest, or of none. */
export function countWaiting(tx: Tx, teamId: string, digestId: string | undefined): number {
  return waitingFor(tx, teamId).filter(
    ({ row }) => ('digestId' in row ? row.digestId : undefined) === digestId,
  ).length;
}

/** The first of them, as stewards are shown them. */
export function undeliveredOf(tx: Tx, teamId: string): Undelivered[] {
  return waitingFor(tx, teamId)
    .slice(0, MOST_SHOWN)
    .map(({ row, state, why }) => toUndelivered(row, state, why));
}
