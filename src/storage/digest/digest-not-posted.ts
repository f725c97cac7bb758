import type { Connection } from '../database.ts';
import { eq } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { digestAnnouncingIn } from './announce-digest.ts';
import { digestRowsIn } from './digest-rows.ts';
import { digests } from './digest-schema.ts';
import { digestStoriesIn } from './digest-stories.ts';

/**
 * Its parent will stand nowhere: what was in it is free for a later digest, its words go, and it was not published.
 * Inside somebody else's transaction; private to storage.
 */
export const digestNowhereIn = oncePerFile(
  (connection: Connection): ((digestId: string, now: number) => void) => {
    const rows = digestRowsIn(connection);
    const announcing = digestAnnouncingIn(connection);
    const stories = digestStoriesIn(connection);

    return (digestId, now) => {
      if (rows.part(digestId, 0)?.ts !== undefined) return;
      stories.releaseAll(digestId);
      connection.db.update(digests).set({ state: 'quiet' }).where(eq(digests.id, digestId)).run();
      // Also the line that says who published it.
      announcing.removePreviews({ id: digestId }, now);
      rows.putParts(digestId, []);
    };
  },
);
