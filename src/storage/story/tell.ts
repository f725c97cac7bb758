import type { NearMiss, Telling } from '../../domain/near-miss.ts';
import { afterRewording, afterTelling } from '../../domain/story/after-change.ts';
import type { Rewording, Tell } from '../../domain/story/near-misses.ts';
import { forgetSystem, systemNamed } from '../capture/systems.ts';
import type { Db, Tx } from '../database.ts';
import { sql } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';
import { rewordWaiting, tellWaiting } from '../waiting-room/waiting-room.ts';
import { applyEffects } from './apply-effects.ts';
import { keptOf } from './near-miss-rows.ts';
import { nearMissById, nearMissRow, openRow, thisOne } from './near-misses.ts';
import { REPORTER, replaceTelling, tellingsOf } from './tellings.ts';

const tellRow = (db: Db) =>
  db
    .update(nearMisses)
    .set({ reached: sql`${sql.placeholder('reached')}`, toldAt: sql`${sql.placeholder('toldAt')}` })
    .where(thisOne)
    .prepare();

const rewordRow = (db: Db) =>
  db
    .update(nearMisses)
    .set({
      summary: sql`${sql.placeholder('summary')}`,
      systemId: sql`${sql.placeholder('systemId')}`,
      reached: sql`${sql.placeholder('reached')}`,
    })
    .where(thisOne)
    .prepare();

/** Changes what an author told. Undefined where the near-miss is gone or withdrawn, and nothing was stored. */
export function tell(tx: Tx, telling: Tell): { nearMiss: NearMiss; telling: Telling } | undefined {
  const { teamId, id, authorId: author = REPORTER } = telling;
  const row = openRow(tx, teamId, id);
  if (row === undefined) return tellWaiting(tx, telling);
  const story = { teamId, nearMissId: id };
  const told = afterTelling({ ...keptOf(row), ...tellingsOf(tx, story) }, telling);
  replaceTelling(tx, { ...story, author }, told.telling, told.staysInChannel);
  tx.prepared(tellRow).run({ teamId, id, reached: told.reached ?? null, toldAt: told.toldAt ?? null });
  applyEffects(tx, telling, told.effects);
  const nearMiss = nearMissById(tx, teamId, id);
  return nearMiss && { nearMiss, telling: told.telling };
}

/**
 * Is this the reporter's own telling, of whom nobody is kept, in the database already? What is written there now lies
 * beside what was written just before, until the file is built anew.
 */
export function toldLateWithoutName(tx: Tx, { teamId, id, authorId }: Tell): boolean {
  return authorId === undefined && nearMissRow(tx, teamId, id)?.reporterId === null;
}

/** Changes the reporter's own first words. False where the near-miss is gone or withdrawn, and nothing was stored. */
export function reword(tx: Tx, rewording: Rewording): boolean {
  const { teamId, id, summary, system } = rewording;
  const row = openRow(tx, teamId, id);
  if (row === undefined) return rewordWaiting(tx, rewording);
  const { reached = null, effects } = afterRewording(keptOf(row), rewording);
  const systemId = system === undefined ? null : systemNamed(tx, teamId, system);
  tx.prepared(rewordRow).run({ teamId, id, summary, systemId, reached });
  forgetSystem(tx, row, systemId);
  applyEffects(tx, rewording, effects);
  return true;
}
