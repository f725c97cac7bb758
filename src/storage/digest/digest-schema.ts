import type { DigestSettings } from '../../domain/digest/digest.ts';
import type { DigestState, Press, Wording } from '../../domain/digest/kept-digest.ts';
import type { Part } from '../../domain/digest/parts.ts';
import type { Audience } from '../../domain/near-miss.ts';
import { foreignKey, index, integer, primaryKey, sql, sqliteTable, text, uniqueIndex } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';

/* The tables of the digest, under the rules of `schema.ts`. */

/**
 * A digest as it is set up: its channel, its day, for whom. A workspace has one for now. `sharedOutside`: people of
 * other organisations were in the channel when it was chosen.
 */
export const digestDefinitions = sqliteTable(
  'digest_definitions',
  {
    id: text('id').primaryKey(),
    teamId: text('team_id').notNull(),
    audience: text('audience').$type<Audience>().notNull(),
    channelId: text('channel_id').notNull(),
    channelName: text('channel_name').notNull(),
    sharedOutside: integer('shared_outside', { mode: 'boolean' }).notNull(),
    weekday: integer('weekday').notNull(),
    minutes: integer('minutes').notNull(),
    zone: text('zone').notNull(),
    previewMinutes: integer('preview_minutes'),
    quietWeek: text('quiet_week').$type<DigestSettings['quietWeek']>().notNull(),
    replies: integer('replies').notNull(),
    setUpAt: integer('set_up_at').notNull(),
    since: integer('since').notNull(),
  },
  (table) => [index('digest_definitions_by_team').on(table.teamId)],
);

/**
 * One digest: the definition it is one of, the period it covers, and how far it is. `sharedOutside`: its channel was
 * chosen knowing that people of other organisations are in it.
 */
export const digests = sqliteTable(
  'digests',
  {
    id: text('id').primaryKey(),
    teamId: text('team_id').notNull(),
    definitionId: text('definition_id').notNull().default(''),
    week: text('week'),
    state: text('state').$type<DigestState>().notNull(),
    fromAt: integer('from_at').notNull(),
    closedAt: integer('closed_at').notNull(),
    publishAt: integer('publish_at').notNull(),
    previewDueAt: integer('preview_due_at'),
    zone: text('zone').notNull(),
    channelId: text('channel_id').notNull(),
    sharedOutside: integer('shared_outside', { mode: 'boolean' }).notNull().default(false),
    replies: integer('replies').notNull(),
    decidedBy: text('decided_by'),
    decision: text('decision'),
  },
  (table) => [
    uniqueIndex('digests_by_week').on(table.teamId, table.definitionId, table.week),
    index('digests_closed').on(table.teamId, table.closedAt),
    index('digests_open').on(table.teamId, table.publishAt).where(sql`state in ('preview', 'held')`),
  ],
);

/** The messages of a digest in order, as they were chosen when it closed, and where each stands. */
export const digestParts = sqliteTable(
  'digest_parts',
  {
    teamId: text('team_id').notNull(),
    digestId: text('digest_id').notNull(),
    position: integer('position').notNull(),
    kind: text('kind').$type<Part['kind']>().notNull(),
    nearMissId: text('near_miss_id'),
    ts: text('ts'),
  },
  (table) => [
    primaryKey({ columns: [table.digestId, table.position] }),
    foreignKey({ columns: [table.digestId], foreignColumns: [digests.id] }).onDelete('cascade'),
    index('digest_parts_by_near_miss').on(table.nearMissId),
  ],
);

/** Where a preview stands in a steward's direct messages, to be taken away again. */
export const digestPreviews = sqliteTable(
  'digest_previews',
  {
    teamId: text('team_id').notNull(),
    digestId: text('digest_id').notNull(),
    personId: text('person_id').notNull(),
    position: integer('position').notNull(),
    channelId: text('channel_id').notNull(),
    ts: text('ts').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.digestId, table.personId, table.position] }),
    foreignKey({ columns: [table.digestId], foreignColumns: [digests.id] }).onDelete('cascade'),
  ],
);

/** Who left a story out, and what they wrote to whoever shared it; nothing where nobody knows who did. */
export const digestLines = sqliteTable(
  'digest_lines',
  {
    teamId: text('team_id').notNull(),
    digestId: text('digest_id').notNull(),
    nearMissId: text('near_miss_id').notNull(),
    stewardId: text('steward_id').notNull(),
    line: text('line').notNull(),
    forGood: integer('for_good', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.digestId, table.nearMissId] }),
    foreignKey({ columns: [table.nearMissId], foreignColumns: [nearMisses.id] }).onDelete('cascade'),
  ],
);

/** Words a steward proposes for a story in the digest, and what its reporter said. */
export const wordings = sqliteTable(
  'wordings',
  {
    teamId: text('team_id').notNull(),
    nearMissId: text('near_miss_id').primaryKey(),
    stewardId: text('steward_id').notNull(),
    wording: text('wording').notNull(),
    state: text('state').$type<Wording['state']>().notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.nearMissId], foreignColumns: [nearMisses.id] }).onDelete('cascade'),
  ],
);

/** One press of each kind per person; only the number is ever shown. */
export const presses = sqliteTable(
  'presses',
  {
    teamId: text('team_id').notNull(),
    nearMissId: text('near_miss_id').notNull(),
    press: text('press').$type<Press>().notNull(),
    personId: text('person_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.nearMissId, table.press, table.personId] }),
    foreignKey({ columns: [table.nearMissId], foreignColumns: [nearMisses.id] }).onDelete('cascade'),
  ],
);

/** Another team saying "we use this now", and the digest that told about it. */
export const adoptions = sqliteTable(
  'adoptions',
  {
    teamId: text('team_id').notNull(),
    nearMissId: text('near_miss_id').notNull(),
    personId: text('person_id').notNull(),
    team: text('team').notNull(),
    sentence: text('sentence').notNull(),
    adoptedAt: integer('adopted_at').notNull(),
    digestId: text('digest_id'),
  },
  (table) => [
    primaryKey({ columns: [table.nearMissId, table.personId] }),
    foreignKey({ columns: [table.nearMissId], foreignColumns: [nearMisses.id] }).onDelete('cascade'),
    index('adoptions_untold').on(table.teamId).where(sql`digest_id is null`),
    index('adoptions_by_digest').on(table.digestId).where(sql`digest_id is not null`),
  ],
);
