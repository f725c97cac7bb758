import type { KeptDigest } from '../../domain/digest/kept-digest.ts';
import type { Tx } from '../database.ts';
import { and, desc, eq } from '../drizzle.ts';
import { put } from '../outbox/put.ts';
import { digestPreviews } from './digest-schema.ts';

type OfTeam = Pick<KeptDigest, 'teamId' | 'id'>;

/** The parent goes first; the replies follow when it stands (`message-stands.ts`). */
export function startPublishing(tx: Tx, { teamId, id, channelId }: KeptDigest, now: number): void {
  put(tx, { teamId, now }, { kind: 'digest_part', digestId: id, position: 0, channelId });
}

/** The same in the messages of each of these stewards. */
export function startPreviews(tx: Tx, { teamId, id }: OfTeam, stewards: string[], now: number): void {
  for (const personId of stewards)
    put(tx, { teamId, now }, { kind: 'preview_part', digestId: id, position: 0, personId });
}

/** They go; where somebody published by hand, the parent of each stays and says who. */
export function removePreviews(tx: Tx, digest: KeptDigest, now: number): void {
  const ofDigest = and(eq(digestPreviews.teamId, digest.teamId), eq(digestPreviews.digestId, digest.id));
  const shown = tx.db
    .select()
    .from(digestPreviews)
    .where(ofDigest)
    .orderBy(desc(digestPreviews.position))
    .all();
  for (const preview of shown) takePreviewAway(tx, digest, preview, now);
}

type Preview = { personId: string; position: number; channelId: string; ts: string };

export function takePreviewAway(tx: Tx, digest: KeptDigest, preview: Preview, now: number): void {
  const { teamId, id: digestId, state, decidedBy } = digest;
  const { position, personId } = preview;
  const saysWho = position === 0 && state === 'published' && decidedBy !== undefined;
  if (!saysWho) return removePreview(tx, digest, preview, now);
  put(tx, { teamId, now }, { kind: 'preview_change', digestId, position, personId });
}

export function removePreview(
  tx: Tx,
  { teamId, id: digestId }: OfTeam,
  { channelId, ts }: Pick<Preview, 'channelId' | 'ts'>,
  now: number,
): void {
  put(tx, { teamId, now }, { kind: 'preview_removal', digestId, channelId, ts });
}
