import { dayOf } from '../../domain/access/gate.ts';
import type { Freezing } from '../../domain/digest/kept-digest.ts';
import type { Connection } from '../database.ts';
import { storyChanged } from '../digest/story-changed.ts';
import { eq, sql } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { nearMisses, workspaces } from '../schema.ts';

/** Numbers from a workspace's counter, inside somebody else's transaction. Private to storage. */
export type Numbers = {
  next: (teamId: string) => number;
  /** Gives a near-miss that has none its number. */
  give: (teamId: string, nearMissId: string) => void;
  /**
   * Numbers those that appear now, in an order that says nothing, together with all of earlier days that no later
   * digest would number: those that are in none, and those that lost their number with their reporter's name after
   * they were told. The messages of the second carry it from then on.
   */
  appear: (of: Pick<Freezing, 'teamId' | 'closedAt' | 'shuffle'>, appearing: string[]) => void;
};

export const numbersIn = oncePerFile((connection: Connection): Numbers => {
  const { db } = connection;
  const count = db
    .update(workspaces)
    .set({ lastNumber: sql`${workspaces.lastNumber} + 1` })
    .where(eq(workspaces.teamId, sql.placeholder('teamId')))
    .returning({ number: workspaces.lastNumber })
    .prepare();
  const set = db
    .update(nearMisses)
    .set({ number: sql`${sql.placeholder('number')}` })
    .where(eq(nearMisses.id, sql.placeholder('id')))
    .prepare();

  const leftWithout = db
    .select({ id: nearMisses.id })
    .from(nearMisses)
    .where(
      sql`${nearMisses.teamId} = ${sql.placeholder('teamId')} and ${nearMisses.capturedAt} < ${sql.placeholder('before')}
        and number is null and withdrawn_at is null
        and (${nearMisses.notForDigest} = 1 or exists (select 1 from digests where digests.id = ${nearMisses.digestId} and digests.state = 'published'))`,
    )
    .prepare();

  function next(teamId: string): number {
    const row = count.get({ teamId });
    if (row === undefined) throw new Error('The workspace is not known yet, so it has no numbers to give.');
    return row.number;
  }

  function give(teamId: string, id: string): void {
    set.run({ id, number: next(teamId) });
  }

  return {
    next,
    give,
    appear({ teamId, closedAt, shuffle }, appearing) {
      const left = leftWithout.all({ teamId, before: dayOf(closedAt) }).map(({ id }) => id);
      for (const id of shuffle([...new Set([...appearing, ...left])])) give(teamId, id);
      for (const nearMissId of left) storyChanged(connection, { teamId, nearMissId, now: closedAt });
    },
  };
});
