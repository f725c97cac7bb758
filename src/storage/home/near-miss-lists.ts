import { systemKey } from '../../domain/capture/system-name.ts';
import type { Listed, NearMissLists } from '../../domain/home/near-miss-lists.ts';
import type { Connection, Db, Tx } from '../database.ts';
import { and, desc, eq, isNotNull, isNull, lte, ne, or, sql } from '../drizzle.ts';
import { nearMisses, systems } from '../schema.ts';
import { isNotWaiting, waitsForDigest } from '../story/appearance.ts';
import { keptOf, type Row } from '../story/near-miss-rows.ts';
import { forEveryone } from '../story/near-misses.ts';

const teamId = sql.placeholder('teamId');
const personId = sql.placeholder('personId');

const mine = and(
  eq(nearMisses.teamId, teamId),
  eq(nearMisses.reporterId, personId),
  isNull(nearMisses.withdrawnAt),
);
const hasAppeared = or(
  eq(nearMisses.tier, 'named'),
  and(lte(nearMisses.capturedAt, sql.placeholder('until')), isNotWaiting),
);
const isForTheirChannels = sql`audience = 'channel' and ${nearMisses.channelId} in (select value from json_each(${sql.placeholder('channels')}))`;
const isForThem = or(sql`${forEveryone} and ${sql.placeholder('everyone')}`, isForTheirChannels);

const listed = (db: Db, which: ReturnType<typeof and>) =>
  db
    .select({ row: nearMisses, system: systems.name })
    .from(nearMisses)
    .leftJoin(systems, and(eq(systems.id, nearMisses.systemId), eq(systems.teamId, nearMisses.teamId)))
    .where(which)
    .orderBy(desc(nearMisses.capturedAt))
    .limit(sql.placeholder('limit'))
    .prepare();

const sharedBy = (db: Db) => listed(db, mine);
const fromOthers = (db: Db) =>
  listed(
    db,
    and(
      eq(nearMisses.teamId, teamId),
      isNull(nearMisses.withdrawnAt),
      isNotNull(nearMisses.number),
      or(isNull(nearMisses.reporterId), ne(nearMisses.reporterId, personId)),
      hasAppeared,
      isForThem,
    ),
  );

const channelsWithTheirOwn = (db: Db) =>
  db
    .selectDistinct({ id: sql<string>`${nearMisses.channelId}` })
    .from(nearMisses)
    .where(
      and(
        eq(nearMisses.teamId, teamId),
        isNotNull(nearMisses.channelId),
        sql`audience = 'channel' and number is not null and withdrawn_at is null`,
      ),
    )
    .orderBy(nearMisses.channelId)
    .prepare();

const systemsLike = (db: Db) => {
  const isReadable = or(eq(nearMisses.reporterId, personId), and(hasAppeared, isForThem));
  const isLike = sql`instr(${systems.key}, ${sql.placeholder('key')}) > 0`;
  const someAbout = sql`exists (select 1 from ${nearMisses} where ${nearMisses.systemId} = ${systems.id}
    and ${nearMisses.teamId} = ${systems.teamId} and ${nearMisses.withdrawnAt} is null and ${isReadable})`;
  return db
    .select({ name: systems.name })
    .from(systems)
    .where(and(eq(systems.teamId, teamId), isLike, someAbout))
    .orderBy(systems.key)
    .limit(sql.placeholder('limit'))
    .prepare();
};

/** Lists as `NearMissLists` says what is in each. */
export function listsPort(connection: Connection): NearMissLists {
  const list = (which: typeof sharedBy, wanted: Record<string, unknown>) =>
    connection
      .prepared(which)
      .all(wanted)
      .map((found) => toListed(connection, found));
  return {
    async sharedBy(team, person, limit) {
      return list(sharedBy, { teamId: team, personId: person, limit });
    },
    async fromOthers({ channels, ...wanted }) {
      return list(fromOthers, { ...wanted, everyone: 1, channels: JSON.stringify(channels) });
    },
    async channelsWithTheirOwn(team) {
      const found = connection.prepared(channelsWithTheirOwn).all({ teamId: team });
      return found.map(({ id }) => id);
    },
    async systemsLike({ channels, typed, everyone, ...wanted }) {
      const whose = { channels: JSON.stringify(channels), everyone: everyone ? 1 : 0 };
      const found = connection.prepared(systemsLike).all({ ...wanted, ...whose, key: systemKey(typed) });
      return found.map(({ name }) => name);
    },
  };
}

function toListed(tx: Tx, { row, system }: { row: Row; system: string | null }): Listed {
  return {
    ...keptOf(row),
    system: system ?? undefined,
    ...(waitsForDigest(tx, row) && { waitsForDigest: true }),
  };
}
