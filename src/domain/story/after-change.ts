import { timeKept, toldOn } from '../access/gate.ts';
import { type AddedTelling, EMPTY_TELLING, type Kept, type NearMiss, type Telling } from '../near-miss.ts';
import { NOWHERE, type Posted } from './appearance.ts';
import type { Reached } from './choices.ts';
import { announce, type Effect } from './effects.ts';
import type { Rewording, Tell } from './near-misses.ts';

/** The card, wherever it is by then, the reporter's Home and the digests that tell it show the change. */
function afterChange({ id, card, reporterId }: Pick<Kept, 'id' | 'card' | 'reporterId'>): Effect[] {
  return [
    ...(card === undefined
      ? []
      : [announce({ kind: 'card_change', nearMissId: id, channelId: card.channelId })]),
    ...(reporterId === undefined ? [] : [announce({ kind: 'home', personId: reporterId })]),
    { do: 'redraw_digests' },
  ];
}

/** A reporter's first words are others now. What was agreed on for a digest were other words for the ones before. */
export function afterRewording(
  before: Kept,
  { summary, reached = before.reached }: Pick<Rewording, 'summary' | 'reached'>,
): { reached: Reached | null | undefined; effects: Effect[] } {
  const effects = afterChange(before);
  return {
    reached,
    effects: summary === before.summary ? effects : [{ do: 'forget_wording' }, ...effects],
  };
}

/** The reporter's words go, also in a steward's wording; what others added stays theirs. */
export function afterWithdrawal(before: Kept, now: number): { withdrawnAt: number; effects: Effect[] } {
  return {
    withdrawnAt: timeKept(before, now),
    effects: [
      { do: 'forget_telling' },
      { do: 'forget_wording' },
      { do: 'forget_looks' },
      ...afterChange(before),
    ],
  };
}

/**
 * What somebody added is removed. Of what was withdrawn nothing stands anywhere any more, and what stayed in the
 * channel was never in a digest.
 * @param posted where the near-miss is posted.
 * @returns where what they added stands yet.
 */
export function afterRemoval(
  before: Kept,
  { staysInChannel }: Pick<AddedTelling, 'staysInChannel'>,
  posted: Posted,
): { standsIn: Posted; effects: Effect[] } {
  if (before.withdrawnAt !== undefined) return { standsIn: NOWHERE, effects: [] };
  return {
    standsIn: { ...posted, digest: posted.digest && staysInChannel !== true },
    effects: afterChange(before),
  };
}

/** What is kept of what somebody told. `reached` and `toldAt` are the near-miss's own. */
type Told = {
  telling: Telling;
  staysInChannel: boolean;
  reached: Reached | null | undefined;
  toldAt: number | undefined;
  effects: Effect[];
};

/** What an author told, out of what they told before. */
export function afterTelling(nearMiss: Kept & Pick<NearMiss, 'told' | 'added'>, tell: Tell): Told {
  const { authorId, change, reached = nearMiss.reached, toldAt } = tell;
  const effects = afterChange(nearMiss);
  if (authorId === undefined) {
    const telling = change(nearMiss.told);
    // A modal may be older than the change that made it unattributed, which keeps no people.
    const kept = nearMiss.reporterId === undefined ? { ...telling, keyPlayers: [] } : telling;
    const endedAt = toldAt === undefined ? nearMiss.toldAt : toldOn(nearMiss, toldAt);
    return { telling: kept, staysInChannel: false, reached, toldAt: endedAt, effects };
  }
  const before = nearMiss.added.find((one) => one.authorId === authorId);
  const { saves, signal, keyPlayers, answers } = change(before ?? EMPTY_TELLING);
  return {
    telling: { saves, signal, keyPlayers, answers },
    // With words that stay, so does what their author adds: nobody can tell them apart.
    staysInChannel:
      tell.staysInChannel === true || nearMiss.audience === 'channel' || before?.staysInChannel === true,
    reached: nearMiss.reached,
    toldAt: nearMiss.toldAt,
    effects,
  };
}
