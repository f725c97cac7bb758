import { published, wasEarly } from '../../domain/digest/closing.ts';
import { type Digest, periodOf } from '../../domain/digest/digest.ts';
import { type Digests, isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { postQuietCards } from '../card/quiet-cards.ts';
import type { Tx } from '../database.ts';
import { and, eq } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';
import { removePreviews, sayWhatIsLeftOut, startPublishing } from './announce-digest.ts';
import { changeDigest, digestById, partsOfDigest, putParts } from './digest-rows.ts';
import { digestLines } from './digest-schema.ts';
import {
  adoptionsToldIn,
  chosenIds,
  fromTheArchive,
  releaseAll,
  releaseStory,
  storiesOf,
} from './digest-stories.ts';
import { redrawPreviews, storyChanged } from './story-changed.ts';

type Args<Name extends 'publish' | 'hold' | 'leaveOut'> = Parameters<Digests[Name]>[0];

/** A digest as it would read now: what was withdrawn or narrowed since is gone from it. */
export function digestAsItIsNow(tx: Tx, digest: KeptDigest): Digest {
  const stories = storiesOf(tx, digest);
  const { zone } = digest;
  return { ...periodOf(digest, stories), zone, stories, borrowed: adoptionsToldIn(tx, digest) };
}

/** Puts a digest that stewards look at on its way. False when somebody decided before: the first decision counts. */
export function publishDigest(tx: Tx, of: Args<'publish'>): boolean {
  const { teamId, id, by, channelId, sharedOutside, now, quietWeek, shuffle } = of;
  const digest = digestById(tx, teamId, id);
  if (digest === undefined || !isOpen(digest)) return false;
  // Nobody pressed, and a steward may have held it just now.
  if (by === undefined && digest.publishAt > now) return false;
  // It grew, or was taken back, while stewards looked.
  const { stories, borrowed } = digestAsItIsNow(tx, digest);
  const archived = stories.length > 0 ? undefined : archivedFor(tx, digest, quietWeek);
  const { state, parts, leavesSlot } = published(digest, { stories, borrowed, archived }, now);
  releaseUntold(tx, digest, stories);
  putParts(tx, digest, parts);
  const decision = by === undefined ? null : ('publish' as const);
  changeDigest(tx, digest, {
    channelId,
    sharedOutside,
    state,
    ...(leavesSlot && { week: null }),
    decidedBy: by ?? null,
    decision,
  });
  const after = { ...digest, channelId, sharedOutside, state, decidedBy: by };
  if (state === 'published') startPublishing(tx, after, now);
  else releaseAll(tx, digest);
  postQuietCards(tx, { teamId, closedAt: digest.closedAt, now, shuffle }, []);
  removePreviews(tx, after, now);
  sayWhatIsLeftOut(tx, digest, { stillTold: false, now });
  return true;
}

/** What was taken back while stewards looked is not told; should it be shared again, a later digest tells it. */
function releaseUntold(tx: Tx, digest: KeptDigest, told: NearMiss[]): void {
  const ids = new Set(told.map(({ id }) => id));
  for (const { id } of chosenIds(tx, digest)) if (!ids.has(id)) releaseStory(tx, digest, id);
}

/** What stewards saw of it already; else, where everything new was taken back or left out, another one now. */
function archivedFor(
  tx: Tx,
  digest: KeptDigest,
  quietWeek: Args<'publish'>['quietWeek'],
): Pick<NearMiss, 'id'> | undefined {
  const { teamId, id } = digest;
  const seen = partsOfDigest(tx, teamId, id).find(({ kind }) => kind === 'archive');
  if (seen?.nearMissId !== undefined) return { id: seen.nearMissId };
  return quietWeek === 'archive' && !wasEarly(digest) ? fromTheArchive(tx, teamId) : undefined;
}

/** Keeps a digest back, which its previews show. False when somebody decided before. */
export function holdDigest(tx: Tx, { teamId, id, by, until, now }: Args<'hold'>): boolean {
  const digest = digestById(tx, teamId, id);
  if (digest?.state !== 'preview') return false;
  changeDigest(tx, digest, { state: 'held', publishAt: until, decidedBy: by, decision: 'hold' });
  redrawPreviews(tx, digest, [0], now);
  return true;
}

/** Takes a story out of a digest that stewards look at. False where it is in it no longer. */
export function leaveStoryOut(tx: Tx, of: Args<'leaveOut'>): boolean {
  const { teamId, id: digestId, nearMissId, by: stewardId, line, forGood, now } = of;
  const digest = digestById(tx, teamId, digestId);
  if (digest === undefined || !isOpen(digest)) return false;
  if (!chosenIds(tx, digest).some((story) => story.id === nearMissId)) return false;
  // While it is known which digest it is in.
  storyChanged(tx, { teamId, nearMissId, now });
  tx.db
    .update(nearMisses)
    .set({ digestId: null, notForDigest: forGood ? 1 : 0 })
    .where(and(eq(nearMisses.teamId, teamId), eq(nearMisses.id, nearMissId)))
    .run();
  tx.db
    .insert(digestLines)
    .values({ teamId, digestId, nearMissId, stewardId, line, forGood })
    .onConflictDoNothing()
    .run();
  return true;
}
