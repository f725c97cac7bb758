import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import SQLite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { type OutboxRow } from '../../src/domain/outbox/outbox-row.ts';
import type { Storage } from '../../src/domain/storage.ts';
import { connect } from '../../src/storage/database.ts';
import { DatabaseUnusable } from '../../src/storage/database-unusable.ts';
import * as schema from '../../src/storage/schema.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { botOnTheWire } from '../support/bot-on-the-wire.ts';
import { cards, settled } from '../support/outbox.ts';
import { dmOf } from '../support/screen.ts';
import { temporaryFolder } from '../support/workspace.ts';

type Entry = { tag: string; when: number };
const { entries }: { entries: Entry[] } = JSON.parse(readFileSync('migrations/meta/_journal.json', 'utf8'));

const statementsOf = ({ tag }: Entry) =>
  readFileSync(`migrations/${tag}.sql`, 'utf8').split('--> statement-breakpoint');

/** A database as the version with only the first `count` migrations left it. */
function databaseAfter(count: number): string {
  const path = join(temporaryFolder(), 'nearmiss.db');
  const database = new SQLite(path);
  database.exec(
    'create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)',
  );
  const note = database.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)');
  for (const entry of entries.slice(0, count)) {
    for (const statement of statementsOf(entry)) database.exec(statement);
    note.run(entry.tag, entry.when);
  }
  database.close();
  return path;
}

function opened(path: string): SQLite.Database {
  const { sqlite } = connect(path, randomUUID);
  onTestFinished(() => void sqlite.close());
  return sqlite;
}

function schemaOf(database: SQLite.Database): string[] {
  return database
    .prepare<[], { line: string }>(
      "select type || ' ' || name as line from sqlite_schema where name not like 'sqlite_%' order by type desc, name",
    )
    .all()
    .map(({ line }) => line);
}

test('from nothing, the schema is this', () => {
  expect(schemaOf(opened(join(temporaryFolder(), 'new', 'nearmiss.db')))).toMatchInlineSnapshot(`
    [
      "table __drizzle_migrations",
      "table adoptions",
      "table answers",
      "table channel_tellings",
      "table digest_definitions",
      "table digest_lines",
      "table digest_parts",
      "table digest_previews",
      "table digests",
      "table key_players",
      "table looks",
      "table near_misses",
      "table outbox",
      "table presses",
      "table saves",
      "table signals",
      "table systems",
      "table wordings",
      "table workspaces",
      "index adoptions_by_digest",
      "index adoptions_untold",
      "index digest_definitions_by_team",
      "index digest_parts_by_near_miss",
      "index digests_by_week",
      "index digests_closed",
      "index digests_open",
      "index looks_by_near_miss",
      "index near_misses_by_channel",
      "index near_misses_by_digest",
      "index near_misses_by_number",
      "index near_misses_by_reporter",
      "index near_misses_by_system",
      "index near_misses_for_card",
      "index near_misses_for_digest",
      "index near_misses_to_list",
      "index near_misses_without_number",
      "index outbox_by_lane",
      "index outbox_by_near_miss",
      "index outbox_once",
      "index outbox_open",
      "index outbox_pace",
      "index outbox_parts",
      "index outbox_undelivered",
      "index systems_by_key",
    ]
  `);
});

test.each(entries.map(({ tag }, at) => [tag, at] as const))(
  'from before %s it comes to the same schema',
  (_tag, count) => {
    expect(schemaOf(opened(databaseAfter(count)))).toEqual(schemaOf(opened(databaseAfter(entries.length))));
  },
);

test('what was in a database of the first version is all there after its update, and foreign keys hold again', () => {
  const path = databaseAfter(1);
  const before = new SQLite(path);
  before.exec(`
    insert into workspaces values ('T1', 'Acme', '{"stewards":["U_AMIRA"]}', 7);
    insert into systems values ('s1', 'T1', 'invoices', 'Invoices');
    insert into near_misses (id, team_id, number, tier, audience, reporter_id, captured_at, summary, system_id, card_channel_id, card_ts)
      values ('n1', 'T1', 7, 'named', 'everyone', 'U_MARIA', 1000, 'The rates were wrong', 's1', 'C1', '17.1');
    insert into answers values ('T1', 'n1', '', 'closeness', 'One hour');
    insert into saves values ('T1', 'n1', '', 0, 'Ten by hand', 'luck');
    insert into signals values ('T1', 'n1', '', 'alert', 'The total', null, null);
    insert into key_players values ('T1', 'n1', '', 'U_JON', 'Could stop it');
    insert into outbox (part_id, team_id, kind, near_miss_id, lane, state, due_at, lease_until, owner, created_at, tried_at)
      values ('p1', 'T1', 'card', 'n1', 'C1', 'sent', 1000, null, null, 1000, 1000),
             ('p2', 'T1', 'card_change', 'n1', 'C1', 'sending', 1000, 31000, 'other', 1000, 1000);
  `);
  const kept = (database: SQLite.Database) =>
    Object.fromEntries(
      ['workspaces', 'systems', 'near_misses', 'answers', 'saves', 'signals', 'key_players'].map((table) => [
        table,
        database.prepare(`select * from ${table}`).all(),
      ]),
    );
  const was = kept(before);
  before.close();
  const after = opened(path);
  expect(kept(after)).toMatchObject(was);
  expect(after.prepare('select part_id, kind, state, due_at, owner from outbox order by seq').all()).toEqual([
    { part_id: 'p1', kind: 'card', state: 'sent', due_at: 1000, owner: null },
    { part_id: 'p2', kind: 'card_change', state: 'sending', due_at: 31_000, owner: 'other' },
  ]);
  expect(after.pragma('foreign_key_check')).toEqual([]);
  expect(after.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(after.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('what others had added to one for a channel counts as promised to stay there', () => {
  const path = databaseAfter(4);
  const before = new SQLite(path);
  before.exec(`
    insert into near_misses (id, team_id, tier, audience, captured_at, summary)
      values ('n1', 'T1', 'named', 'channel', 1, 'for few'), ('n2', 'T1', 'named', 'everyone', 1, 'for all');
    insert into answers values ('T1', 'n1', '', 'closeness', 'One hour'), ('T1', 'n1', 'U_JON', 'closeness', 'Two'),
      ('T1', 'n2', 'U_JON', 'closeness', 'Two');
    insert into saves values ('T1', 'n1', 'U_JON', 0, 'Ten by hand', null), ('T1', 'n1', 'U_SAM', 0, 'Twenty', null);
    insert into signals values ('T1', 'n1', 'U_AMIRA', 'alert', null, null, null);
  `);
  before.close();
  const stay = opened(path).prepare('select * from channel_tellings order by author').all();
  expect(stay).toEqual(
    ['U_AMIRA', 'U_JON', 'U_SAM'].map((author) => ({ team_id: 'T1', near_miss_id: 'n1', author })),
  );
});

test('a digest that was set up before goes on, and what takes its previews away is known as that', async () => {
  const path = databaseAfter(4);
  const before = new SQLite(path);
  before.exec(`
    insert into workspaces values ('T1', 'Acme', '{"stewards":["U1"],"digest":{"channelId":"C1","channelName":"learning","since":1000,"weekday":1,"minutes":570,"zone":"UTC","quietWeek":"nothing","replies":30}}', 0);
    insert into workspaces values ('T2', 'Other', '{}', 0);
    insert into digests (id, team_id, state, from_at, closed_at, publish_at, zone, channel_id, replies)
      values ('d1', 'T1', 'published', 1, 2, 3, 'UTC', 'C1', 30);
    insert into digest_previews values ('d1', 'U1', 0, 'D1', '17.1');
    insert into outbox (part_id, team_id, kind, lane, channel_id, ts, state, due_at, created_at)
      values ('p1', 'T1', 'card_removal', 'D1', 'D1', '17.1', 'refused', 1, 1),
             ('p2', 'T1', 'card_removal', 'C1', 'C1', '18.1', 'refused', 1, 1);
  `);
  before.close();
  const storage = openStorage(path, randomUUID);
  onTestFinished(() => storage.close());
  expect((await storage.workspaces.settings('T1')).digest).toMatchObject({ since: 1000, setUpAt: 1000 });
  expect((await storage.workspaces.settings('T2')).digest).toBeUndefined();
  expect(await storage.outbox.undelivered('T1')).toMatchObject([{ about: 'removal', channelId: 'C1' }]);
});

type Columns = Record<string, string | number>;

const ofCard = { near_miss_id: 'n', lane: 'C' };
const toReporter = { near_miss_id: 'n', person_id: 'U', lane: 'person:U' };
const toSteward = { person_id: 'U', lane: 'person:U' };
const ofDigest = { digest_id: 'd', position: 2, lane: 'C' };
const ofPreview = { digest_id: 'd', position: 1, person_id: 'U', lane: 'preview:U' };
const notice = (says: string, about: object = {}) => ({
  kind: 'notice',
  personId: 'U',
  notice: { says, ...about },
});

/** What was sent before there was one table of it: the old kind, what it was about, and what it is now. */
const BEFORE: [kind: string, about: Columns, is: object][] = [
  ['card', ofCard, { kind: 'card', nearMissId: 'n', channelId: 'C' }],
  ['card_change', ofCard, { kind: 'card_change', nearMissId: 'n', channelId: 'C' }],
  [
    'card_removal',
    { lane: 'C', channel_id: 'C', thread_ts: '1.0', ts: '1.1' },
    { kind: 'card_removal', channelId: 'C', threadTs: '1.0', ts: '1.1' },
  ],
  [
    'card_removal',
    { lane: 'D', channel_id: 'D', ts: '1.2', digest_id: 'd' },
    { kind: 'preview_removal', digestId: 'd', channelId: 'D', ts: '1.2' },
  ],
  [
    'confirmation',
    { near_miss_id: 'n', person_id: 'U', lane: 'confirmation:n' },
    { kind: 'confirmation', nearMissId: 'n', personId: 'U' },
  ],
  ['home', { person_id: 'U', lane: 'home:U' }, { kind: 'home', personId: 'U' }],
  ['digest_part', ofDigest, { kind: 'digest_part', digestId: 'd', position: 2, channelId: 'C' }],
  ['digest_change', ofDigest, { kind: 'digest_change', digestId: 'd', position: 2, channelId: 'C' }],
  ['preview_part', ofPreview, { kind: 'preview_part', digestId: 'd', position: 1, personId: 'U' }],
  ['preview_change', ofPreview, { kind: 'preview_change', digestId: 'd', position: 1, personId: 'U' }],
  ['card_refused', toReporter, notice('card_refused', { nearMissId: 'n' })],
  ['question', toReporter, notice('card_asked', { nearMissId: 'n' })],
  [
    'card_stands',
    { ...toReporter, why: 'is_archived' },
    notice('card_stands', { nearMissId: 'n', why: 'is_archived' }),
  ],
  ['left_out', { ...toReporter, digest_id: 'd' }, notice('left_out', { nearMissId: 'n', digestId: 'd' })],
  ['wording', toReporter, notice('wording', { nearMissId: 'n' })],
  ['channel_refused', toSteward, notice('channel_refused')],
  ['part_refused', { ...toSteward, digest_id: 'd' }, notice('part_refused', { digestId: 'd' })],
  ['letter_waits', toSteward, notice('card_waits')],
];

/** Slack may have it already, and it is not to be sent twice; what is of other kinds may simply be sent again. */
const NOT_TWICE = ['card', 'confirmation', 'digest_part', 'preview_part', 'notice'];

/** A database of the version before, with these rows in its outbox. */
function withRows(outbox: Columns[]): string {
  const path = databaseAfter(9);
  const before = new SQLite(path);
  for (const [at, row] of outbox.entries()) {
    const columns = { part_id: `part ${at}`, team_id: 'T1', due_at: 1, created_at: 1, tried_at: 1, ...row };
    const values = Object.keys(columns).map(() => '?');
    before
      .prepare(`insert into outbox (${Object.keys(columns).join()}) values (${values.join()})`)
      .run(...Object.values(columns));
  }
  before.close();
  return path;
}

/** Everything that can be taken, by its part. Each is settled, so that the next of its lane can be. */
async function claimedFrom(storage: Storage): Promise<Map<string, OutboxRow>> {
  const taken = new Map<string, OutboxRow>();
  for (;;) {
    const row = await storage.outbox.claim({ owner: 'me', now: 2000, leaseUntil: 3000, betweenMs: 0 });
    if (row === undefined) return taken;
    taken.set(row.partId, row);
    await storage.outbox.settle(row, 'me', { state: 'refused' });
  }
}

/** The store on a file of the version before, with one of each in this state, and what can be taken from there. */
async function updatedWith(state: string) {
  // Those of one person were tried before: they do not go as one message now.
  const path = withRows(
    BEFORE.map(([kind, about]) => ({ kind, state, owner: 'before', attempts: 1, ...about })),
  );
  const storage = openStorage(path, randomUUID);
  onTestFinished(() => storage.close());
  const taken = await claimedFrom(storage);
  return { taken, states: opened(path).prepare('select state from outbox').pluck().all() };
}

test.each(['asked', 'sent', 'refused'])(
  'of every kind there was, what is %s when the app is updated stays so, and is not sent again',
  async (state) => {
    const { taken, states } = await updatedWith(state);
    expect(taken).toEqual(new Map());
    expect(states).toEqual(BEFORE.map(() => state));
  },
);

test.each(['pending', 'sending', 'unsure'])(
  'of every kind there was, what is %s when the app is updated is neither lost nor sent twice',
  async (state) => {
    const { taken } = await updatedWith(state);
    for (const [at, [_kind, _about, is]] of BEFORE.entries()) {
      const row = taken.get(`part ${at}`);
      const again = state === 'pending' || (state === 'sending' && !NOT_TWICE.includes(row?.kind ?? ''));
      expect(row).toMatchObject({ ...is, work: again ? 'send' : 'look', attempts: 2 });
    }
  },
);

test('what was hidden in a reason is a state after the update', () => {
  const path = withRows([
    { kind: 'card', near_miss_id: 'n1', lane: 'C', state: 'sent', why: 'missing_scope' },
    { kind: 'card', near_miss_id: 'n2', lane: 'C', state: 'sent', ts: '1.1' },
    { kind: 'digest_part', ...ofDigest, state: 'unsure', why: 'let go' },
    { kind: 'digest_part', ...ofDigest, state: 'sending', why: 'let go' },
    { kind: 'digest_part', ...ofDigest, state: 'unsure', why: 'timeout' },
  ]);
  const states = opened(path).prepare('select state from outbox order by seq').pluck().all();
  expect(states).toEqual(['believed', 'sent', 'let_go', 'let_go', 'unsure']);
});

/** A card that waits since before it was kept what its reporter was told. */
function cardFromBefore(): string {
  const path = databaseAfter(10);
  const before = new SQLite(path);
  before.exec(`
    insert into workspaces values ('T1', 'Acme', '{}', 1);
    insert into near_misses (id, team_id, number, tier, audience, reporter_id, channel_id, channel_name, channel_kind, captured_at, summary, told_at, card_channel_id)
      values ('n1', 'T1', 1, 'named', 'everyone', 'U0MARIA000', 'C1', 'with-partner', 'public', 1000, 'The rates were wrong', 2000, 'C1');
    insert into saves values ('T1', 'n1', '', 0, 'Ten by hand', 'luck');
    insert into outbox (part_id, team_id, kind, near_miss_id, lane, state, due_at, created_at)
      values ('p1', 'T1', 'card', 'n1', 'C1', 'pending', 1000, 1000);
  `);
  before.close();
  return path;
}

test('of what was shared before nobody knows who was told of outsiders: nobody was, and nothing is lost', async () => {
  const path = cardFromBefore();
  const near = 'select id, number, summary, told_at, card_channel_id from near_misses';
  const outside = new SQLite(path);
  const was = outside.prepare(near).all();
  outside.close();
  const after = opened(path);
  expect(after.prepare(near).all()).toEqual(was);
  expect(after.prepare('select card_for_outsiders from near_misses').pluck().all()).toEqual([0]);
  expect(after.prepare('select text from saves').pluck().all()).toEqual(['Ten by hand']);
  expect(after.pragma('foreign_key_check')).toEqual([]);
  expect(() => after.prepare('select rowid from near_misses'), 'its order would tell').toThrow(
    'no such column',
  );
  const storage = openStorage(path, randomUUID);
  onTestFinished(() => storage.close());
  expect((await storage.nearMisses.byId('T1', 'n1'))?.cardForOutsiders).toBeUndefined();
});

test.each([
  [true, []],
  [false, ['Near-miss NM-1: The rates were wrong']],
])('a card that waits since before goes where nobody else is (shared: %s)', async (isExtShared, posted) => {
  const bot = await botOnTheWire({
    team: { id: 'T1' },
    channels: [{ name: 'with-partner', id: 'C1', members: ['maria', 'jon'], app: true, isExtShared }],
  });
  await bot.stop();
  copyFileSync(cardFromBefore(), bot.config.databasePath);
  await bot.restart();
  await settled(bot);
  expect(cards(bot, 'with-partner')).toEqual(posted);
  if (isExtShared) await dmOf(bot, 'maria', 'as far as the app knows you were not told so');
});

test('every column the code knows is there', () => {
  const { sqlite, db } = connect(join(temporaryFolder(), 'nearmiss.db'), randomUUID);
  onTestFinished(() => void sqlite.close());
  for (const table of Object.values(schema)) expect(db.select().from(table).all()).toEqual([]);
});

test('an update that would leave rows pointing nowhere is not made at all', () => {
  const path = databaseAfter(1);
  const broken = new SQLite(path);
  broken.pragma('foreign_keys = OFF');
  broken.exec("insert into saves values ('T1', 'nowhere', '', 0, 'Ten by hand', null)");
  const before = schemaOf(broken);
  expect(() => connect(path, randomUUID)).toThrow(
    'The database has rows that point nowhere after its update; nothing was changed. Please restore a backup or report this.',
  );
  expect(schemaOf(broken)).toEqual(before);
  broken.close();
});

test('a database of newer code is refused and left as it is', () => {
  const path = databaseAfter(entries.length);
  const database = new SQLite(path);
  const later = (entries.at(-1)?.when ?? 0) + 1;
  database.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run('later', later);
  const before = schemaOf(database);
  expect(() => connect(path, randomUUID)).toThrow(DatabaseUnusable);
  expect(() => connect(path, randomUUID)).toThrow('made by a newer version of the app');
  expect(schemaOf(database)).toEqual(before);
  database.close();
});

test.each(entries.slice(0, -1).map(({ tag, when }) => [tag, when] as const))(
  'a database that lacks %s and has later updates is refused and left as it is',
  (_tag, when) => {
    const path = databaseAfter(entries.length);
    const database = new SQLite(path);
    database.prepare('delete from __drizzle_migrations where created_at = ?').run(when);
    const before = schemaOf(database);
    expect(() => connect(path, randomUUID)).toThrow(DatabaseUnusable);
    expect(() => connect(path, randomUUID)).toThrow('lacks an update from before its last one');
    expect(schemaOf(database)).toEqual(before);
    database.close();
  },
);

test('a database with an update between others that this version does not know is refused, too', () => {
  const path = databaseAfter(entries.length);
  const database = new SQLite(path);
  const between = (entries.at(-2)?.when ?? 0) + 1;
  database.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run('other', between);
  expect(() => connect(path, randomUUID)).toThrow('made by a newer version of the app');
  database.close();
});

test('updates follow one another: one that was written earlier and came later would be a gap', () => {
  const stamps = entries.map(({ when }) => when);
  expect(stamps).toEqual(stamps.toSorted((one, other) => one - other));
  expect(new Set(stamps).size).toBe(stamps.length);
});

test('opening again changes nothing and applies nothing twice', () => {
  const path = databaseAfter(0);
  const applied = (database: SQLite.Database) =>
    database.prepare('select created_at from __drizzle_migrations').all();
  const first = applied(opened(path));
  expect(first).toEqual(entries.map(({ when }) => ({ created_at: when })));
  expect(applied(opened(path))).toEqual(first);
});

test('several processes that open a new database at once all get to work on it', async () => {
  const path = join(temporaryFolder(), 'nearmiss.db');
  const program = `
    import { openStorage } from ${JSON.stringify(new URL('../../src/storage/storage.ts', import.meta.url).href)};
    const storage = openStorage(process.argv[1], () => 'id');
    await storage.workspaces.remember({ teamId: String(process.pid), name: 'Acme' });
    storage.close();
  `;
  const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, path]);
  await Promise.all([start(), start(), start(), start()]);
  const database = opened(path);
  expect(database.prepare('select count(*) as n from workspaces').get()).toEqual({ n: 4 });
  expect(database.prepare('select count(*) as n from __drizzle_migrations').get()).toEqual({
    n: entries.length,
  });
});
