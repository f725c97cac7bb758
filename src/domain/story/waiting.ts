import { dayOf, hasRested, keepsReporter } from '../access/gate.ts';
import type { Saved } from '../capture/after-save.ts';
import type { Capture } from '../capture/capture.ts';
import { EMPTY_TELLING, type NearMiss, type Telling } from '../near-miss.ts';
import { afterRewording, afterTelling, afterWithdrawal } from './after-change.ts';
import type { Rewording, Tell } from './near-misses.ts';

/*
 * Near-misses without a name wait in a room of their own until their day is over. There they have no card, no
 * number and nobody to be told, so what changes one has no effects.
 */

/** Does a near-miss that is kept like this wait in that room? */
export function waitsInRoom(nearMiss: Pick<NearMiss, 'tier' | 'capturedAt'>, now: number): boolean {
  return !keepsReporter(nearMiss.tier) && !hasRested(nearMiss, now);
}

/** A capture as it waits, with what was told of the same near-miss before. */
export function waitingOf(
  { card: _none, reporterId: _nobody, ...capture }: Capture,
  { toldAt }: Pick<Saved, 'toldAt'>,
  before: Pick<NearMiss, 'told' | 'added' | 'reached'> | undefined,
): NearMiss {
  return {
    ...capture,
    stewardsThen: [],
    reached: before?.reached,
    toldAt,
    told: { ...(before?.told ?? EMPTY_TELLING), keyPlayers: [] },
    added: before?.added ?? [],
  };
}

/** One that waits, after somebody told about it; and what they told. */
export function toldWaiting(nearMiss: NearMiss, tell: Tell): { nearMiss: NearMiss; telling: Telling } {
  const { telling, reached, toldAt, staysInChannel } = afterTelling(nearMiss, tell);
  const { authorId } = tell;
  const kept = { ...nearMiss, reached: reached ?? undefined, toldAt };
  if (authorId === undefined) return { nearMiss: { ...kept, told: telling }, telling };
  const one = { authorId, ...telling, ...(staysInChannel && { staysInChannel: true as const }) };
  return { nearMiss: { ...kept, added: [...withoutAddedBy(nearMiss, authorId).added, one] }, telling };
}

/** The same with other first words. */
export function rewordedWaiting(nearMiss: NearMiss, rewording: Rewording): NearMiss {
  const { reached } = afterRewording(nearMiss, rewording);
  const { summary, system } = rewording;
  return { ...nearMiss, summary, system, reached: reached ?? undefined };
}

/** Its words are gone. That it was there stays, so that a late delivery of the same Save brings nothing back. */
export function withdrawnWaiting(nearMiss: NearMiss, now: number): NearMiss {
  const { withdrawnAt } = afterWithdrawal(nearMiss, now);
  const nothing = { summary: '', system: undefined, reached: undefined, told: EMPTY_TELLING };
  return { ...nearMiss, ...nothing, withdrawnAt };
}

/** The same without what this person added. */
export function withoutAddedBy(nearMiss: NearMiss, authorId: string): NearMiss {
  return { ...nearMiss, added: nearMiss.added.filter((one) => one.authorId !== authorId) };
}

const AHEAD_MS = 7 * 24 * 60 * 60 * 1000;

/** What a clock that was far ahead dated would wait until that time comes: it is dated now, since nobody knows better. */
export function datedBy(nearMiss: NearMiss, now: number): NearMiss {
  return nearMiss.capturedAt > now + AHEAD_MS ? { ...nearMiss, capturedAt: dayOf(now) } : nearMiss;
}
