import type { Effect } from '../../domain/story/effects.ts';
import { forgetLooks } from '../access/looks.ts';
import type { Db, Tx } from '../database.ts';
import { wordings } from '../digest/digest-schema.ts';
import { storyChanged } from '../digest/story-changed.ts';
import { and, eq, sql } from '../drizzle.ts';
import { forgetAnnouncements, put, takeBackCard } from '../outbox/put.ts';
import { forgetKeyPlayers, forgetTelling, REPORTER } from './tellings.ts';

/** The near-miss that changed, and when. */
type Changed = { teamId: string; id: string; now: number };

const forgetWording = (db: Db) =>
  db
    .delete(wordings)
    .where(
      and(eq(wordings.teamId, sql.placeholder('teamId')), eq(wordings.nearMissId, sql.placeholder('id'))),
    )
    .prepare();

/** What the change of a near-miss brings about, in the change's own transaction. */
export function applyEffects(tx: Tx, changed: Changed, effects: Effect[]): void {
  for (const effect of effects) applyEffect(tx, changed, effect);
}

function applyEffect(tx: Tx, { teamId, id: nearMissId, now }: Changed, effect: Effect): void {
  const reporters = { teamId, nearMissId, author: REPORTER };
  switch (effect.do) {
    case 'announce': {
      const { announcement, dueAt = now } = effect;
      return put(tx, { teamId, now, dueAt }, announcement);
    }
    case 'take_back_card':
      return takeBackCard(tx, { teamId, nearMissId }, effect.threadTs);
    case 'forget_announcements':
      return forgetAnnouncements(tx, { teamId, nearMissId }, effect.personId);
    case 'forget_telling':
      return forgetTelling(tx, reporters);
    case 'forget_key_players':
      return forgetKeyPlayers(tx, reporters);
    case 'forget_looks':
      return forgetLooks(tx, { teamId, nearMissId });
    case 'forget_wording':
      tx.prepared(forgetWording).run({ teamId, id: nearMissId });
      return;
    case 'redraw_digests':
      return storyChanged(tx, { teamId, nearMissId, now });
  }
}
