import { dayOf } from '../../domain/access/gate.ts';
import type { Freezing } from '../../domain/digest/kept-digest.ts';
import type { Connection } from '../database.ts';
import { eq, sql } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { put } from '../outbox/put.ts';
import { nearMisses } from '../schema.ts';
import { numbersIn } from '../story/numbers.ts';

type Due = { id: string; number: number | null; channelId: string | null };

/**
 * Near-misses for one channel, without a name everybody sees: they appear when a digest is posted, each as a card
 * in its own channel. Inside somebody else's transaction; private to storage.
 */
export type QuietCards = {
  /**
   * Posts those shared on a day before `closedAt`. They get their numbers together with `others`, which appear at
   * the same time, in an order that says nothing.
   */
  appear: (of: Pick<Freezing, 'teamId' | 'closedAt' | 'shuffle'> & { now: number }, others: string[]) => void;
};

export const quietCardsIn = oncePerFile((connection: Connection): QuietCards => {
  const { db } = connection;
  const numbers = numbersIn(connection);

  /** As with those for everyone, SQLite has to be told which index there is for this. */
  function due(teamId: string, closedAt: number): Due[] {
    return db.all(sql`
      select id, number, channel_id as channelId from near_misses indexed by near_misses_for_card
      where team_id = ${teamId} and captured_at < ${dayOf(closedAt)}
        and audience = 'channel' and tier <> 'named' and card_channel_id is null
        and not_for_digest = 0 and withdrawn_at is null`);
  }

  return {
    appear({ teamId, closedAt, now, shuffle }, others) {
      const cards = due(teamId, closedAt);
      const unnumbered = cards.filter(({ number }) => number === null).map(({ id }) => id);
      numbers.appear({ teamId, closedAt, shuffle }, [...others, ...unnumbered]);
      for (const { id: nearMissId, channelId } of shuffle(cards)) {
        if (channelId === null) continue;
        db.update(nearMisses).set({ cardChannelId: channelId }).where(eq(nearMisses.id, nearMissId)).run();
        put(connection, { teamId, now }, { kind: 'card', nearMissId, channelId });
      }
    },
  };
});
