import type { Freezing } from '../../domain/digest/kept-digest.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { Announcement } from '../../domain/outbox/kinds.ts';
import type { Settings } from '../../domain/storage.ts';
import { quietCardsIn } from '../card/quiet-cards.ts';
import type { Connection, Tx } from '../database.ts';
import { homeLane, outboxWriterIn, personLane, previewLane } from '../outbox/put.ts';
import { nearMissRowsIn } from '../story/near-miss-rows.ts';
import { numbersIn } from '../story/numbers.ts';
import { tellingsIn } from '../story/tellings.ts';
import { settingsIn } from '../workspaces.ts';

/* What the other rooms of the store will offer under these names. Deleted when they do. */

type At = { teamId: string; now: number; dueAt?: number };

export function put(tx: Tx, { teamId, now, dueAt = now }: At, announcement: Announcement): void {
  const at = { teamId, now, dueAt };
  const outbox = outboxWriterIn(tx as Connection);
  switch (announcement.kind) {
    case 'notice': {
      const { personId, notice } = announcement;
      const { says, ...about } = notice;
      return outbox.put({ ...at, ...about, kind: says as 'wording', personId, lane: personLane(personId) });
    }
    case 'preview_removal':
      return outbox.put({ ...at, ...announcement, kind: 'card_removal', lane: announcement.channelId });
    case 'preview_part':
    case 'preview_change':
      return outbox.put({ ...at, ...announcement, lane: previewLane(announcement.personId) });
    case 'home':
      return outbox.put({ ...at, ...announcement, lane: homeLane(announcement.personId) });
    case 'digest_part':
    case 'digest_change': {
      const { channelId: lane, ...rest } = announcement;
      return outbox.put({ ...at, ...rest, lane });
    }
    default:
      throw new Error(`A digest announces no ${announcement.kind}.`);
  }
}

export function settingsOf(tx: Tx, teamId: string): Settings {
  return settingsIn(tx as Connection).of(teamId);
}

export function changeSettings(tx: Tx, teamId: string, changes: Partial<Settings>): void {
  settingsIn(tx as Connection).change(teamId, changes);
}

export function nearMissById(tx: Tx, teamId: string, id: string): NearMiss | undefined {
  const connection = tx as Connection;
  const rows = nearMissRowsIn(connection, tellingsIn(connection));
  const row = rows.byId(id);
  return row?.teamId === teamId ? rows.whole(row) : undefined;
}

type Appearing = Pick<Freezing, 'teamId' | 'closedAt' | 'shuffle'>;

export function numberThoseAppearing(tx: Tx, of: Appearing, appearing: string[]): void {
  numbersIn(tx as Connection).appear(of, appearing);
}

export function postQuietCards(tx: Tx, of: Appearing & { now: number }, others: string[]): void {
  quietCardsIn(tx as Connection).appear(of, others);
}
