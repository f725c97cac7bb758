import { overBefore } from '../../domain/access/gate.ts';
import type { Tx } from '../database.ts';
import { and, eq, sql } from '../drizzle.ts';
import { put } from '../outbox/put.ts';
import { nearMisses } from '../schema.ts';
import { numberThoseAppearing } from '../story/numbers.ts';

type Closing = {
  teamId: string;
  closedAt: number;
  now: number;
  shuffle: <Item>(items: Item[]) => Item[];
};

/**
 * Near-misses for one channel, without a name everybody sees, appear when a digest is posted, each as a card in its
 * own channel: those shared on a day before `closedAt`. They get their numbers together with `others`, which appear
 * at the same time, in an order that says nothing.
 */
export function postQuietCards(tx: Tx, closing: Closing, others: string[]): void {
  const { teamId, now, shuffle } = closing;
  const cards = dueCards(tx, closing);
  const unnumbered = cards.filter(({ number }) => number === null).map(({ id }) => id);
  numberThoseAppearing(tx, closing, [...others, ...unnumbered]);
  for (const { id, channelId } of shuffle(cards)) {
    if (channelId === null) continue;
    const thisOne = and(eq(nearMisses.id, id), eq(nearMisses.teamId, teamId));
    tx.db.update(nearMisses).set({ cardChannelId: channelId }).where(thisOne).run();
    put(tx, { teamId, now }, { kind: 'card', nearMissId: id, channelId });
  }
}

/** As with those for everyone, SQLite has to be told which index there is for this. */
function dueCards(
  { db }: Tx,
  { teamId, closedAt }: Closing,
): { id: string; number: number | null; channelId: string | null }[] {
  return db.all(sql`
    select id, number, channel_id as channelId from near_misses indexed by near_misses_for_card
    where team_id = ${teamId} and captured_at < ${overBefore(closedAt)}
      and audience = 'channel' and tier <> 'named' and card_channel_id is null
      and not_for_digest = 0 and withdrawn_at is null`);
}
