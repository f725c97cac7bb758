import type { DeliveryState } from './delivery.ts';
import type { WaitsForSteward } from './kinds.ts';
import { type OutboxRow } from './outbox-row.ts';

/** Something that did not arrive, or nobody knows, and that nobody but a steward could be told of. */
export type Undelivered = {
  seq: number;
  /**
   * The parent of a digest, which the others wait for, or a part of it; a change to one that stands; a card without a
   * reporter; a card to be removed, or, as nobody knows whether it was posted, to be looked for.
   */
  about: 'parent' | 'part' | 'change' | 'card' | 'removal' | 'search';
  state: 'refused' | 'asked';
  why?: string | undefined;
  /** The digest it is of. */
  digestId?: string | undefined;
  /** Of a card: where. */
  channelId?: string | undefined;
};

export type Waiting = OutboxRow<WaitsForSteward>;

/** A row in the terms of whoever decides what becomes of it; no words of a near-miss. */
export function toUndelivered(
  row: Waiting,
  state: Undelivered['state'],
  why: string | undefined,
): Undelivered {
  const { seq } = row;
  switch (row.kind) {
    case 'digest_part':
      return { seq, about: row.position === 0 ? 'parent' : 'part', state, why, digestId: row.digestId };
    case 'digest_change':
      return { seq, about: 'change', state, why, digestId: row.digestId };
    case 'card':
      return { seq, about: 'card', state, why, channelId: row.channelId };
    case 'card_removal':
      return {
        seq,
        about: row.ts === undefined ? 'search' : 'removal',
        state,
        why,
        channelId: row.channelId,
      };
  }
}

/** What was refused with one cause is tried again together: all of one digest, or one thing in one channel. */
export function causeOf(row: Waiting): string {
  return 'digestId' in row ? row.digestId : `${row.kind} ${row.channelId}`;
}

/**
 * What becomes of it when a steward lets it go. What may be there is believed to be; a part of a digest that may be is
 * looked for a last time, since others follow it. Of the rest nothing is left to do; `forgotten`: nor to keep.
 */
export function whenLetGo(row: Waiting, state: Undelivered['state']): DeliveryState | 'forgotten' {
  if (state === 'refused') return row.kind === 'digest_part' ? 'dropped' : 'forgotten';
  if (row.kind === 'digest_part') return 'let_go';
  return row.kind === 'card' ? 'believed' : 'forgotten';
}
