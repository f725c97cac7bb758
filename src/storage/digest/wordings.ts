import type { Wordings } from '../../domain/digest/kept-digest.ts';
import type { Connection } from '../database.ts';
import { and, eq } from '../drizzle.ts';
import { put } from '../outbox/put.ts';
import { nearMisses } from '../schema.ts';
import { digestChangesIn } from './digest-changes.ts';
import { wordings } from './digest-schema.ts';

const isAgreed = (nearMissId: string) =>
  and(eq(wordings.nearMissId, nearMissId), eq(wordings.state, 'agreed'));

/** Words for the digest that a steward proposes and the reporter agrees to, or does not. */
export function wordingsIn(connection: Connection): Wordings {
  const { db, write } = connection;
  const digests = digestChangesIn(connection);
  return {
    async propose({ teamId, nearMissId, by, wording, now }) {
      return write(() => {
        const story = db.select().from(nearMisses).where(eq(nearMisses.id, nearMissId)).get();
        const personId = story?.reporterId;
        // Withdrawn, or left out, while the modal stood open: there is nothing to word any more.
        if (personId == null || story?.withdrawnAt !== null || story.digestId === null) return false;
        const wasAgreed = db.select().from(wordings).where(isAgreed(nearMissId)).get() !== undefined;
        const proposal = { stewardId: by, wording, state: 'proposed' as const };
        db.insert(wordings)
          .values({ nearMissId, ...proposal })
          .onConflictDoUpdate({ target: wordings.nearMissId, set: proposal })
          .run();
        const notice = { says: 'wording', nearMissId } as const;
        put(connection, { teamId, now }, { kind: 'notice', personId, notice });
        // Until there is a yes to the new words, the digest carries its reporter's own again.
        if (wasAgreed) digests.storyChanged(nearMissId, now);
        return true;
      });
    },
    async of(nearMissId) {
      const row = db.select().from(wordings).where(eq(wordings.nearMissId, nearMissId)).get();
      return row && { wording: row.wording, by: row.stewardId, state: row.state };
    },
    async answer({ nearMissId, wording, agreed, now }) {
      return write(() => {
        const { changes } = db
          .update(wordings)
          .set({ state: agreed ? 'agreed' : 'declined' })
          .where(and(eq(wordings.nearMissId, nearMissId), eq(wordings.wording, wording)))
          .run();
        if (changes > 0) digests.storyChanged(nearMissId, now);
        return changes > 0;
      });
    },
  };
}
