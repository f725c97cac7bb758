/* What the room of the outbox is asked for, until their functions take a transaction. */
import type { Announcement } from '../domain/outbox/kinds.ts';
import type { UnseenCard } from '../domain/outbox/outbox.ts';
import type { Connection, Tx } from './database.ts';
import { homeLane, outboxWriterIn, personLane, previewLane } from './outbox/put.ts';

const writerOf = (tx: Tx) => outboxWriterIn(tx as Connection);

type When = { teamId: string; now: number; dueAt?: number };

/** Puts what is to be sent into the outbox. */
export function put(tx: Tx, { teamId, now, dueAt = now }: When, announcement: Announcement): void {
  writerOf(tx).put({ ...rowOf(announcement), teamId, dueAt, now });
}

function rowOf(announcement: Announcement) {
  switch (announcement.kind) {
    case 'card':
    case 'card_change': {
      const { kind, channelId: lane, nearMissId } = announcement;
      return { kind, lane, nearMissId };
    }
    case 'card_removal': {
      const { kind, channelId, ts } = announcement;
      return { kind, lane: channelId, channelId, ...(ts !== undefined && { ts }) };
    }
    case 'confirmation': {
      const { kind, nearMissId, personId } = announcement;
      return { kind, lane: `confirmation:${nearMissId}`, nearMissId, personId };
    }
    case 'home': {
      const { kind, personId } = announcement;
      return { kind, lane: homeLane(personId), personId };
    }
    case 'digest_part':
    case 'digest_change': {
      const { channelId: lane, ...rest } = announcement;
      return { ...rest, lane };
    }
    case 'preview_part':
    case 'preview_change':
      return { ...announcement, lane: previewLane(announcement.personId) };
    case 'preview_removal':
      return { ...announcement, kind: 'card_removal' as const, lane: announcement.channelId };
    case 'notice': {
      const { personId, notice } = announcement;
      const { says, ...about } = notice;
      return { ...about, kind: says as 'wording', personId, lane: personLane(personId) };
    }
  }
}

export function takeBackCard(tx: Tx, nearMissId: string, threadTs: string | undefined): void {
  writerOf(tx).takeBackCard(nearMissId, threadTs ?? null);
}

export function unseenCard(tx: Tx, nearMissId: string): UnseenCard | undefined {
  return writerOf(tx).unseenCard(nearMissId);
}

export function forgetAnnouncements(tx: Tx, nearMissId: string, personId: string): void {
  writerOf(tx).forget(nearMissId, homeLane(personId));
}
