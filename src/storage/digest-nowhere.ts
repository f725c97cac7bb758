import type { Connection } from './database.ts';
import { digestRowsIn } from './digest-rows.ts';
import { digests } from './digest-schema.ts';
import { digestStoriesIn } from './digest-stories.ts';
import { eq } from './drizzle.ts';

/**
 * Its parent will stand nowhere: what was in it is free for a later digest, its words go, and it was not published.
 * Inside somebody else's transaction; private to storage.
 */
export function digestNowhereIn(connection: Connection): (digestId: string) => void {
  const rows = digestRowsIn(connection);
  const stories = digestStoriesIn(connection);

  return (digestId) => {
    if (rows.part(digestId, 0)?.ts !== undefined) return;
    stories.releaseAll(digestId);
    rows.putParts(digestId, []);
    connection.db.update(digests).set({ state: 'quiet' }).where(eq(digests.id, digestId)).run();
  };
}
