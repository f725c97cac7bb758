/* What the rooms of the digest and of workspaces are asked for, until their functions take a transaction. */
import type { OutboxRow } from '../../domain/outbox/outbox.ts';
import type { Settings } from '../../domain/storage.ts';
import type { Connection, Tx } from '../database.ts';
import { digestAnnouncingIn } from '../digest/announce-digest.ts';
import { digestChangesIn } from '../digest/digest-changes.ts';
import { digestNowhereIn } from '../digest/digest-not-posted.ts';
import { digestRowsIn } from '../digest/digest-rows.ts';
import { digestStoriesIn } from '../digest/digest-stories.ts';
import { settingsIn } from '../workspaces.ts';

export function settingsOf(tx: Tx, teamId: string): Settings {
  return settingsIn(tx as Connection).of(teamId);
}

export function digestMessageStands(
  tx: Tx,
  row: OutboxRow<'digest_part' | 'preview_part'>,
  { channelId, ts, now }: { channelId: string; ts: string; now: number },
): void {
  digestAnnouncingIn(tx as Connection).stands(row, channelId, ts, now);
}

export function digestStandsNowhere(
  tx: Tx,
  { digestId, now }: { teamId: string; digestId: string; now: number },
): void {
  digestNowhereIn(tx as Connection)(digestId, now);
}

export function partStandsNowhere(
  tx: Tx,
  { digestId, position, now }: { teamId: string; digestId: string; position: number; now: number },
): void {
  const connection = tx as Connection;
  const part = digestRowsIn(connection).part(digestId, position);
  if (part?.nearMissId === undefined || part.ts !== undefined) return;
  digestStoriesIn(connection).release(digestId, part.nearMissId);
  digestChangesIn(connection).storyChanged(part.nearMissId, now);
}
