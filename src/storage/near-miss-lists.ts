import type { Listed, NearMissLists } from '../domain/lists.ts';
import type { Connection } from './database.ts';
import { and, desc, eq, inArray, isNotNull, isNull, lte, ne, or, sql } from './drizzle.ts';
import { nearMisses, systems } from './schema.ts';

export function nearMissListsIn({ db }: Connection): NearMissLists {
  const listed = () =>
    db
      .select({ row: nearMisses, system: systems.name })
      .from(nearMisses)
      .leftJoin(systems, eq(systems.id, nearMisses.systemId));
  const mine = (teamId: string, personId: string) =>
    and(eq(nearMisses.teamId, teamId), eq(nearMisses.reporterId, personId), isNull(nearMisses.withdrawnAt));
  const newest = desc(nearMisses.capturedAt);

  return {
    async sharedBy(teamId, personId, limit) {
      return listed().where(mine(teamId, personId)).orderBy(newest).limit(limit).all().map(toListed);
    },

    async draftsOf(teamId, personId, limit) {
      return listed()
        .where(and(mine(teamId, personId), isNull(nearMisses.toldAt)))
        .orderBy(newest)
        .limit(limit)
        .all()
        .map(toListed);
    },

    async fromOthers({ teamId, personId, channels, until, limit }) {
      const rows = listed()
        .where(
          and(
            eq(nearMisses.teamId, teamId),
            isNull(nearMisses.withdrawnAt),
            isNotNull(nearMisses.number),
            or(isNull(nearMisses.reporterId), ne(nearMisses.reporterId, personId)),
            or(eq(nearMisses.tier, 'named'), lte(nearMisses.capturedAt, until)),
            or(eq(nearMisses.audience, 'everyone'), inArray(nearMisses.channelId, channels)),
          ),
        )
        .orderBy(newest)
        .limit(limit)
        .all();
      return rows.map(toListed);
    },

    async systemsLike({ teamId, typed, personId, everyone, channels, until, limit }) {
      const appeared = or(eq(nearMisses.tier, 'named'), lte(nearMisses.capturedAt, until));
      const readable = or(
        eq(nearMisses.reporterId, personId),
        and(appeared, everyone ? eq(nearMisses.audience, 'everyone') : sql`false`),
        and(appeared, eq(nearMisses.audience, 'channel'), inArray(nearMisses.channelId, channels)),
      );
      return db
        .selectDistinct({ name: systems.name })
        .from(systems)
        .where(
          and(
            eq(systems.teamId, teamId),
            sql`${systems.name} like ${`%${typed.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`} escape '\\'`,
            sql`exists (select 1 from ${nearMisses} where ${nearMisses.systemId} = ${systems.id} and ${nearMisses.withdrawnAt} is null and ${readable})`,
          ),
        )
        .orderBy(systems.name)
        .limit(limit)
        .all()
        .map(({ name }) => name);
    },
  };
}

function toListed({ row, system }: { row: typeof nearMisses.$inferSelect; system: string | null }): Listed {
  return {
    id: row.id,
    number: row.number ?? undefined,
    tier: row.tier,
    audience: row.audience,
    reporterId: row.reporterId ?? undefined,
    conversation:
      row.channelId === null
        ? undefined
        : { id: row.channelId, name: row.channelName ?? '', kind: row.channelKind ?? 'private' },
    capturedAt: row.capturedAt,
    summary: row.summary,
    system: system ?? undefined,
    toldAt: row.toldAt ?? undefined,
  };
}
