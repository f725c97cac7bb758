import { type DeliveryState, type Next, UNDELIVERED } from './delivery.ts';
import { type Announcement, KINDS } from './kinds.ts';
import { NOTICES, type Notice, type Says } from './notices.ts';
import { type OutboxRow } from './outbox-row.ts';

/** What follows from what became of a row. A store applies them in the transaction that notes it, in this order. */
export type Effect =
  /** It is known which message the card of a near-miss is. */
  | { do: 'note_card'; nearMissId: string; ts: string }
  /** What became of the card is known: a confirmation that waits to say it need not wait any longer. */
  | { do: 'hurry_confirmation'; nearMissId: string }
  /** A message of a digest, or of a preview, stands there: what follows it may go. */
  | {
      do: 'digest_message_stands';
      row: OutboxRow<'digest_part' | 'preview_part'>;
      channelId: string;
      ts: string;
    }
  /** The parent of a digest will stand nowhere: what was in it is free for a later one. */
  | { do: 'digest_stands_nowhere'; digestId: string }
  /** One part of it was not to be posted at the last moment: should it be shared again, a later digest tells it. */
  | { do: 'part_stands_nowhere'; digestId: string; position: number };

/** What has to be known to tell people what became of a row. */
export type Known = {
  /** Of its near-miss; absent where it is about none, or nobody is kept who shared it. */
  reporterId: string | undefined;
  isWithdrawn: boolean;
  /** Its confirmation is still to come, and reads what became of the card. */
  confirmsLater: boolean;
  /** What its reporter was told of it before. */
  said: Says[];
  stewards: string[];
  /** Nothing else of the same digest, or of cards, waits for the stewards: they are told once for all of it. */
  isFirst: boolean;
};

/** Is there something to tell: it did not arrive, nobody knows, or it shows no words? */
export function isToBeTold({ state, withheld }: Next): boolean {
  return isUndelivered(state) || withheld !== undefined;
}

function isUndelivered(state: DeliveryState): boolean {
  return UNDELIVERED.some((one) => one === state);
}

/**
 * What follows when a row comes to the state `next`.
 * @param was the state before; of what a steward let go, a part that is not there is not told again.
 */
export function afterSettling(row: OutboxRow, was: DeliveryState, next: Next): Effect[] {
  if (row.kind === 'card') return afterCard(row, next);
  if (row.kind !== 'digest_part' && row.kind !== 'preview_part') return [];
  const { state, ts, channelId = 'channelId' in row ? row.channelId : undefined } = next;
  if (state === 'sent' && ts !== undefined && channelId !== undefined)
    return [{ do: 'digest_message_stands', row, channelId, ts }];
  if (row.kind !== 'digest_part' || state !== 'dropped') return [];
  const { digestId, position } = row;
  if (position === 0) return [{ do: 'digest_stands_nowhere', digestId }];
  return was === 'let_go' ? [] : [{ do: 'part_stands_nowhere', digestId, position }];
}

function afterCard({ nearMissId }: OutboxRow<'card'>, { state, ts }: Next): Effect[] {
  if (state === 'pending' || state === 'unsure') return [];
  return [
    { do: 'hurry_confirmation', nearMissId },
    ...(state === 'sent' && ts !== undefined ? [{ do: 'note_card' as const, nearMissId, ts }] : []),
  ];
}

/** Who hears what became of a row that there is something to tell of. */
export function tell(row: OutboxRow, next: Next, known: Known): Announcement[] {
  if (isUndelivered(next.state)) return tellUndelivered(row, next, known);
  return 'nearMissId' in row ? tellOnce(row.nearMissId, 'card_withheld', next.withheld, known) : [];
}

function tellUndelivered(row: OutboxRow, { state, why }: Next, known: Known): Announcement[] {
  switch (KINDS[row.kind].undelivered) {
    case 'nobody':
      return [];
    case 'stewards':
      return tellStewards(row, known);
    case 'withdrawer':
      return 'nearMissId' in row ? tellWithdrawer(row.nearMissId, why, known) : [];
    case 'reporter':
      return 'nearMissId' in row ? tellReporter(row, state, known) : [];
  }
}

/** A card: its reporter hears why, unless the confirmation still has to say it; or is asked where nobody knows. */
function tellReporter(
  row: OutboxRow & { nearMissId: string },
  state: DeliveryState,
  known: Known,
): Announcement[] {
  const isRefused = state === 'refused';
  if (isRefused && known.confirmsLater) return [];
  // Where nobody knows who that is, the stewards see to it.
  if (known.reporterId === undefined) return tellStewards(row, known);
  const { nearMissId } = row;
  return noticesTo(known, { says: isRefused ? 'card_refused' : 'card_asked', nearMissId });
}

/** What somebody withdrew stands there all the same: they are told, once. */
function tellWithdrawer(nearMissId: string, why: string | undefined, known: Known): Announcement[] {
  return known.isWithdrawn ? tellOnce(nearMissId, 'card_stands', why, known) : [];
}

/** Why its card is not as it should be: its reporter hears it once, however often it changes. */
function tellOnce(
  nearMissId: string,
  says: 'card_stands' | 'card_withheld',
  why: string | undefined,
  known: Known,
): Announcement[] {
  return known.said.includes(says) ? [] : noticesTo(known, { says, nearMissId, why });
}

/** It waits on their Homes, and they are told to look there. */
function tellStewards(row: OutboxRow, known: Known): Announcement[] {
  const notice: Notice =
    'digestId' in row ? { says: 'part_refused', digestId: row.digestId } : { says: 'card_waits' };
  return [
    ...(known.isFirst ? noticesTo(known, notice) : []),
    ...known.stewards.map((personId): Announcement => ({ kind: 'home', personId })),
  ];
}

/** A notice to each of those it is for. */
export function noticesTo(
  { reporterId, stewards }: { reporterId?: string | undefined; stewards: string[] },
  notice: Notice,
): Announcement<'notice'>[] {
  const people = NOTICES[notice.says].to === 'stewards' ? stewards : [reporterId ?? []].flat();
  return people.map((personId) => ({ kind: 'notice', personId, notice }));
}
