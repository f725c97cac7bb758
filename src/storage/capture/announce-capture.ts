import type { Capture } from '../../domain/capture/capture.ts';
import type { Announcement } from '../../domain/outbox/kinds.ts';
import type { Tx } from '../database.ts';
import type { DigestChanges } from '../digest/digest-changes.ts';
import { forgetAnnouncements, put, takeBackCard } from '../outbox/put.ts';
import type { nearMisses } from '../schema.ts';

type Row = typeof nearMisses.$inferSelect;

/** What a fact puts into the outbox, in its own transaction. Private to storage. */
export type Announcing = {
  /** A capture: its card, its confirmation (at `confirmBy` at the latest), its reporter's Home. */
  captured: (capture: Capture, before: Row | undefined, now: number, confirmBy: number) => void;
  /** Who may see it changed: the card of those who may, as they may. */
  shared: (capture: Capture, before: Row | undefined, now: number) => void;
  /** The card, wherever it is by then, and the reporter's Home show the change. */
  changed: (row: Row, now: number) => void;
  /** The card has to go, whether it stands, is on its way, or waits. */
  cardTakenBack: (row: Row, now: number) => void;
  /** Nothing of it is left here, nor that this person's Home was to show it. */
  forgotten: (nearMissId: string, personId: string) => void;
};

export function announcingIn(tx: Tx, digests: Pick<DigestChanges, 'storyChanged'>): Announcing {
  function refreshHome(teamId: string, personId: string, now: number): void {
    put(tx, { teamId, now }, { kind: 'home', personId });
  }

  function shared(capture: Capture, before: Row | undefined, now: number): void {
    const { teamId, id: nearMissId, card, reporterId } = capture;
    // Where it was posted it says so at once: a name may have to go.
    if (before !== undefined) digests.storyChanged(nearMissId, now);
    // An unattributed capture puts nothing more here: the rows are in order, and would tell when it came.
    if (reporterId === undefined) return;
    if (card !== undefined) {
      const { channelId } = card;
      const kinds: Announcement[] = [{ kind: 'card', nearMissId, channelId }];
      if (before !== undefined) kinds.push({ kind: 'card_change', nearMissId, channelId });
      for (const announcement of kinds) put(tx, { teamId, now }, announcement);
    }
    refreshHome(teamId, reporterId, now);
  }

  return {
    shared,
    captured(capture, before, now, confirmBy) {
      shared(capture, before, now);
      const { teamId, id: nearMissId, reporterId: personId } = capture;
      if (personId === undefined) return;
      put(tx, { teamId, now, dueAt: confirmBy }, { kind: 'confirmation', nearMissId, personId });
    },
    changed({ teamId, id: nearMissId, cardChannelId, reporterId }, now) {
      if (cardChannelId !== null) {
        put(tx, { teamId, now }, { kind: 'card_change', nearMissId, channelId: cardChannelId });
      }
      if (reporterId !== null) refreshHome(teamId, reporterId, now);
      digests.storyChanged(nearMissId, now);
    },
    cardTakenBack({ teamId, id, cardChannelId, cardThreadTs, cardTs }, now) {
      takeBackCard(tx, id, cardThreadTs ?? undefined);
      if (cardChannelId === null || cardTs === null) return;
      // The row says where it stands and nothing of the near-miss.
      put(tx, { teamId, now }, { kind: 'card_removal', channelId: cardChannelId, ts: cardTs });
    },
    forgotten(nearMissId, personId) {
      forgetAnnouncements(tx, nearMissId, personId);
    },
  };
}
