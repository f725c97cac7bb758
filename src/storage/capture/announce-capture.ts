import type { Capture } from '../../domain/capture/capture.ts';
import { homeLane, type OutboxWriter } from '../outbox/put.ts';
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

export function announcingIn(
  outbox: OutboxWriter,
  storyChanged: (of: { teamId: string; nearMissId: string; now: number }) => void,
): Announcing {
  function refreshHome(teamId: string, personId: string, now: number): void {
    outbox.put({ teamId, kind: 'home', lane: homeLane(personId), personId, dueAt: now, now });
  }

  function shared(capture: Capture, before: Row | undefined, now: number): void {
    const { teamId, id: nearMissId, card, reporterId } = capture;
    // Where it was posted it says so at once: a name may have to go.
    if (before !== undefined) storyChanged({ teamId, nearMissId, now });
    // An unattributed capture puts nothing more here: the rows are in order, and would tell when it came.
    if (reporterId === undefined) return;
    if (card !== undefined) {
      const post = { teamId, lane: card.channelId, nearMissId, dueAt: now, now };
      outbox.put({ ...post, kind: 'card' });
      if (before !== undefined) outbox.put({ ...post, kind: 'card_change' });
    }
    refreshHome(teamId, reporterId, now);
  }

  return {
    shared,
    captured(capture, before, now, confirmBy) {
      shared(capture, before, now);
      const { teamId, id: nearMissId, reporterId: personId } = capture;
      if (personId === undefined) return;
      // Each in a lane of its own: it waits for its own capture to end, and most go to where the person was.
      const lane = `confirmation:${nearMissId}`;
      outbox.put({ teamId, kind: 'confirmation', lane, nearMissId, personId, dueAt: confirmBy, now });
    },
    changed({ teamId, id: nearMissId, cardChannelId, reporterId }, now) {
      if (cardChannelId !== null) {
        outbox.put({ teamId, kind: 'card_change', lane: cardChannelId, nearMissId, dueAt: now, now });
      }
      if (reporterId !== null) refreshHome(teamId, reporterId, now);
      storyChanged({ teamId, nearMissId, now });
    },
    cardTakenBack({ teamId, id, cardChannelId, cardThreadTs, cardTs }, now) {
      outbox.takeBackCard(id, cardThreadTs);
      if (cardChannelId === null || cardTs === null) return;
      // The row says where it stands and nothing of the near-miss.
      const stands = { lane: cardChannelId, channelId: cardChannelId, ts: cardTs };
      outbox.put({ teamId, kind: 'card_removal', ...stands, dueAt: now, now });
    },
    forgotten(nearMissId, personId) {
      outbox.forget(nearMissId, homeLane(personId));
    },
  };
}
