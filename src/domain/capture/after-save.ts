import { endOfDay, keepsReporter, showsName, toldOn } from '../access/gate.ts';
import type { Kept } from '../near-miss.ts';
import { announce, type Effect } from '../story/effects.ts';
import type { Capture } from './capture.ts';

/** What a Save makes of a near-miss, beside its own words. */
export type Saved = {
  /** The number it has, or is given now. Undefined without a name that everybody sees: it gets one when it first appears. */
  number: number | 'next' | undefined;
  /** The number it had, which is free: the next near-miss with a name takes it, so that no gap is left. */
  givesBack: number | undefined;
  stewardsThen: string[];
  toldAt: number | undefined;
  /** Where its card stands, unless it is wanted there no more. */
  cardTs: string | undefined;
  effects: Effect[];
};

/** @param before what there is of it: a second Save changes the same near-miss, and may change who can see it. */
export function afterSave(capture: Capture, before: Kept | undefined, now: number): Saved {
  const number = numberAfter(capture, before);
  if (before === undefined) {
    const nothing = { givesBack: undefined, toldAt: undefined, cardTs: undefined };
    return { ...nothing, number, stewardsThen: capture.stewardsThen, effects: announced(capture) };
  }
  // Once its day is over others may know it by its number.
  const isFree = number === undefined && now < endOfDay(before.capturedAt);
  // A second Save lets nobody know the name whom the first did not, nor whom its own sentence does not name.
  const wasTrusted = capture.tier === 'confidential' && before.tier === 'confidential';
  const again: Effect[] = [{ do: 'redraw_digests' }, ...announced(capture, { isAgain: true })];
  return {
    number,
    givesBack: isFree ? before.number : undefined,
    stewardsThen: wasTrusted
      ? before.stewardsThen.filter((id) => capture.stewardsThen.includes(id))
      : capture.stewardsThen,
    toldAt: before.toldAt === undefined ? undefined : toldOn(capture, before.toldAt),
    cardTs: capture.card?.channelId === before.card?.channelId ? before.card?.ts : undefined,
    effects: [...cardTakenBack(capture, before), ...nameTakenBack(capture, before), ...again],
  };
}

/** A number between two others would tell when it was shared: without a name it gets one when it appears, and keeps it. */
function numberAfter(capture: Capture, before: Kept | undefined): Saved['number'] {
  if (showsName(capture.tier)) return before?.number ?? 'next';
  return keepsReporter(capture.tier) && before?.tier === capture.tier ? before.number : undefined;
}

/**
 * Its end is confirmed to whoever shared it, at `confirmBy` at the latest. Nothing of an unattributed one: what waits
 * to be sent is in order, and would tell when it came.
 */
export function confirmed({ id: nearMissId, reporterId }: Capture, confirmBy: number): Effect[] {
  if (reporterId === undefined) return [];
  return [announce({ kind: 'confirmation', nearMissId, personId: reporterId }, confirmBy)];
}

/** Was its card to stand somewhere, and is not to any more? */
export function takesCardBack(capture: Pick<Capture, 'card'>, before: Pick<Kept, 'card'>): boolean {
  return before.card !== undefined && capture.card === undefined;
}

/** Was its reporter kept, and is not to be any more? */
export function takesNameBack(
  capture: Pick<Capture, 'reporterId'>,
  before: Pick<Kept, 'reporterId'> | undefined,
): boolean {
  return before?.reporterId !== undefined && capture.reporterId === undefined;
}

/** The card of those who may see it, as they may, and its reporter's Home; of an unattributed one nothing. */
function announced({ id: nearMissId, card, reporterId }: Capture, { isAgain = false } = {}): Effect[] {
  if (reporterId === undefined) return [];
  const home = announce({ kind: 'home', personId: reporterId });
  if (card === undefined) return [home];
  const { channelId } = card;
  const posted = announce({ kind: 'card', nearMissId, channelId });
  return isAgain ? [posted, announce({ kind: 'card_change', nearMissId, channelId }), home] : [posted, home];
}

/** The card has to go, whether it stands, is on its way, or waits. Its removal says nothing of the near-miss. */
function cardTakenBack(capture: Capture, before: Kept): Effect[] {
  const { card } = before;
  if (card === undefined || !takesCardBack(capture, before)) return [];
  const { channelId, threadTs, ts } = card;
  return [
    { do: 'take_back_card', threadTs },
    ...(ts === undefined ? [] : [announce({ kind: 'card_removal', channelId, ts })]),
  ];
}

/** What the earlier words kept of people goes. */
function nameTakenBack(capture: Capture, before: Kept): Effect[] {
  if (before.reporterId === undefined || !takesNameBack(capture, before)) return [];
  return [
    { do: 'forget_announcements', personId: before.reporterId },
    { do: 'forget_key_players' },
    { do: 'forget_looks' },
  ];
}
