import { ANYBODY, asReadBy, isForEveryone, overBefore } from '../../domain/access/gate.ts';
import { type Adoption, firstDigestFrom, inDigestOrder, mayBePublished } from '../../domain/digest/digest.ts';
import type { KeptDigest } from '../../domain/digest/kept-digest.ts';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import type { Tx } from '../database.ts';
import { and, asc, eq, isNotNull, isNull, lt, sql } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';
import { forEveryone, nearMissById } from '../story/near-misses.ts';
import { settingsOf } from '../workspaces.ts';
import { adoptions, digests, wordings } from './digest-schema.ts';

type OfTeam = Pick<KeptDigest, 'teamId' | 'id'>;

/** A story as a digest tells it: what everybody may read, in the words its reporter agreed to if there are such. */
export function digestStory(tx: Tx, teamId: string, id: string): NearMiss | undefined {
  const story = nearMissById(tx, teamId, id);
  if (story === undefined) return undefined;
  const agreed = tx.db
    .select({ wording: wordings.wording })
    .from(wordings)
    .where(and(eq(wordings.teamId, teamId), eq(wordings.nearMissId, id), eq(wordings.state, 'agreed')))
    .get();
  const read = asReadBy(ANYBODY, story);
  return agreed === undefined ? read : { ...read, summary: agreed.wording };
}

function digestStories(tx: Tx, teamId: string, ids: { id: string }[]): NearMiss[] {
  return ids.flatMap(({ id }) => digestStory(tx, teamId, id) ?? []);
}

/** What a digest that closes at `closedAt` would tell, in no order. */
export function dueStories(tx: Tx, teamId: string, closedAt: number): NearMiss[] {
  const from = firstDigestGoesBackTo(tx, teamId, closedAt) ?? 0;
  return digestStories(tx, teamId, dueIds(tx, teamId, closedAt)).filter(
    (story) => story.capturedAt >= from && mayBePublished(story, closedAt),
  );
}

/** Left alone, SQLite takes the index of everything everyone may read, which grows for ever. */
function dueIds({ db }: Tx, teamId: string, closedAt: number): { id: string }[] {
  return db.all(sql`
    select id from near_misses indexed by near_misses_for_digest
    where team_id = ${teamId} and captured_at < ${closedAt}
      and ${forEveryone} and digest_id is null and not_for_digest = 0
      and (tier = 'named' or captured_at < ${overBefore(closedAt)})`);
}

/** All that were chosen for a digest, told or not. */
export function chosenIds({ db }: Tx, digest: OfTeam): { id: string }[] {
  return db.select({ id: nearMisses.id }).from(nearMisses).where(isIn(digest)).all();
}

/** What a digest tells, in its order: what was withdrawn or narrowed since is gone. */
export function storiesOf(tx: Tx, digest: KeptDigest): NearMiss[] {
  // Whether a story had rested when the digest closed is of no matter once it was told.
  const isTold = (story: NearMiss) =>
    digest.state === 'published' ? isForEveryone(story) : mayBePublished(story, digest.closedAt);
  return inDigestOrder(digestStories(tx, digest.teamId, chosenIds(tx, digest)).filter(isTold));
}

/** A story that was not told in its digest after all may be told in a later one. */
export function releaseStory({ db }: Tx, digest: OfTeam, nearMissId: string): void {
  db.update(nearMisses)
    .set({ digestId: null })
    .where(and(eq(nearMisses.id, nearMissId), isIn(digest)))
    .run();
}

/** All that a digest had is free for another. */
export function releaseAll({ db }: Tx, digest: OfTeam): void {
  db.update(nearMisses).set({ digestId: null }).where(isIn(digest)).run();
  db.update(adoptions)
    .set({ digestId: null })
    .where(and(eq(adoptions.teamId, digest.teamId), eq(adoptions.digestId, digest.id)))
    .run();
}

/** Notes that this digest tells these stories, and all adoptions no digest has told. */
export function takeStories({ db }: Tx, { teamId, id: digestId }: OfTeam, stories: NearMiss[]): void {
  for (const { id } of stories) {
    db.update(nearMisses)
      .set({ digestId })
      .where(and(eq(nearMisses.teamId, teamId), eq(nearMisses.id, id)))
      .run();
  }
  db.update(adoptions)
    .set({ digestId })
    .where(and(eq(adoptions.teamId, teamId), isNull(adoptions.digestId)))
    .run();
}

/** Adoptions no digest has told. */
export function untoldAdoptions(tx: Tx, teamId: string): Adoption[] {
  return adoptionsWhere(tx, teamId, isNull(adoptions.digestId));
}

export function adoptionsToldIn(tx: Tx, { teamId, id }: OfTeam): Adoption[] {
  return adoptionsWhere(tx, teamId, eq(adoptions.digestId, id));
}

/** Another team's use of a story is told where the story itself may be read by everyone. */
function adoptionsWhere(tx: Tx, teamId: string, which: ReturnType<typeof eq>): Adoption[] {
  const rows = tx.db
    .select()
    .from(adoptions)
    .where(and(eq(adoptions.teamId, teamId), which))
    .orderBy(asc(adoptions.adoptedAt))
    .all();
  return rows.flatMap(({ nearMissId, team, sentence }) => {
    const story = digestStory(tx, teamId, nearMissId);
    if (story === undefined || !isForEveryone(story)) return [];
    return [{ team, sentence, nearMissName: nameOf(story) ?? '' }];
  });
}

/** How far the first digest goes back; undefined once there was one. */
export function firstDigestGoesBackTo(tx: Tx, teamId: string, closedAt: number): number | undefined {
  const ofTeam = eq(digests.teamId, teamId);
  const any = tx.db.select({ id: digests.id }).from(digests).where(ofTeam).limit(1).get();
  if (any !== undefined) return undefined;
  const { digest } = settingsOf(tx, teamId);
  return digest && firstDigestFrom(closedAt, digest);
}

/** What is older than that is in none, even if more people may read it one day. */
export function leaveOlder({ db }: Tx, teamId: string, than: number): void {
  const older = and(eq(nearMisses.teamId, teamId), lt(nearMisses.capturedAt, than));
  db.update(nearMisses)
    .set({ notForDigest: 1 })
    .where(and(older, eq(nearMisses.notForDigest, 0)))
    .run();
}

/** Any story that was in a digest before and may still be read. */
export function fromTheArchive(tx: Tx, teamId: string): NearMiss | undefined {
  const { db } = tx;
  const published = and(eq(digests.teamId, teamId), eq(digests.state, 'published'));
  const inAnyOrder = db.select({ id: digests.id }).from(digests).where(published).orderBy(sql`random()`);
  for (const { id } of inAnyOrder.all()) {
    const row = db
      .select({ id: nearMisses.id })
      .from(nearMisses)
      .where(and(isIn({ teamId, id }), forEveryone))
      .orderBy(sql`random()`)
      .limit(1)
      .get();
    if (row !== undefined) return digestStory(tx, teamId, row.id);
  }
  return undefined;
}

/** "Is not null" is in the words of the partial index near_misses_by_digest. */
function isIn({ teamId, id }: OfTeam) {
  return and(eq(nearMisses.digestId, id), isNotNull(nearMisses.digestId), eq(nearMisses.teamId, teamId));
}
