import {
  afterSave,
  confirmed,
  type Saved,
  takesCardBack,
  takesNameBack,
} from '../../domain/capture/after-save.ts';
import type { Capture } from '../../domain/capture/capture.ts';
import type { Kept } from '../../domain/near-miss.ts';
import type { UnseenCard } from '../../domain/outbox/outbox.ts';
import { waitingOf, waitsInRoom } from '../../domain/story/waiting.ts';
import type { Tx } from '../database.ts';
import { unseenCard } from '../outbox/put.ts';
import { applyEffects } from '../story/apply-effects.ts';
import { keptOf } from '../story/near-miss-rows.ts';
import { deleteNearMiss, insertNearMiss, overwriteNearMiss } from '../story/near-miss-values.ts';
import { nearMissOf, nearMissRow } from '../story/near-misses.ts';
import { giveBack, nextNumber } from '../story/numbers.ts';
import { putTellings } from '../story/tellings.ts';
import { type Found, found, putWaiting, refuseIdOfAnother } from '../waiting-room/waiting-room.ts';
import { mayLeaveDatabase } from './may-leave-database.ts';
import { forgetSystem, systemNamed } from './systems.ts';

type Change = { capture: Capture; now: number };

/**
 * Stores a capture, or what a second Save of the same modal changed, with what follows from it.
 * Undefined where it was withdrawn in the meantime: a late delivery of the same submission brings nothing back.
 */
export function saveCapture(
  tx: Tx,
  { capture, now, confirmBy }: Change & { confirmBy: number },
): { number?: number } | undefined {
  const before = found(tx, capture);
  if (before !== undefined && keptBefore(before).withdrawnAt !== undefined) return undefined;
  const saved = store(tx, { capture, now }, before);
  applyEffects(tx, { ...capture, now }, confirmed(capture, confirmBy));
  return saved;
}

/** Does it take something out of the database: who shared it, or the whole row? */
export function takesSomethingBack(tx: Tx, capture: Capture): boolean {
  // Most keep it, and need no look at what was there.
  if (capture.reporterId !== undefined) return false;
  const before = nearMissRow(tx, capture.teamId, capture.id);
  if (before === undefined) return false;
  return before.reporterId === null || takesNameBack(capture, keptOf(before));
}

/** The same for who may read it and who may see who shared it, unless its card would have to go and nobody knows where it is. */
export function changeWhoCanSee(
  tx: Tx,
  change: Change,
): { number?: number } | { cardUnseen: UnseenCard } | undefined {
  const { capture } = change;
  const before = found(tx, capture);
  if (before === undefined || keptBefore(before).withdrawnAt !== undefined) return undefined;
  const cardUnseen = takesCardBack(capture, keptBefore(before))
    ? unseenCard(tx, { teamId: capture.teamId, nearMissId: capture.id })
    : undefined;
  return cardUnseen === undefined ? store(tx, change, before) : { cardUnseen };
}

function keptBefore({ row, waiting }: Found): Kept {
  return row === undefined ? waiting : keptOf(row);
}

function store(tx: Tx, change: Change, before: Found | undefined): { number?: number } {
  const { capture, now } = change;
  const goes = waitsInRoom(capture, now) ? 'to_wait' : 'into_database';
  if (before === undefined) refuseIdOfAnother(tx, capture, goes);
  const kept = before && keptBefore(before);
  const saved = afterSave(capture, kept, now);
  if (saved.givesBack !== undefined) giveBack(tx, capture.teamId, saved.givesBack);
  const row = before?.row;
  if (goes === 'to_wait' && (row === undefined || mayLeaveDatabase(tx, row))) {
    leaveWaiting(tx, change, saved, before);
    return {};
  }
  const number = saved.number === 'next' ? nextNumber(tx, capture.teamId) : saved.number;
  const systemId = capture.system === undefined ? null : systemNamed(tx, capture.teamId, capture.system);
  const stored = { ...asKept(capture, saved), number, reached: kept?.reached };
  if (row === undefined) insertNearMiss(tx, stored, systemId);
  else overwriteNearMiss(tx, stored, systemId);
  if (row !== undefined) forgetSystem(tx, row, systemId);
  if (before?.waiting !== undefined)
    putTellings(tx, { teamId: capture.teamId, nearMissId: capture.id }, before.waiting);
  applyEffects(tx, { ...capture, now }, saved.effects);
  return number === undefined ? {} : { number };
}

/** It waits outside of the database, and leaves that if it was there. */
function leaveWaiting(tx: Tx, { capture, now }: Change, saved: Saved, before: Found | undefined): void {
  if (before?.row !== undefined) {
    const told = nearMissOf(tx, before.row);
    applyEffects(tx, { ...capture, now }, saved.effects);
    deleteNearMiss(tx, capture);
    forgetSystem(tx, before.row, null);
    putWaiting(tx, waitingOf(capture, saved, told));
  } else putWaiting(tx, waitingOf(capture, saved, before?.waiting));
}

function asKept(
  { card, system: _about, ...capture }: Capture,
  { stewardsThen, toldAt, cardTs }: Saved,
): Kept {
  return { ...capture, stewardsThen, toldAt, card: card && { ...card, ts: cardTs } };
}
