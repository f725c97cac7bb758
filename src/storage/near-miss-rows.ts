import type { Capture } from '../domain/capture.ts';
import type { NearMiss } from '../domain/near-miss.ts';
import { dayOf } from '../domain/reading.ts';
import { waitsForDigestIn } from './appearing.ts';
import type { Connection } from './database.ts';
import { and, eq, sql } from './drizzle.ts';
import { nearMisses, systems } from './schema.ts';
import type { Tellings } from './telling.ts';

export type Row = typeof nearMisses.$inferSelect;

/** The rows of near-misses, inside somebody else's transaction. Private to storage. */
export type NearMissRows = {
  byId: (id: string) => Row | undefined;
  byNumber: (teamId: string, number: number) => Row | undefined;
  /** A row with its system and everything told about it. */
  whole: (row: Row | undefined) => NearMiss | undefined;
  insert: (capture: Capture, of: Numbered) => void;
  /** Writes a capture over a row; a card that is no longer wanted stands nowhere. */
  overwrite: (capture: Capture, of: Numbered, before: Row) => void;
};

type Numbered = { number: number | null; systemId: string | null };

export function nearMissRowsIn(connection: Connection, tellings: Tellings): NearMissRows {
  const { db } = connection;
  const waits = waitsForDigestIn(connection);
  const byId = db
    .select()
    .from(nearMisses)
    .where(eq(nearMisses.id, sql.placeholder('id')))
    .prepare();
  const byNumber = db
    .select()
    .from(nearMisses)
    .where(
      and(eq(nearMisses.teamId, sql.placeholder('teamId')), eq(nearMisses.number, sql.placeholder('number'))),
    )
    .prepare();
  const systemName = db
    .select({ name: systems.name })
    .from(systems)
    .where(eq(systems.id, sql.placeholder('id')))
    .prepare();
  const insert = db.insert(nearMisses).values(captureValues()).prepare();
  const update = db
    .update(nearMisses)
    .set(captureChanges())
    .where(eq(nearMisses.id, sql.placeholder('id')))
    .prepare();

  return {
    byId: (id) => byId.get({ id }),
    byNumber: (teamId, number) => byNumber.get({ teamId, number }),
    whole(row) {
      if (row === undefined) return undefined;
      const system = row.systemId === null ? undefined : systemName.get({ id: row.systemId })?.name;
      return {
        ...toNearMiss(row, system, tellings.all(row.id)),
        ...(waits(row) && { waitsForDigest: true }),
      };
    },
    insert(capture, of) {
      insert.run({ ...toValues(capture), ...of });
    },
    overwrite(capture, of, before) {
      const stands = capture.card?.channelId === before.cardChannelId ? before.cardTs : null;
      const values = { ...toValues(capture), stewardsThen: stewardsThen(capture, before) };
      update.run({ ...values, ...of, cardTs: stands, toldAt: toldAt(capture, before) });
    },
  };
}

/** An unattributed near-miss keeps no time finer than the day. */
function toldAt({ reporterId }: Capture, before: Row): number | null {
  return before.toldAt !== null && reporterId === undefined ? dayOf(before.toldAt) : before.toldAt;
}

/** Who became a steward after somebody trusted those of then does not get to know their name with a second Save. */
function stewardsThen(capture: Capture, before: Row): string {
  const wasTrusted = capture.tier === 'confidential' && before.tier === 'confidential';
  return wasTrusted ? before.stewardsThen : JSON.stringify(capture.stewardsThen);
}

const COLUMNS = [
  'id',
  'teamId',
  'number',
  'tier',
  'audience',
  'reporterId',
  'stewardsThen',
  'channelId',
  'channelName',
  'channelKind',
  'capturedAt',
  'summary',
  'systemId',
  'cardChannelId',
  'cardThreadTs',
  'cardForOutsiders',
] as const;

function captureValues() {
  return Object.fromEntries(COLUMNS.map((column) => [column, sql.placeholder(column)])) as Record<
    (typeof COLUMNS)[number],
    ReturnType<typeof sql.placeholder>
  >;
}

function captureChanges() {
  const changes = Object.fromEntries(
    [...COLUMNS, 'cardTs' as const, 'toldAt' as const].map((column) => [
      column,
      sql`${sql.placeholder(column)}`,
    ]),
  );
  delete changes.id;
  return changes;
}

function toValues(capture: Capture) {
  const { conversation, card } = capture;
  return {
    id: capture.id,
    teamId: capture.teamId,
    tier: capture.tier,
    audience: capture.audience,
    reporterId: capture.reporterId ?? null,
    stewardsThen: JSON.stringify(capture.stewardsThen),
    channelId: conversation?.id ?? null,
    channelName: conversation?.name ?? null,
    channelKind: conversation?.kind ?? null,
    capturedAt: capture.capturedAt,
    summary: capture.summary,
    cardChannelId: card?.channelId ?? null,
    cardThreadTs: card?.threadTs ?? null,
    cardForOutsiders: capture.cardForOutsiders === true ? 1 : 0,
  };
}

function toNearMiss(
  row: Row,
  system: string | undefined,
  tellings: Pick<NearMiss, 'told' | 'added'>,
): NearMiss {
  const { channelId, channelName, channelKind, cardChannelId } = row;
  return {
    id: row.id,
    teamId: row.teamId,
    number: row.number ?? undefined,
    tier: row.tier,
    audience: row.audience,
    reporterId: row.reporterId ?? undefined,
    stewardsThen: JSON.parse(row.stewardsThen) as string[],
    conversation:
      channelId === null
        ? undefined
        : { id: channelId, name: channelName ?? '', kind: channelKind ?? 'private' },
    capturedAt: row.capturedAt,
    summary: row.summary,
    system,
    reached: row.reached ?? undefined,
    toldAt: row.toldAt ?? undefined,
    withdrawnAt: row.withdrawnAt ?? undefined,
    card:
      cardChannelId === null
        ? undefined
        : { channelId: cardChannelId, threadTs: row.cardThreadTs ?? undefined, ts: row.cardTs ?? undefined },
    ...(row.cardForOutsiders === 1 && { cardForOutsiders: true }),
    ...tellings,
  };
}
