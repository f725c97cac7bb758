import { afterRemoval, afterWithdrawal } from '../../domain/story/after-change.ts';
import { NOWHERE, type Posted } from '../../domain/story/appearance.ts';
import { forgetSystem } from '../capture/systems.ts';
import type { Db, Tx } from '../database.ts';
import { sql } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';
import { forgetAddedWaiting, withdrawWaiting } from '../waiting-room/waiting-room.ts';
import { postedOf } from './appearance.ts';
import { applyEffects } from './apply-effects.ts';
import { keptOf } from './near-miss-rows.ts';
import { nearMissRow, thisOne } from './near-misses.ts';
import { forgetTelling, tellingsOf } from './tellings.ts';

const blankRow = (db: Db) =>
  db
    .update(nearMisses)
    .set({
      summary: '',
      systemId: null,
      reached: null,
      withdrawnAt: sql`${sql.placeholder('withdrawnAt')}`,
    })
    .where(thisOne)
    .prepare();

/** Blanks the reporter's words. @returns where they are posted; the same when they were withdrawn before. */
export function withdraw(tx: Tx, of: { teamId: string; id: string; now: number }): Posted {
  const row = nearMissRow(tx, of.teamId, of.id);
  if (row === undefined) return withdrawWaiting(tx, of);
  if (row.withdrawnAt !== null) return postedOf(tx, row);
  const { withdrawnAt, effects } = afterWithdrawal(keptOf(row), of.now);
  tx.prepared(blankRow).run({ ...of, withdrawnAt });
  forgetSystem(tx, row, null);
  applyEffects(tx, of, effects);
  return postedOf(tx, row);
}

/** Forgets what this person added, whatever became of the near-miss since. @returns where it stands yet. */
export function forgetAdded(
  tx: Tx,
  of: { teamId: string; id: string; authorId: string; now: number },
): Posted {
  const story = { teamId: of.teamId, nearMissId: of.id };
  const row = nearMissRow(tx, of.teamId, of.id);
  if (row === undefined) return forgetAddedWaiting(tx, of);
  const added = tellingsOf(tx, story).added.find(({ authorId }) => authorId === of.authorId);
  if (added === undefined) return NOWHERE;
  forgetTelling(tx, { ...story, author: of.authorId });
  const { standsIn, effects } = afterRemoval(keptOf(row), added, postedOf(tx, row));
  applyEffects(tx, of, effects);
  return standsIn;
}
