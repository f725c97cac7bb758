import type { PressCounts, Presses } from '../../domain/digest/kept-digest.ts';
import type { Connection, Tx } from '../database.ts';
import { and, eq, sql } from '../drizzle.ts';
import { adoptions, presses } from './digest-schema.ts';
import { storyChanged } from './story-changed.ts';

type Args<Name extends 'toggle' | 'adopt' | 'takeBackAdoption' | 'adoptionOf'> = Parameters<Presses[Name]>[0];

/** What readers press under a story; each press draws its message again. */
export function pressesPort(connection: Connection): Presses {
  const { write } = connection;
  return {
    toggle: async (of) => write((tx) => togglePress(tx, of)),
    counts: async (teamId, nearMissId) => pressCounts(connection, teamId, nearMissId),
    adopt: async (of) => write((tx) => adopt(tx, of)),
    adoptionOf: async (of) => adoptionOf(connection, of),
    takeBackAdoption: async (of) => write((tx) => takeBackAdoption(tx, of)),
  };
}

function togglePress(tx: Tx, { teamId, nearMissId, personId, press, now }: Args<'toggle'>): void {
  const theirs = and(
    eq(presses.teamId, teamId),
    eq(presses.nearMissId, nearMissId),
    eq(presses.press, press),
    eq(presses.personId, personId),
  );
  const { changes } = tx.db.delete(presses).where(theirs).run();
  if (changes === 0) tx.db.insert(presses).values({ teamId, nearMissId, press, personId }).run();
  storyChanged(tx, { teamId, nearMissId, now, scope: 'story' });
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

function adopt(tx: Tx, { now, ...adoption }: Args<'adopt'>): void {
  const { teamId, nearMissId, team, sentence } = adoption;
  tx.db
    .insert(adoptions)
    .values({ ...adoption, adoptedAt: now })
    .onConflictDoUpdate({ target: [adoptions.nearMissId, adoptions.personId], set: { team, sentence } })
    .run();
  storyChanged(tx, { teamId, nearMissId, now, scope: 'story' });
}

type Theirs = Args<'adoptionOf'>;

function adoptionOf({ db }: Tx, of: Theirs): { team: string; sentence: string } | undefined {
  const row = db.select().from(adoptions).where(theirAdoption(of)).get();
  return row && { team: row.team, sentence: row.sentence };
}

function takeBackAdoption(tx: Tx, of: Args<'takeBackAdoption'>): void {
  // First, while it is known which digest told it: what that says is read when it is sent.
  storyChanged(tx, of);
  tx.db.delete(adoptions).where(theirAdoption(of)).run();
}

function theirAdoption({ teamId, nearMissId, personId }: Theirs) {
  return and(
    eq(adoptions.teamId, teamId),
    eq(adoptions.nearMissId, nearMissId),
    eq(adoptions.personId, personId),
  );
}
