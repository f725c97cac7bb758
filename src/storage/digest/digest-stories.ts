import { ANYBODY, asReadBy, dayOf } from '../../domain/access/gate.ts';
import { type Adoption, firstDigestFrom, inDigestOrder, mayBePublished } from '../../domain/digest/digest.ts';
import type { KeptDigest } from '../../domain/digest/kept-digest.ts';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import type { Connection } from '../database.ts';
import { and, asc, eq, isNotNull, isNull, lt, sql } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { nearMisses } from '../schema.ts';
import { nearMissRowsIn } from '../story/near-misses.ts';
import { settingsIn } from '../workspaces.ts';
import { adoptions, digests, wordings } from './digest-schema.ts';

/** Which stories and which borrowings a digest has, inside somebody else's transaction. Private to storage. */
export type DigestStories = {
  byId: (id: string) => NearMiss | undefined;
  /** What a digest that closes at `closedAt` would tell, in no order. */
  due: (teamId: string, closedAt: number) => NearMiss[];
  /** What one tells, in its order: what was withdrawn or narrowed since is gone. */
  of: (digest: Pick<KeptDigest, 'id' | 'closedAt' | 'state'>) => NearMiss[];
  /** Adoptions no digest has told. */
  untold: (teamId: string) => Adoption[];
  told: (digestId: string) => Adoption[];
  take: (digestId: string, teamId: string, stories: NearMiss[]) => void;
  /** All that were chosen for it. */
  all: (digestId: string) => { id: string }[];
  /** A story that was not told in its digest after all may be told in a later one. */
  release: (digestId: string, nearMissId: string) => void;
  /** All that a digest had is free for another. */
  releaseAll: (digestId: string) => void;
  /** How far the first digest goes back; undefined once there was one. */
  firstGoesBackTo: (teamId: string, closedAt: number) => number | undefined;
  /** What is older than that is in none, even if more people may read it one day. */
  leaveOlder: (teamId: string, than: number) => void;
  /** Any story that was in a digest before and may still be read. */
  fromTheArchive: (teamId: string) => NearMiss | undefined;
};

export const digestStoriesIn = oncePerFile((connection: Connection): DigestStories => {
  const { db } = connection;
  const rows = nearMissRowsIn(connection);
  const settings = settingsIn(connection);

  /** Left alone, SQLite takes the index of everything everyone may read, which grows for ever. */
  function dueIds(teamId: string, closedAt: number): { id: string }[] {
    return db.all(sql`
      select id from near_misses indexed by near_misses_for_digest
      where team_id = ${teamId} and captured_at < ${closedAt}
        and audience = 'everyone' and digest_id is null and not_for_digest = 0 and withdrawn_at is null
        and (tier = 'named' or captured_at < ${dayOf(closedAt)})`);
  }

  /** The words its reporter agreed to for the digest, in place of their first ones. */
  function inAgreedWords(story: NearMiss): NearMiss {
    const agreed = db
      .select({ wording: wordings.wording })
      .from(wordings)
      .where(and(eq(wordings.nearMissId, story.id), eq(wordings.state, 'agreed')))
      .get();
    return agreed === undefined ? story : { ...story, summary: agreed.wording };
  }

  function byId(id: string): NearMiss | undefined {
    const story = rows.whole(rows.byId(id));
    return story && inAgreedWords(asReadBy(ANYBODY, story));
  }

  // "Is not null" is in the words of the partial index near_misses_by_digest.
  const isIn = (digestId: string) => and(eq(nearMisses.digestId, digestId), isNotNull(nearMisses.digestId));
  const all = (digestId: string) =>
    db.select({ id: nearMisses.id }).from(nearMisses).where(isIn(digestId)).all();
  const whole = (ids: { id: string }[]) => ids.flatMap(({ id }) => byId(id) ?? []);
  const mayBeRead = (story: NearMiss) => story.audience === 'everyone' && story.withdrawnAt === undefined;

  /** Another team's use of a story is told where the story itself may be read by everyone. */
  function told(row: typeof adoptions.$inferSelect): Adoption[] {
    const story = byId(row.nearMissId);
    if (story === undefined || !mayBeRead(story)) return [];
    return [{ team: row.team, sentence: row.sentence, nearMissName: nameOf(story) ?? '' }];
  }

  function firstGoesBackTo(teamId: string, closedAt: number): number | undefined {
    const any = db.select({ id: digests.id }).from(digests).where(eq(digests.teamId, teamId)).limit(1).get();
    if (any !== undefined) return undefined;
    const { digest } = settings.of(teamId);
    return digest && firstDigestFrom(closedAt, digest);
  }

  return {
    byId,
    due(teamId, closedAt) {
      const from = firstGoesBackTo(teamId, closedAt) ?? 0;
      return whole(dueIds(teamId, closedAt)).filter(
        (story) => story.capturedAt >= from && mayBePublished(story, closedAt),
      );
    },
    of({ id, closedAt, state }) {
      // Whether one had rested when the digest closed is of no matter once it was told.
      const isTold = (story: NearMiss) =>
        state === 'published' ? mayBeRead(story) : mayBePublished(story, closedAt);
      return inDigestOrder(whole(all(id)).filter(isTold));
    },
    all,
    release(digestId, nearMissId) {
      db.update(nearMisses)
        .set({ digestId: null })
        .where(and(eq(nearMisses.id, nearMissId), eq(nearMisses.digestId, digestId)))
        .run();
    },
    releaseAll(digestId) {
      db.update(nearMisses).set({ digestId: null }).where(isIn(digestId)).run();
      db.update(adoptions).set({ digestId: null }).where(eq(adoptions.digestId, digestId)).run();
    },
    untold(teamId) {
      const untold = and(eq(adoptions.teamId, teamId), isNull(adoptions.digestId));
      return db.select().from(adoptions).where(untold).orderBy(asc(adoptions.adoptedAt)).all().flatMap(told);
    },
    told(digestId) {
      return db
        .select()
        .from(adoptions)
        .where(eq(adoptions.digestId, digestId))
        .orderBy(asc(adoptions.adoptedAt))
        .all()
        .flatMap(told);
    },
    take(digestId, teamId, stories) {
      for (const { id } of stories)
        db.update(nearMisses).set({ digestId }).where(eq(nearMisses.id, id)).run();
      db.update(adoptions)
        .set({ digestId })
        .where(and(eq(adoptions.teamId, teamId), isNull(adoptions.digestId)))
        .run();
    },
    firstGoesBackTo,
    leaveOlder(teamId, than) {
      const older = and(eq(nearMisses.teamId, teamId), lt(nearMisses.capturedAt, than));
      db.update(nearMisses)
        .set({ notForDigest: 1 })
        .where(and(older, eq(nearMisses.notForDigest, 0)))
        .run();
    },
    fromTheArchive(teamId) {
      const published = and(eq(digests.teamId, teamId), eq(digests.state, 'published'));
      const inAnyOrder = db.select({ id: digests.id }).from(digests).where(published).orderBy(sql`random()`);
      for (const { id } of inAnyOrder.all()) {
        const row = db
          .select({ id: nearMisses.id })
          .from(nearMisses)
          .where(and(isIn(id), isNull(nearMisses.withdrawnAt), eq(nearMisses.audience, 'everyone')))
          .orderBy(sql`random()`)
          .limit(1)
          .get();
        if (row !== undefined) return byId(row.id);
      }
      return undefined;
    },
  };
});
