import { type Digest, periodOf } from '../../domain/digest/digest.ts';
import { type Digests, isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import { noticesTo } from '../../domain/outbox/after-settling.ts';
import { quietCardsIn } from '../card/quiet-cards.ts';
import type { Connection } from '../database.ts';
import { and, desc, eq, isNotNull, lte, sql } from '../drizzle.ts';
import { put } from '../outbox/put.ts';
import { nearMisses } from '../schema.ts';
import { settingsIn } from '../workspaces.ts';
import { digestAnnouncingIn } from './announce-digest.ts';
import { digestDecisionsIn } from './digest-decisions.ts';
import { digestRowsIn, toDigest } from './digest-rows.ts';
import { digestLines, digestPreviews, digests } from './digest-schema.ts';
import { digestStoriesIn } from './digest-stories.ts';
import { digestFreezingIn } from './freeze-digest.ts';

/** In the words of the partial index digests_open. */
const WAITING = sql`state in ('preview', 'held')`;

export function digestsIn(connection: Connection): Digests {
  const { db, write } = connection;
  const rows = digestRowsIn(connection);
  const announcing = digestAnnouncingIn(connection);
  const stories = digestStoriesIn(connection);
  const settings = settingsIn(connection);
  const freeze = digestFreezingIn(connection);
  const quietCards = quietCardsIn(connection);

  function asItIsNow(digest: KeptDigest): Digest {
    const told = stories.of(digest);
    return {
      ...periodOf(digest, told),
      zone: digest.zone,
      stories: told,
      borrowed: stories.told(digest.id),
    };
  }

  return {
    ...digestDecisionsIn(connection, asItIsNow),

    async last(teamId) {
      const ofTeam = and(eq(digests.teamId, teamId), isNotNull(digests.week));
      const row = db.select().from(digests).where(ofTeam).orderBy(desc(digests.week)).limit(1).get();
      return row?.week == null ? undefined : { week: row.week, closedAt: row.closedAt };
    },
    async next(teamId, closedAt) {
      return stories.due(teamId, closedAt);
    },
    async hasSomething(teamId, closedAt, quietWeek) {
      if (stories.due(teamId, closedAt).length > 0) return true;
      return quietWeek === 'archive' && stories.fromTheArchive(teamId) !== undefined;
    },
    async showQuietCards(of) {
      write(() => {
        // As with a digest: whoever shared one before that was told that nothing is posted.
        const first = stories.firstGoesBackTo(of.teamId, of.closedAt);
        if (first !== undefined) stories.leaveOlder(of.teamId, first);
        quietCards.appear(of, []);
      });
    },
    async freeze(freezing) {
      return freeze(freezing);
    },
    async byId(teamId, id) {
      return rows.byId(teamId, id);
    },
    async due(teamId, now) {
      return db
        .select()
        .from(digests)
        .where(and(eq(digests.teamId, teamId), WAITING, lte(digests.publishAt, now)))
        .orderBy(digests.closedAt)
        .all()
        .map(toDigest);
    },
    async open(teamId) {
      const row = db
        .select()
        .from(digests)
        .where(and(eq(digests.teamId, teamId), WAITING))
        .orderBy(desc(digests.closedAt))
        .limit(1)
        .get();
      return row && toDigest(row);
    },
    async openWith(teamId, nearMissId) {
      const chosenFor = db
        .select({ id: nearMisses.digestId })
        .from(nearMisses)
        .where(eq(nearMisses.id, nearMissId))
        .get();
      const digest = chosenFor?.id == null ? undefined : rows.byId(teamId, chosenFor.id);
      return digest !== undefined && isOpen(digest) ? digest : undefined;
    },
    async parts(digestId) {
      return rows.parts(digestId);
    },
    async part(digestId, position) {
      return rows.part(digestId, position);
    },
    async story(nearMissId) {
      return stories.byId(nearMissId);
    },
    async behindMore(digest) {
      const shown = new Set(rows.parts(digest.id).map(({ nearMissId }) => nearMissId));
      return asItIsNow(digest).stories.filter(({ id }) => !shown.has(id));
    },
    async asItIsNow(digest) {
      return asItIsNow(digest);
    },
    async lineFor(digestId, nearMissId) {
      const row = db
        .select()
        .from(digestLines)
        .where(and(eq(digestLines.digestId, digestId), eq(digestLines.nearMissId, nearMissId)))
        .get();
      return row && { by: row.stewardId, line: row.line };
    },
    async showPreviews({ teamId, id, stewards, now }) {
      write(() => announcing.startPreviews({ teamId, id }, stewards, now));
    },
    async previews(digestId, personId) {
      return db
        .select()
        .from(digestPreviews)
        .where(and(eq(digestPreviews.digestId, digestId), eq(digestPreviews.personId, personId)))
        .orderBy(digestPreviews.position)
        .all();
    },
    async noteChannel({ teamId, channelId, canPost, now }) {
      const { refusedChannel } = settings.of(teamId);
      if (refusedChannel === (canPost ? undefined : channelId)) return;
      write(() => {
        settings.change(teamId, { refusedChannel: canPost ? undefined : channelId });
        if (canPost) return;
        for (const announcement of noticesTo(settings.of(teamId), { says: 'channel_refused' }))
          put(connection, { teamId, now }, announcement);
      });
    },
  };
}
