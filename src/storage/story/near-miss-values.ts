import type { Kept } from '../../domain/near-miss.ts';
import type { Db, Tx } from '../database.ts';
import { sql } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';
import { thisOne } from './near-misses.ts';

/** What is written of a near-miss as a whole; of a row that is there already, all but its id and its workspace. */
const COLUMNS = [
  'number',
  'tier',
  'audience',
  'reporterId',
  'stewardsThen',
  'channelId',
  'channelName',
  'channelKind',
  'capturedAt',
  'summary',
  'systemId',
  'reached',
  'toldAt',
  'withdrawnAt',
  'cardChannelId',
  'cardThreadTs',
  'cardTs',
  'cardForOutsiders',
] as const;

type Values = Record<(typeof COLUMNS)[number], ReturnType<typeof sql.placeholder>>;

const insertRow = (db: Db) => {
  const columns = ['id', 'teamId', ...COLUMNS] as const;
  const values = Object.fromEntries(columns.map((column) => [column, sql.placeholder(column)]));
  return db
    .insert(nearMisses)
    .values(values as Values & Record<'id' | 'teamId', Values['tier']>)
    .prepare();
};

const overwriteRow = (db: Db) => {
  const values = Object.fromEntries(COLUMNS.map((column) => [column, sql`${sql.placeholder(column)}`]));
  return db.update(nearMisses).set(values).where(thisOne).prepare();
};

const deleteRow = (db: Db) => db.delete(nearMisses).where(thisOne).prepare();

/** A near-miss that has no row yet. */
export function insertNearMiss(tx: Tx, kept: Kept, systemId: string | null): void {
  tx.prepared(insertRow).run(valuesOf(kept, systemId));
}

/** The same in place of its row. In which digest it is stays as it was. */
export function overwriteNearMiss(tx: Tx, kept: Kept, systemId: string | null): void {
  tx.prepared(overwriteRow).run(valuesOf(kept, systemId));
}

/** Its row, and whatever hangs on it. */
export function deleteNearMiss(tx: Tx, of: { teamId: string; id: string }): void {
  tx.prepared(deleteRow).run(of);
}

function valuesOf(kept: Kept, systemId: string | null) {
  const { conversation, card } = kept;
  return {
    id: kept.id,
    teamId: kept.teamId,
    number: kept.number ?? null,
    tier: kept.tier,
    audience: kept.audience,
    reporterId: kept.reporterId ?? null,
    stewardsThen: JSON.stringify(kept.stewardsThen),
    channelId: conversation?.id ?? null,
    channelName: conversation?.name ?? null,
    channelKind: conversation?.kind ?? null,
    capturedAt: kept.capturedAt,
    summary: kept.summary,
    systemId,
    reached: kept.reached ?? null,
    toldAt: kept.toldAt ?? null,
    withdrawnAt: kept.withdrawnAt ?? null,
    cardChannelId: card?.channelId ?? null,
    cardThreadTs: card?.threadTs ?? null,
    cardTs: card?.ts ?? null,
    cardForOutsiders: kept.cardForOutsiders === true ? 1 : 0,
  };
}
