import type { Presses } from '../../domain/digest/kept-digest.ts';
import type { Connection } from '../database.ts';
import { and, eq, sql } from '../drizzle.ts';
import { digestChangesIn } from './digest-changes.ts';
import { adoptions, presses } from './digest-schema.ts';

/** What readers press under a story; each press draws its message again. */
export function pressesIn(connection: Connection): Presses {
  const { db, write } = connection;
  const digests = digestChangesIn(connection);
  return {
    async toggle({ teamId, nearMissId, personId, press, now }) {
      write(() => {
        const theirs = and(
          eq(presses.nearMissId, nearMissId),
          eq(presses.press, press),
          eq(presses.personId, personId),
        );
        const { changes } = db.delete(presses).where(theirs).run();
        if (changes === 0) db.insert(presses).values({ teamId, nearMissId, press, personId }).run();
        digests.storyChanged(nearMissId, now, 'story');
      });
    },
    async counts(nearMissId) {
      const counted = db
        .select({ press: presses.press, count: sql<number>`count(*)` })
        .from(presses)
        .where(eq(presses.nearMissId, nearMissId))
        .groupBy(presses.press)
        .all();
      const used = db
        .select({ count: sql<number>`count(*)` })
        .from(adoptions)
        .where(eq(adoptions.nearMissId, nearMissId))
        .get();
      const of = (press: string) => counted.find((row) => row.press === press)?.count ?? 0;
      return { learned: of('learned'), seen: of('seen'), use: used?.count ?? 0 };
    },
    async adopt({ teamId, nearMissId, personId, team, sentence, now }) {
      write(() => {
        db.insert(adoptions)
          .values({ teamId, nearMissId, personId, team, sentence, adoptedAt: now })
          .onConflictDoUpdate({ target: [adoptions.nearMissId, adoptions.personId], set: { team, sentence } })
          .run();
        digests.storyChanged(nearMissId, now, 'story');
      });
    },
    async adoptionOf(nearMissId, personId) {
      const row = db
        .select()
        .from(adoptions)
        .where(and(eq(adoptions.nearMissId, nearMissId), eq(adoptions.personId, personId)))
        .get();
      return row && { team: row.team, sentence: row.sentence };
    },
    async takeBackAdoption({ nearMissId, personId, now }) {
      write(() => {
        // First, while it is known which digest told it: what that says is read when it is sent.
        digests.storyChanged(nearMissId, now);
        db.delete(adoptions)
          .where(and(eq(adoptions.nearMissId, nearMissId), eq(adoptions.personId, personId)))
          .run();
      });
    },
  };
}
