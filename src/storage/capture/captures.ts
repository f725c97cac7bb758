import {
  afterSave,
  confirmed,
  type Saved,
  takesCardBack,
  takesNameBack,
} from '../../domain/capture/after-save.ts';
import type { Capture } from '../../domain/capture/capture.ts';
import type { UnseenCard } from '../../domain/outbox/outbox.ts';
import type { Db, Tx } from '../database.ts';
import { sql } from '../drizzle.ts';
import { unseenCard } from '../outbox/put.ts';
import { nearMisses } from '../schema.ts';
import { applyEffects } from '../story/apply-effects.ts';
import { keptOf, type Row } from '../story/near-miss-rows.ts';
import { nearMissRow, openRow, thisOne } from '../story/near-misses.ts';
import { nextNumber } from '../story/numbers.ts';
import { forgetSystem, systemNamed } from './systems.ts';

/** What a Save writes; of a row that is there already, all but its id and its workspace. */
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
  'toldAt',
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

/**
 * Stores a capture, or what a second Save of the same modal changed, with what follows from it.
 * Undefined where it was withdrawn in the meantime: a late delivery of the same submission brings nothing back.
 */
export function saveCapture(
  tx: Tx,
  { capture, now, confirmBy }: { capture: Capture; now: number; confirmBy: number },
): { number?: number } | undefined {
  const before = nearMissRow(tx, capture.teamId, capture.id);
  if (before !== undefined && before.withdrawnAt !== null) return undefined;
  const saved = store(tx, { capture, now }, before);
  applyEffects(tx, { ...capture, now }, confirmed(capture, confirmBy));
  return saved;
}

/** Was its reporter kept, and is not to be any more? */
export function takesBackName(tx: Tx, capture: Capture): boolean {
  // Most keep it, and need no look at what was there.
  if (capture.reporterId !== undefined) return false;
  const before = nearMissRow(tx, capture.teamId, capture.id);
  return takesNameBack(capture, before && keptOf(before));
}

/** The same for who may read it and who may see who shared it, unless its card would have to go and nobody knows where it is. */
export function changeWhoCanSee(
  tx: Tx,
  change: { capture: Capture; now: number },
): { number?: number } | { cardUnseen: UnseenCard } | undefined {
  const { capture } = change;
  const before = openRow(tx, capture.teamId, capture.id);
  if (before === undefined) return undefined;
  const cardUnseen = takesCardBack(capture, keptOf(before))
    ? unseenCard(tx, { teamId: capture.teamId, nearMissId: capture.id })
    : undefined;
  return cardUnseen === undefined ? store(tx, change, before) : { cardUnseen };
}

function store(
  tx: Tx,
  { capture, now }: { capture: Capture; now: number },
  before: Row | undefined,
): { number?: number } {
  const saved = afterSave(capture, before && keptOf(before));
  const number = saved.number === 'next' ? nextNumber(tx, capture.teamId) : saved.number;
  const systemId = capture.system === undefined ? null : systemNamed(tx, capture.teamId, capture.system);
  const values = { ...valuesOf(capture, saved), number: number ?? null, systemId };
  tx.prepared(before === undefined ? insertRow : overwriteRow).run(values);
  if (before !== undefined) forgetSystem(tx, before, systemId);
  applyEffects(tx, { ...capture, now }, saved.effects);
  return number === undefined ? {} : { number };
}

function valuesOf(capture: Capture, { stewardsThen, toldAt, cardTs }: Saved) {
  const { conversation, card } = capture;
  return {
    id: capture.id,
    teamId: capture.teamId,
    tier: capture.tier,
    audience: capture.audience,
    reporterId: capture.reporterId ?? null,
    stewardsThen: JSON.stringify(stewardsThen),
    channelId: conversation?.id ?? null,
    channelName: conversation?.name ?? null,
    channelKind: conversation?.kind ?? null,
    capturedAt: capture.capturedAt,
    summary: capture.summary,
    toldAt: toldAt ?? null,
    cardChannelId: card?.channelId ?? null,
    cardThreadTs: card?.threadTs ?? null,
    cardTs: cardTs ?? null,
    cardForOutsiders: capture.cardForOutsiders === true ? 1 : 0,
  };
}
