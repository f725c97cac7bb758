import type { Presses } from '../../domain/digest/kept-digest.ts';
import type { Tx } from '../database.ts';
import { and, eq } from '../drizzle.ts';
import { adoptions } from './digest-schema.ts';
import { storyChanged } from './story-changed.ts';
import { toldWhere } from './told-stories.ts';

type Args<Name extends 'adopt' | 'takeBackAdoption' | 'adoptionOf'> = Parameters<Presses[Name]>[0];

/** Another team uses it now. Said again it replaces what that person said before, also where a digest told it. */
export function adopt(tx: Tx, { now, ...adoption }: Args<'adopt'>): boolean {
  const { teamId, nearMissId, team, sentence } = adoption;
  if (toldWhere(tx, teamId, nearMissId) === undefined) return false;
  const before = adoptionOf(tx, adoption);
  tx.db
    .insert(adoptions)
    .values({ ...adoption, adoptedAt: now })
    .onConflictDoUpdate({ target: [adoptions.nearMissId, adoptions.personId], set: { team, sentence } })
    .run();
  storyChanged(tx, { teamId, nearMissId, now, ...(before === undefined && { scope: 'story' }) });
  return true;
}

export function adoptionOf(
  { db }: Tx,
  of: Args<'adoptionOf'>,
): { team: string; sentence: string } | undefined {
  const row = db.select().from(adoptions).where(theirAdoption(of)).get();
  return row && { team: row.team, sentence: row.sentence };
}

export function takeBackAdoption(tx: Tx, of: Args<'takeBackAdoption'>): void {
  // First, while it is known which digest told it: what that says is read when it is sent.
  storyChanged(tx, of);
  tx.db.delete(adoptions).where(theirAdoption(of)).run();
}

function theirAdoption({ teamId, nearMissId, personId }: Args<'adoptionOf'>) {
  return and(
    eq(adoptions.teamId, teamId),
    eq(adoptions.nearMissId, nearMissId),
    eq(adoptions.personId, personId),
  );
}
