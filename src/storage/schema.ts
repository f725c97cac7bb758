import type { Audience, ConversationKind, Tier } from '../domain/near-miss.ts';
import type { DeliveryState } from '../domain/outbox/delivery.ts';
import type { Kind } from '../domain/outbox/kinds.ts';
import type { Says } from '../domain/outbox/notices.ts';
import { type Reached, type SaveKind, type SignalKind } from '../domain/story/choices.ts';
import { type AnswerId } from '../domain/story/questions.ts';
import { foreignKey, index, integer, primaryKey, sql, sqliteTable, text, uniqueIndex } from './drizzle.ts';
import { IS_ONCE, IS_OPEN, MAY_WAIT } from './outbox/conditions.ts';

/*
 * Ids are random text, times UTC milliseconds, every row carries its workspace. Every table a capture writes
 * to is WITHOUT ROWID (added by hand in the migrations, drizzle cannot say it): a rowid counts up, and would
 * tell when somebody shared something without their name.
 */

/** A workspace the app works in, its settings (see `workspaces.ts`), and the counter its numbers come from. */
export const workspaces = sqliteTable('workspaces', {
  teamId: text('team_id').primaryKey(),
  name: text('name').notNull(),
  settings: text('settings').notNull().default('{}'),
  lastNumber: integer('last_number').notNull().default(0),
  /** Numbers up to that one which were given back, as JSON. */
  freeNumbers: text('free_numbers').notNull().default('[]'),
});

export const systems = sqliteTable(
  'systems',
  {
    id: text('id').primaryKey(),
    teamId: text('team_id').notNull(),
    key: text('key').notNull(),
    name: text('name').notNull(),
  },
  (table) => [uniqueIndex('systems_by_key').on(table.teamId, table.key)],
);

export const nearMisses = sqliteTable(
  'near_misses',
  {
    id: text('id').primaryKey(),
    teamId: text('team_id').notNull(),
    number: integer('number'),
    tier: text('tier').$type<Tier>().notNull(),
    audience: text('audience').$type<Audience>().notNull(),
    /** Null for an unattributed near-miss, always. */
    reporterId: text('reporter_id'),
    /** User ids as JSON; set for confidential near-misses. */
    stewardsThen: text('stewards_then').notNull().default('[]'),
    channelId: text('channel_id'),
    channelName: text('channel_name'),
    channelKind: text('channel_kind').$type<ConversationKind>(),
    capturedAt: integer('captured_at').notNull(),
    summary: text('summary').notNull(),
    systemId: text('system_id').references(() => systems.id),
    reached: text('reached').$type<Reached>(),
    toldAt: integer('told_at'),
    withdrawnAt: integer('withdrawn_at'),
    /** Where the card goes, and its message once Slack took it. */
    cardChannelId: text('card_channel_id'),
    cardThreadTs: text('card_thread_ts'),
    cardTs: text('card_ts'),
    /**
     * Whoever shared it was told before Save that people of another organisation will see its card. Of what was
     * saved before this was kept nobody knows: it counts as not told, so that nothing goes in front of outsiders
     * that was not for them. Where it was for them, its reporter hears why it is not shown.
     */
    cardForOutsiders: integer('card_for_outsiders').notNull().default(0),
    /** The digest it is in. */
    digestId: text('digest_id'),
    /** Older than the first digest goes back, or kept out by a steward: it is in none, and gets no card from one. */
    notForDigest: integer('not_for_digest').notNull().default(0),
  },
  (table) => [
    uniqueIndex('near_misses_by_number').on(table.teamId, table.number),
    index('near_misses_by_reporter').on(table.teamId, table.reporterId, table.capturedAt),
    index('near_misses_to_list')
      .on(table.teamId, table.capturedAt)
      .where(sql`number is not null and withdrawn_at is null`),
    index('near_misses_by_channel')
      .on(table.teamId, table.channelId)
      .where(sql`audience = 'channel' and number is not null and withdrawn_at is null`),
    index('near_misses_by_system').on(table.systemId),
    // What can never be published is not in here, so choosing costs what is chosen.
    index('near_misses_for_digest')
      .on(table.teamId, table.capturedAt)
      .where(
        sql`audience = 'everyone' and digest_id is null and not_for_digest = 0 and withdrawn_at is null`,
      ),
    index('near_misses_for_card')
      .on(table.teamId, table.capturedAt)
      .where(
        sql`audience = 'channel' and tier <> 'named' and card_channel_id is null and not_for_digest = 0 and withdrawn_at is null`,
      ),
    index('near_misses_by_digest').on(table.digestId).where(sql`digest_id is not null`),
    index('near_misses_without_number')
      .on(table.teamId, table.capturedAt)
      .where(sql`number is null and withdrawn_at is null`),
  ],
);

/** A reporter's own telling has the author `''`, whoever they are: their id stands in one place only. */
export const answers = sqliteTable(
  'answers',
  {
    teamId: text('team_id').notNull(),
    nearMissId: text('near_miss_id').notNull(),
    author: text('author').notNull(),
    question: text('question').$type<AnswerId>().notNull(),
    text: text('text').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.nearMissId, table.author, table.question] }),
    foreignKey({ columns: [table.nearMissId], foreignColumns: [nearMisses.id] }).onDelete('cascade'),
  ],
);

/** A steward looked up who shared one that shows no name, and why. */
export const looks = sqliteTable(
  'looks',
  {
    id: text('id').primaryKey(),
    teamId: text('team_id').notNull(),
    nearMissId: text('near_miss_id').notNull(),
    stewardId: text('steward_id').notNull(),
    line: text('line').notNull(),
    lookedAt: integer('looked_at').notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.nearMissId], foreignColumns: [nearMisses.id] }).onDelete('cascade'),
    index('looks_by_near_miss').on(table.nearMissId),
  ],
);

export const saves = sqliteTable(
  'saves',
  {
    teamId: text('team_id').notNull(),
    nearMissId: text('near_miss_id').notNull(),
    author: text('author').notNull(),
    position: integer('position').notNull(),
    text: text('text').notNull(),
    kind: text('kind').$type<SaveKind>(),
  },
  (table) => [
    primaryKey({ columns: [table.nearMissId, table.author, table.position] }),
    foreignKey({ columns: [table.nearMissId], foreignColumns: [nearMisses.id] }).onDelete('cascade'),
  ],
);

export const signals = sqliteTable(
  'signals',
  {
    teamId: text('team_id').notNull(),
    nearMissId: text('near_miss_id').notNull(),
    author: text('author').notNull(),
    kind: text('kind').$type<SignalKind>(),
    noticed: text('noticed'),
    seenWhere: text('seen_where'),
    tellsApart: text('tells_apart'),
  },
  (table) => [
    primaryKey({ columns: [table.nearMissId, table.author] }),
    foreignKey({ columns: [table.nearMissId], foreignColumns: [nearMisses.id] }).onDelete('cascade'),
  ],
);

export const keyPlayers = sqliteTable(
  'key_players',
  {
    teamId: text('team_id').notNull(),
    nearMissId: text('near_miss_id').notNull(),
    author: text('author').notNull(),
    personId: text('person_id').notNull(),
    madePossible: text('made_possible'),
  },
  (table) => [
    primaryKey({ columns: [table.nearMissId, table.author, table.personId] }),
    foreignKey({ columns: [table.nearMissId], foreignColumns: [nearMisses.id] }).onDelete('cascade'),
  ],
);

/** What others added under the promise that it stays in the channel: it does, also once everyone may read the story. */
export const channelTellings = sqliteTable(
  'channel_tellings',
  {
    teamId: text('team_id').notNull(),
    nearMissId: text('near_miss_id').notNull(),
    author: text('author').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.nearMissId, table.author] }),
    foreignKey({ columns: [table.nearMissId], foreignColumns: [nearMisses.id] }).onDelete('cascade'),
  ],
);

/**
 * What is on its way to Slack, written in the transaction of the fact it announces. It holds no words: they
 * are read when it is sent. It is in order of insertion, so nothing unattributed is ever put here by a capture.
 */
export const outbox = sqliteTable(
  'outbox',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    /** Random; goes along as message metadata, so that a message can be found again. Notices of one message share it. */
    partId: text('part_id').notNull(),
    teamId: text('team_id').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    nearMissId: text('near_miss_id'),
    /** Rows of one lane go out in order: where a message goes, or what a person gets of one sort. */
    lane: text('lane').notNull(),
    /** Whom it is for, where it is for a person. */
    personId: text('person_id'),
    /** For a message of a digest. */
    digestId: text('digest_id'),
    position: integer('position'),
    /** For a notice: what it says, and of a card that stands why it could not be changed, or shows no words. */
    says: text('says').$type<Says>(),
    reason: text('reason'),
    state: text('state').$type<DeliveryState>().notNull(),
    /** When it wants attention next; of one that is being sent, the end of its lease. */
    dueAt: integer('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    owner: text('owner'),
    /** An answer was begun that no history shows. */
    saidPrivately: integer('said_privately', { mode: 'boolean' }).notNull().default(false),
    /** Where it stands. */
    channelId: text('channel_id'),
    threadTs: text('thread_ts'),
    ts: text('ts'),
    /** Why it was not sent yet, or never will be. */
    why: text('why'),
    createdAt: integer('created_at').notNull(),
    triedAt: integer('tried_at'),
  },
  (table) => [
    index('outbox_open').on(table.dueAt).where(IS_OPEN),
    index('outbox_by_lane').on(table.lane, table.seq).where(IS_OPEN),
    index('outbox_pace').on(table.teamId, table.lane, table.triedAt).where(sql`tried_at is not null`),
    index('outbox_undelivered').on(table.teamId).where(MAY_WAIT),
    index('outbox_by_near_miss').on(table.nearMissId),
    uniqueIndex('outbox_parts').on(table.partId).where(sql`kind <> 'notice'`),
    uniqueIndex('outbox_once').on(table.kind, table.nearMissId).where(IS_ONCE),
  ],
);
