import type { PressCounts, Presses } from '../../domain/digest/kept-digest.ts';
import type { Connection, Tx } from '../database.ts';
import { and, eq, sql } from '../drizzle.ts';
import { adopt, adoptionOf, takeBackAdoption } from './adoptions.ts';
import { adoptions, presses } from './digest-schema.ts';
import { storyChanged } from './story-changed.ts';
import { toldWhere } from './told-stories.ts';

type Pressed = Parameters<Presses['press']>[0];

/** What readers press under a story; each press draws its message again. */
export function pressesPort(connection: Connection): Presses {
  const { write } = connection;
  return {
    toldWhere: async (teamId, nearMissId) => toldWhere(connection, teamId, nearMissId),
    press: async (of) => write((tx) => setPress(tx, of)),
    takeBack: async (of) => write((tx) => takeBack(tx, of)),
    counts: async (teamId, nearMissId) => pressCounts(connection, teamId, nearMissId),
    adopt: async (of) => write((tx) => adopt(tx, of)),
    adoptionOf: async (of) => adoptionOf(connection, of),
    takeBackAdoption: async (of) => write((tx) => takeBackAdoption(tx, of)),
  };
}

function setPress(tx: Tx, { teamId, nearMissId, personId, press, now }: Pressed): boolean {
  if (toldWhere(tx, teamId, nearMissId) === undefined) return false;
  const row = { teamId, nearMissId, press, personId };
  const { changes } = tx.db.insert(presses).values(row).onConflictDoNothing().run();
  if (changes > 0) storyChanged(tx, { teamId, nearMissId, now, scope: 'story' });
  return changes > 0;
}

function takeBack(tx: Tx, { teamId, nearMissId, personId, press, now }: Pressed): void {
  const theirs = and(
    eq(presses.teamId, teamId),
    eq(presses.nearMissId, nearMissId),
    eq(presses.press, press),
    eq(presses.personId, personId),
  );
  const { changes } = tx.db.delete(presses).where(theirs).run();
  if (changes > 0) storyChanged(tx, { teamId, nearMissId, now, scope: 'story' });
}

function pressCounts({ db }: Tx, teamId: string, nearMissId: string): PressCounts {
  const counted = db
    .select({ press: presses.press, count: sql<number>`count(*)` })
    .from(presses)
    .where(and(eq(presses.teamId, teamId), eq(presses.nearMissId, nearMissId)))
    .groupBy(presses.press)
    .all();
  const used = db
    .select({ count: sql<number>`count(*)` })
    .from(adoptions)
    .where(and(eq(adoptions.teamId, teamId), eq(adoptions.nearMissId, nearMissId)))
    .get();
  const of = (press: string) => counted.find((row) => row.press === press)?.count ?? 0;
  return { learned: of('learned'), seen: of('seen'), use: used?.count ?? 0 };
}
