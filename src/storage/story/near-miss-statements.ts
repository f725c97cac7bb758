import type { Connection } from '../database.ts';
import { wordings } from '../digest/digest-schema.ts';
import { and, eq, isNull, lte, sql } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';

/** What is asked of and written to near-misses one by one, prepared once. Private to storage. */
export function nearMissStatementsIn({ db }: Connection) {
  const teamId = sql.placeholder('teamId');
  const thisOne = eq(nearMisses.id, sql.placeholder('id'));
  const value = (name: string) => sql`${sql.placeholder(name)}`;
  return {
    shared: db
      .select({ id: nearMisses.id })
      .from(nearMisses)
      .where(and(eq(nearMisses.teamId, teamId), eq(nearMisses.reporterId, sql.placeholder('personId'))))
      .limit(1)
      .prepare(),
    told: db
      .update(nearMisses)
      .set({ reached: value('reached'), toldAt: value('toldAt') })
      .where(thisOne)
      .prepare(),
    reworded: db
      .update(nearMisses)
      .set({ summary: value('summary'), systemId: value('systemId'), reached: value('reached') })
      .where(thisOne)
      .prepare(),
    forgetWording: db
      .delete(wordings)
      .where(eq(wordings.nearMissId, sql.placeholder('id')))
      .prepare(),
    withdrawn: db
      .update(nearMisses)
      .set({ summary: '', systemId: null, reached: null, withdrawnAt: value('withdrawnAt') })
      .where(thisOne)
      .prepare(),
    appearing: db
      .select({ id: nearMisses.id })
      .from(nearMisses)
      .where(
        and(
          eq(nearMisses.teamId, teamId),
          isNull(nearMisses.number),
          isNull(nearMisses.withdrawnAt),
          lte(nearMisses.capturedAt, sql.placeholder('until')),
        ),
      )
      .prepare(),
  };
}
