import type { NearMiss } from '../near-miss.ts';
import { type DigestSettings, isInTime } from './digest.ts';
import type { KeptDigest } from './kept-digest.ts';
import { type LastSlot, nextSlot, type Timetable } from './timetable.ts';

/** What is known of the digests to come. `open` is the one stewards look at or hold: its week is in `last`. */
type DigestsToCome = {
  timetable: Timetable & Pick<DigestSettings, 'previewMinutes'>;
  last: LastSlot | undefined;
  open?: Pick<KeptDigest, 'closedAt' | 'publishAt'> | undefined;
};

/** A near-miss that is to appear. `isInOpen`: the open digest tells it. */
export type Appearing = Pick<NearMiss, 'tier' | 'audience' | 'capturedAt'> & { isInOpen?: boolean };

/** When the next digest is posted if nobody does anything: what stewards look at or hold has a time of its own. */
export function nextDigestAt({ timetable, last, open }: DigestsToCome, now: number): number {
  const { at } = nextSlot(timetable, last, now);
  return open === undefined ? at : Math.min(at, goesOutAt(open, now));
}

/**
 * The day somebody who shares without their name on it is told: that of the first digest that closes late enough
 * for it, by the rule that publishes (`mayBePublished`). With a preview a digest closes when the preview is sent.
 */
export function promisedAt(
  { timetable, last, open }: DigestsToCome,
  nearMiss: Appearing,
  now: number,
): number {
  if (open !== undefined && nearMiss.isInOpen === true) return goesOutAt(open, now);
  let slot = nextSlot(timetable, last, now);
  while (!isInTime(nearMiss, closingOf(slot.at, timetable, now))) slot = nextSlot(timetable, last, slot.at);
  return open !== undefined && isBeside(open, nearMiss) ? Math.min(slot.at, goesOutAt(open, now)) : slot.at;
}

/** A digest that could not be posted on its day goes out as soon as it can. */
function goesOutAt({ publishAt }: Pick<KeptDigest, 'publishAt'>, now: number): number {
  return Math.max(publishAt, now);
}

function closingOf(slotAt: number, { previewMinutes = 0 }: DigestsToCome['timetable'], now: number): number {
  return Math.max(now, slotAt - previewMinutes * 60_000);
}

/** The card of one for a channel goes up beside a digest, if it was in time for that. */
function isBeside({ closedAt }: Pick<KeptDigest, 'closedAt'>, nearMiss: Appearing): boolean {
  return nearMiss.audience === 'channel' && isInTime(nearMiss, closedAt);
}
