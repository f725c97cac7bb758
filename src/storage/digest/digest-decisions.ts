import type { Digest } from '../../domain/digest/digest.ts';
import {
  type Digests,
  type Freezing,
  isOpen,
  type KeptDigest,
  type Part,
} from '../../domain/digest/kept-digest.ts';
import { quietCardsIn } from '../card/quiet-cards.ts';
import type { Connection } from '../database.ts';
import { and, eq } from '../drizzle.ts';
import { put } from '../outbox/put.ts';
import { nearMisses } from '../schema.ts';
import { digestAnnouncingIn } from './announce-digest.ts';
import { digestChangesIn } from './digest-changes.ts';
import { digestRowsIn } from './digest-rows.ts';
import { digestLines, digests } from './digest-schema.ts';
import { digestStoriesIn } from './digest-stories.ts';

/** What becomes of a digest that stewards look at. The first decision counts. Private to storage. */
export function digestDecisionsIn(
  connection: Connection,
  asItIsNow: (digest: KeptDigest) => Digest,
): Pick<Digests, 'publish' | 'hold' | 'leaveOut'> {
  const { db, write } = connection;
  const rows = digestRowsIn(connection);
  const announcing = digestAnnouncingIn(connection);
  const stories = digestStoriesIn(connection);
  const quietCards = quietCardsIn(connection);
  const drawing = digestChangesIn(connection);

  /** What was taken back while stewards looked is not told; should it be shared again, a later digest tells it. */
  function releaseUntold(digestId: string, told: Digest): void {
    const ids = new Set(told.stories.map(({ id }) => id));
    for (const { id } of stories.all(digestId)) if (!ids.has(id)) stories.release(digestId, id);
  }

  /** What stewards saw of it already; else, where everything new was taken back or left out, another one now. */
  function fromTheArchive({ id, teamId }: KeptDigest, quiet: Freezing['quiet']): Part[] {
    const seen = rows.parts(id).filter(({ kind }) => kind === 'archive');
    const old = seen.length === 0 && quiet ? stories.fromTheArchive(teamId) : undefined;
    return old !== undefined && quiet !== undefined ? quiet(old) : seen;
  }

  return {
    async publish({ teamId, id, by, channelId, now, render, quiet, shuffle }) {
      return write(() => {
        const digest = rows.byId(teamId, id);
        if (digest === undefined || !isOpen(digest)) return false;
        // Nobody pressed, and a steward may have held it just now.
        if (by === undefined && digest.publishAt > now) return false;
        // It grew, or was taken back, while stewards looked.
        const told = asItIsNow(digest);
        const parts =
          told.stories.length > 0
            ? render(told)
            : fromTheArchive(digest, wasEarly(digest) ? undefined : quiet);
        releaseUntold(id, told);
        rows.putParts(id, parts);
        db.update(digests)
          .set({
            channelId,
            state: parts.length === 0 ? 'quiet' : 'published',
            ...(leavesSlot(digest, parts, now) && { week: null }),
            decidedBy: by ?? null,
            decision: by === undefined ? null : 'publish',
          })
          .where(eq(digests.id, id))
          .run();
        if (parts.length > 0) announcing.startPublishing(id, now);
        else stories.releaseAll(id);
        quietCards.appear({ teamId, closedAt: digest.closedAt, now, shuffle }, []);
        announcing.removePreviews(digest, now);
        return true;
      });
    },

    async hold({ teamId, id, by, until, now }) {
      return write(() => {
        const { changes } = db
          .update(digests)
          .set({ state: 'held', publishAt: until, decidedBy: by, decision: 'hold' })
          .where(and(eq(digests.teamId, teamId), eq(digests.id, id), eq(digests.state, 'preview')))
          .run();
        if (changes > 0) drawing.redrawPreviews({ id, teamId }, [0], now);
        return changes > 0;
      });
    },

    async leaveOut({ teamId, id, nearMissId, by, line, forGood, now }) {
      return write(() => {
        const digest = rows.byId(teamId, id);
        if (digest === undefined || !isOpen(digest)) return false;
        if (!stories.all(id).some((story) => story.id === nearMissId)) return false;
        // While it is known which digest it is in.
        drawing.storyChanged(nearMissId, now);
        db.update(nearMisses)
          .set({ digestId: null, notForDigest: forGood ? 1 : 0 })
          .where(eq(nearMisses.id, nearMissId))
          .run();
        db.insert(digestLines)
          .values({ digestId: id, nearMissId, stewardId: by, line })
          .onConflictDoNothing()
          .run();
        const personId = stories.byId(nearMissId)?.reporterId;
        if (personId !== undefined) {
          const notice = { says: 'left_out', nearMissId, digestId: id } as const;
          put(connection, { teamId, now }, { kind: 'notice', personId, notice });
        }
        return true;
      });
    },
  };
}

/** Its preview was asked for before it was due. */
function wasEarly({ closedAt, previewDueAt }: KeptDigest): boolean {
  return previewDueAt !== undefined && closedAt < previewDueAt;
}

/** Published before that too, or with nothing left to tell, an early one leaves its slot to what was shared since. */
function leavesSlot(digest: KeptDigest, parts: Part[], now: number): boolean {
  const { previewDueAt = now } = digest;
  return wasEarly(digest) && (parts.length === 0 || now < previewDueAt);
}
