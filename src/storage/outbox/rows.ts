import type { Announcement, Kind } from '../../domain/outbox/kinds.ts';
import type { Notice, Says } from '../../domain/outbox/notices.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import type { outbox } from '../schema.ts';

export type DbRow = typeof outbox.$inferSelect;

type Columns = Pick<
  DbRow,
  'nearMissId' | 'personId' | 'digestId' | 'position' | 'threadTs' | 'ts' | 'says' | 'reason'
>;

/** What an announcement is about, in columns. Where it goes is its lane. */
export function columnsOf(announcement: Announcement): Columns {
  const { kind } = announcement;
  const about: { [One in keyof Columns | 'why']?: (Columns & { why: string })[One] | undefined } = {
    ...announcement,
    ...(kind === 'notice' && announcement.notice),
  };
  return {
    nearMissId: about.nearMissId ?? null,
    personId: about.personId ?? null,
    digestId: about.digestId ?? null,
    position: about.position ?? null,
    threadTs: about.threadTs ?? null,
    ts: about.ts ?? null,
    says: about.says ?? null,
    reason: about.why ?? null,
  };
}

/** Are all of these columns filled? */
function has<Column extends keyof DbRow>(
  row: DbRow,
  ...columns: Column[]
): row is DbRow & { [One in Column]: NonNullable<DbRow[One]> } {
  return columns.every((column) => row[column] !== null);
}

/** What a row announces; false where a column is empty that it needs. */
const READ: { [K in Kind]: (row: DbRow) => Announcement<K> | false } = {
  card: (row) => has(row, 'nearMissId') && { kind: 'card', nearMissId: row.nearMissId, channelId: row.lane },
  card_change: (row) =>
    has(row, 'nearMissId') && { kind: 'card_change', nearMissId: row.nearMissId, channelId: row.lane },
  card_removal: ({ lane, threadTs, ts }) => ({
    kind: 'card_removal',
    channelId: lane,
    threadTs: threadTs ?? undefined,
    ts: ts ?? undefined,
  }),
  confirmation: (row) =>
    has(row, 'nearMissId', 'personId') && {
      kind: 'confirmation',
      nearMissId: row.nearMissId,
      personId: row.personId,
    },
  home: (row) => has(row, 'personId') && { kind: 'home', personId: row.personId },
  digest_part: (row) => has(row, 'digestId', 'position') && { kind: 'digest_part', ...inDigest(row) },
  digest_change: (row) => has(row, 'digestId', 'position') && { kind: 'digest_change', ...inDigest(row) },
  preview_part: (row) =>
    has(row, 'digestId', 'position', 'personId') && { kind: 'preview_part', ...inPreview(row) },
  preview_change: (row) =>
    has(row, 'digestId', 'position', 'personId') && { kind: 'preview_change', ...inPreview(row) },
  preview_removal: (row) =>
    has(row, 'digestId', 'ts') && {
      kind: 'preview_removal',
      digestId: row.digestId,
      channelId: row.lane,
      ts: row.ts,
    },
  notice(row) {
    const notice = noticeOf(row);
    return has(row, 'personId') && notice !== undefined && { kind: 'notice', personId: row.personId, notice };
  },
};

type OfDigest = DbRow & { digestId: string; position: number };

const inDigest = ({ digestId, position, lane }: OfDigest) => ({ digestId, position, channelId: lane });
const inPreview = ({ digestId, position, personId }: OfDigest & { personId: string }) => ({
  digestId,
  position,
  personId,
});

const READ_NOTICE: { [S in Says]: (row: DbRow) => Notice<S> | false } = {
  card_refused: (row) => has(row, 'nearMissId') && { says: 'card_refused', nearMissId: row.nearMissId },
  card_asked: (row) => has(row, 'nearMissId') && { says: 'card_asked', nearMissId: row.nearMissId },
  card_stands: (row) =>
    has(row, 'nearMissId') && {
      says: 'card_stands',
      nearMissId: row.nearMissId,
      why: row.reason ?? undefined,
    },
  card_withheld: (row) =>
    has(row, 'nearMissId') && {
      says: 'card_withheld',
      nearMissId: row.nearMissId,
      why: row.reason ?? undefined,
    },
  left_out: (row) =>
    has(row, 'nearMissId', 'digestId') && {
      says: 'left_out',
      nearMissId: row.nearMissId,
      digestId: row.digestId,
    },
  wording: (row) => has(row, 'nearMissId') && { says: 'wording', nearMissId: row.nearMissId },
  channel_refused: () => ({ says: 'channel_refused' }),
  part_refused: (row) => has(row, 'digestId') && { says: 'part_refused', digestId: row.digestId },
  card_waits: () => ({ says: 'card_waits' }),
};

/** What a row of a notice says; undefined where it says nothing that is known. */
export function noticeOf(row: DbRow): Notice | undefined {
  if (row.says === null || !Object.hasOwn(READ_NOTICE, row.says)) return undefined;
  return READ_NOTICE[row.says](row) || undefined;
}

/**
 * A row in the terms of the domain; undefined for one that is of no kind.
 * @param others what else is said in the same message, of a notice.
 */
export function toRow(
  row: DbRow,
  work: OutboxRow['work'] = 'send',
  others: Notice[] = [],
): OutboxRow | undefined {
  const announcement = Object.hasOwn(READ, row.kind) && READ[row.kind](row);
  if (announcement === false) return undefined;
  const { seq, partId, teamId, attempts, createdAt, triedAt } = row;
  const progress = { seq, partId, teamId, work, attempts, createdAt, triedAt: triedAt ?? createdAt };
  return announcement.kind === 'notice'
    ? { ...announcement, ...progress, others }
    : { ...announcement, ...progress };
}
