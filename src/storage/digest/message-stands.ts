import { isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import { stillStewards } from '../../domain/stewards/standing.ts';
import type { Tx } from '../database.ts';
import { and, isNull } from '../drizzle.ts';
import { put } from '../outbox/put.ts';
import { settingsOf } from '../workspaces.ts';
import { removePreview, takePreviewAway, takePreviewFrom } from './announce-digest.ts';
import { digestById, partsOfDigest, thePart } from './digest-rows.ts';
import { digestParts, digestPreviews } from './digest-schema.ts';
import { redrawPart } from './story-changed.ts';

type Stands = { channelId: string; ts: string; now: number };

/** A message of a digest, or of a preview of one, stands somewhere: where it was the parent, the replies may go. */
export function digestMessageStands(
  tx: Tx,
  row: OutboxRow<'digest_part' | 'preview_part'>,
  stands: Stands,
): void {
  const { position } = row;
  const digest = digestById(tx, row.teamId, row.digestId);
  if (digest === undefined) return;
  if (row.kind === 'digest_part') {
    const mayFollow = partStands(tx, digest, row, stands);
    if (mayFollow && position === 0) sendReplies(tx, digest, stands.now);
  } else {
    const { personId } = row;
    const mayFollow = previewStands(tx, digest, { personId, position, ...stands });
    if (mayFollow && position === 0) sendPreviewReplies(tx, digest, personId, stands.now);
  }
}

/** @returns whether its replies may follow: not a second time. */
function partStands(
  tx: Tx,
  digest: KeptDigest,
  { position, work }: OutboxRow<'digest_part'>,
  { ts, now }: Stands,
): boolean {
  const { teamId, id: digestId } = digest;
  const { changes } = tx.db
    .update(digestParts)
    .set({ ts })
    .where(and(thePart({ teamId, digestId, position }), isNull(digestParts.ts)))
    .run();
  // A story in it may have changed while nobody knew where it stood.
  if (changes > 0 && work === 'look') redrawPart(tx, digest, position, now);
  return changes > 0;
}

function sendReplies(tx: Tx, { teamId, id: digestId, channelId }: KeptDigest, now: number): void {
  for (const { position } of partsOfDigest(tx, teamId, digestId)) {
    if (position > 0) put(tx, { teamId, now }, { kind: 'digest_part', digestId, position, channelId });
  }
}

/** @returns whether its replies may follow. */
function previewStands(
  tx: Tx,
  digest: KeptDigest,
  { now, ...preview }: Stands & { personId: string; position: number },
): boolean {
  const { teamId, id: digestId } = digest;
  const row = { teamId, digestId, ...preview };
  const { changes } = tx.db.insert(digestPreviews).values(row).onConflictDoNothing().run();
  // Asked for while the first was on its way: one is enough.
  if (changes === 0) removePreview(tx, digest, preview, now);
  // It was on its way to somebody who is a steward no longer.
  else if (isOpen(digest) && !stillStewards(settingsOf(tx, teamId)).includes(preview.personId))
    takePreviewFrom(tx, digest, preview, now);
  // It was on its way when a steward published.
  else if (!isOpen(digest)) takePreviewAway(tx, digest, preview, now);
  else return true;
  return false;
}

function sendPreviewReplies(
  tx: Tx,
  { teamId, id: digestId }: KeptDigest,
  personId: string,
  now: number,
): void {
  for (const { position } of partsOfDigest(tx, teamId, digestId)) {
    if (position > 0) put(tx, { teamId, now }, { kind: 'preview_part', digestId, position, personId });
  }
}
