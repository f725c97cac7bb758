import { systemKey } from '../../domain/capture/system-name.ts';
import type { Listed, NearMissLists } from '../../domain/home/near-miss-lists.ts';
import type { Connection } from '../database.ts';
import { and, desc, eq, isNotNull, isNull, lte, ne, or, sql } from '../drizzle.ts';
import { nearMisses, systems } from '../schema.ts';
import { waitsForDigestIn } from '../story/appearance.ts';

/** In SQL what `waitsForDigestIn` says of a row. */
const NOT_WAITING = sql`(exists (select 1 from digests where digests.id = ${nearMisses.digestId} and digests.state = 'published') or ${nearMisses.notForDigest} = 1 or ${nearMisses.cardChannelId} is not null
  or (select json_extract(settings, '$.digest') from workspaces where workspaces.team_id = ${nearMisses.teamId}) is null)`;

export function nearMissListsIn(connection: Connection): NearMissLists {
  const { db } = connection;
  const waits = waitsForDigestIn(connection);
  const listedRow = (found: Parameters<typeof toListed>[0]) => toListed(found, waits(found.row));
  const teamId = sql.placeholder('teamId');
  const personId = sql.placeholder('personId');
  const listed = () =>
    db
      .select({ row: nearMisses, system: systems.name })
      .from(nearMisses)
      .leftJoin(systems, eq(systems.id, nearMisses.systemId))
      .orderBy(desc(nearMisses.capturedAt))
      .limit(sql.placeholder('limit'));
  const mine = and(
    eq(nearMisses.teamId, teamId),
    eq(nearMisses.reporterId, personId),
    isNull(nearMisses.withdrawnAt),
  );
  const appeared = or(
    eq(nearMisses.tier, 'named'),
    and(lte(nearMisses.capturedAt, sql.placeholder('until')), NOT_WAITING),
  );
  const inTheirChannels = sql`${nearMisses.channelId} in (select value from json_each(${sql.placeholder('channels')}))`;
  const forThem = or(
    sql`${nearMisses.audience} = 'everyone' and ${sql.placeholder('everyone')}`,
    sql`${nearMisses.audience} = 'channel' and ${inTheirChannels}`,
  );

  const sharedBy = listed().where(mine).prepare();
  const finishedBy = listed()
    .where(and(mine, isNotNull(nearMisses.toldAt)))
    .prepare();
  const draftsOf = listed()
    .where(and(mine, isNull(nearMisses.toldAt)))
    .prepare();
  const fromOthers = listed()
    .where(
      and(
        eq(nearMisses.teamId, teamId),
        isNull(nearMisses.withdrawnAt),
        isNotNull(nearMisses.number),
        or(isNull(nearMisses.reporterId), ne(nearMisses.reporterId, personId)),
        appeared,
        forThem,
      ),
    )
    .prepare();
  const readable = or(eq(nearMisses.reporterId, personId), and(appeared, forThem));
  const systemsLike = db
    .select({ name: systems.name })
    .from(systems)
    .where(
      and(
        eq(systems.teamId, teamId),
        sql`instr(${systems.key}, ${sql.placeholder('key')}) > 0`,
        sql`exists (select 1 from ${nearMisses} where ${nearMisses.systemId} = ${systems.id} and ${nearMisses.withdrawnAt} is null and ${readable})`,
      ),
    )
    .orderBy(systems.key)
    .limit(sql.placeholder('limit'))
    .prepare();

  return {
    async sharedBy(team, person, limit) {
      return sharedBy.all({ teamId: team, personId: person, limit }).map(listedRow);
    },
    async finishedBy(team, person, limit) {
      return finishedBy.all({ teamId: team, personId: person, limit }).map(listedRow);
    },
    async draftsOf(team, person, limit) {
      return draftsOf.all({ teamId: team, personId: person, limit }).map(listedRow);
    },
    async fromOthers({ channels, ...wanted }) {
      return fromOthers.all({ ...wanted, everyone: 1, channels: JSON.stringify(channels) }).map(listedRow);
    },
    async systemsLike({ channels, typed, everyone, ...wanted }) {
      const whose = { channels: JSON.stringify(channels), everyone: everyone ? 1 : 0 };
      return systemsLike.all({ ...wanted, ...whose, key: systemKey(typed) }).map(({ name }) => name);
    },
  };
}

function toListed(
  { row, system }: { row: typeof nearMisses.$inferSelect; system: string | null },
  waitsForDigest: boolean,
): Listed {
  return {
    ...(waitsForDigest && { waitsForDigest }),
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
