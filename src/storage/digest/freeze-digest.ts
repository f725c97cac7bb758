import { closed } from '../../domain/digest/closing.ts';
import { inDigestOrder } from '../../domain/digest/digest.ts';
import { type Freezing, isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { stillStewards } from '../../domain/stewards/standing.ts';
import { postQuietCards } from '../card/quiet-cards.ts';
import type { Tx } from '../database.ts';
import { numberThoseAppearing } from '../story/numbers.ts';
import { settingsOf } from '../workspaces.ts';
import { removePreviews, sayWhatIsLeftOut, startPreviews, startPublishing } from './announce-digest.ts';
import {
  changeDigest,
  digestById,
  hasDigestOfWeek,
  insertDigest,
  latestDigest,
  putParts,
} from './digest-rows.ts';
import {
  digestStory,
  dueStories,
  firstDigestGoesBackTo,
  fromTheArchive,
  leaveOlder,
  releaseAll,
  takeStories,
  untoldAdoptions,
} from './digest-stories.ts';

/**
 * Freezes a period: chooses, numbers and stores, so that what was publishable then is in this digest and in no
 * other. Undefined when its week has one already; asked for twice by one id, it is the one there is.
 */
export function freezeDigest(tx: Tx, freezing: Freezing): KeptDigest | undefined {
  const { id, teamId, week, closedAt, quietWeek } = freezing;
  if (week !== undefined && hasDigestOfWeek(tx, freezing, week)) return undefined;
  const before = digestById(tx, teamId, id);
  if (before !== undefined) return before;
  const from = periodStart(tx, freezing);
  const stories = appearingStories(tx, freezing);
  const isQuiet = stories.length === 0 && quietWeek === 'archive';
  const { state, parts, isKept } = closed(freezing, {
    stories,
    borrowed: untoldAdoptions(tx, teamId),
    archived: isQuiet ? fromTheArchive(tx, teamId) : undefined,
  });
  if (!isKept) return { ...freezing, from, state };
  insertDigest(tx, freezing, { state, from });
  putParts(tx, freezing, parts);
  if (stories.length > 0) takeStories(tx, freezing, stories);
  const frozen = digestById(tx, teamId, id);
  if (frozen?.state === 'published') startPublishing(tx, frozen, closedAt);
  if (frozen?.state === 'preview') startPreviews(tx, frozen, stillStewards(settingsOf(tx, teamId)), closedAt);
  return frozen;
}

/** Where the last digest ended, or one that this digest stands in for began. */
function periodStart(tx: Tx, { teamId, insteadOf = [], closedAt }: Freezing): number {
  const first = firstDigestGoesBackTo(tx, teamId, closedAt);
  if (first !== undefined) leaveOlder(tx, teamId, first);
  const takenOver = insteadOf.flatMap((id) => takeOver(tx, teamId, id, closedAt) ?? []);
  const begins = first ?? latestDigest(tx, teamId)?.closedAt ?? closedAt;
  return Math.min(begins, ...takenOver.map(({ from }) => from));
}

/** Its stories are told by the one that is frozen now; its week has had its digest all the same. */
function takeOver(tx: Tx, teamId: string, id: string, now: number): KeptDigest | undefined {
  const digest = digestById(tx, teamId, id);
  // A steward may have held it just now.
  if (digest === undefined || !isOpen(digest) || digest.publishAt > now) return undefined;
  releaseAll(tx, digest);
  putParts(tx, digest, []);
  changeDigest(tx, digest, { state: 'quiet' });
  removePreviews(tx, { ...digest, state: 'quiet' }, now);
  sayWhatIsLeftOut(tx, digest, { stillTold: true, now });
  return digest;
}

/** What is due, each with its number: those without a name on them get theirs when they first appear, which is now. */
function appearingStories(tx: Tx, freezing: Freezing): NearMiss[] {
  const { teamId, closedAt, state } = freezing;
  const due = dueStories(tx, teamId, closedAt);
  const appearing = due.filter(({ number }) => number === undefined).map(({ id }) => id);
  if (state === 'published') postQuietCards(tx, { ...freezing, now: closedAt }, appearing);
  else numberThoseAppearing(tx, freezing, appearing);
  return inDigestOrder(due.flatMap(({ id }) => digestStory(tx, teamId, id) ?? []));
}
