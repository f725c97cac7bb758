import type { Connection } from './database.ts';
import { eq, sql } from './drizzle.ts';
import { nearMisses, workspaces } from './schema.ts';

/** Numbers from a workspace's counter, inside somebody else's transaction. Private to storage. */
export type Numbers = {
  next: (teamId: string) => number;
  /** Gives a near-miss that has none its number. */
  give: (teamId: string, nearMissId: string) => void;
};

export function numbersIn({ db }: Connection): Numbers {
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

  function next(teamId: string): number {
    const row = count.get({ teamId });
    if (row === undefined) throw new Error('The workspace is not known yet, so it has no numbers to give.');
    return row.number;
  }

  return {
    next,
    give: (teamId, id) => void set.run({ id, number: next(teamId) }),
  };
}
