import { isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import type { Tx } from '../database.ts';
import { and, desc, eq } from '../drizzle.ts';
import { put } from '../outbox/put.ts';
import { nearMissById } from '../story/near-misses.ts';
import { digestById } from './digest-rows.ts';
import { digestLines, digestPreviews } from './digest-schema.ts';

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

/**
 * Its week is decided: whoever shared what stewards left out of it hears, with the line they wrote. What another
 * digest tells at once in its place, `stillTold`, was left out of none: only what is in none for good is said.
 */
export function sayWhatIsLeftOut(
  tx: Tx,
  { teamId, id: digestId }: OfTeam,
  { stillTold, now }: { stillTold: boolean; now: number },
): void {
  const ofDigest = and(eq(digestLines.teamId, teamId), eq(digestLines.digestId, digestId));
  const lines = tx.db.select().from(digestLines).where(ofDigest).all();
  for (const { nearMissId } of lines.filter(({ forGood }) => forGood || !stillTold)) {
    const { reporterId: personId, withdrawnAt } = nearMissById(tx, teamId, nearMissId) ?? {};
    if (personId === undefined || withdrawnAt !== undefined) continue;
    const notice = { says: 'left_out', nearMissId, digestId } as const;
    put(tx, { teamId, now }, { kind: 'notice', personId, notice });
  }
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

/** Somebody is a steward no longer: what was to be decided about goes from their messages. */
export function takePreviewsFrom(tx: Tx, teamId: string, personId: string, now: number): void {
  const theirs = and(eq(digestPreviews.teamId, teamId), eq(digestPreviews.personId, personId));
  const shown = tx.db
    .select()
    .from(digestPreviews)
    .where(theirs)
    .orderBy(desc(digestPreviews.position))
    .all();
  for (const { digestId, ...preview } of shown) {
    const digest = digestById(tx, teamId, digestId);
    if (digest !== undefined && isOpen(digest)) takePreviewFrom(tx, digest, preview, now);
  }
}

/** It goes as if it had never been there: who is a steward again may see it again. */
export function takePreviewFrom(tx: Tx, digest: KeptDigest, preview: Preview, now: number): void {
  const { teamId, id: digestId } = digest;
  const { personId, position } = preview;
  removePreview(tx, digest, preview, now);
  tx.db
    .delete(digestPreviews)
    .where(
      and(
        eq(digestPreviews.teamId, teamId),
        eq(digestPreviews.digestId, digestId),
        eq(digestPreviews.personId, personId),
        eq(digestPreviews.position, position),
      ),
    )
    .run();
}
