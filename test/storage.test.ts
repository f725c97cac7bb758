import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Submission, toCapture } from '../src/domain/capture.ts';
import { EMPTY_TELLING, type Telling } from '../src/domain/near-miss.ts';
import type { Storage } from '../src/domain/storage.ts';
import { connect } from '../src/storage/database.ts';
import { openStorage } from '../src/storage/storage.ts';
import { temporaryFolder } from './office.ts';

const TEAM = 'T1';
const NOW = Date.UTC(2026, 9, 14, 21, 40, 7);
const DAY = Date.UTC(2026, 9, 14);

let path: string;
let storage: Storage;

beforeEach(async () => {
  path = join(temporaryFolder(), 'nearmiss.db');
  storage = openStorage(path, randomUUID);
  onTestFinished(() => storage.close());
  await storage.workspaces.remember({ teamId: TEAM, name: 'Acme' });
});

/** A second connection to the same file, as another program has it. */
function outside(): SQLite.Database {
  const database = new SQLite(path);
  onTestFinished(() => void database.close());
  return database;
}

function submission(changes: Partial<Submission> = {}): Submission {
  return {
    id: randomUUID(),
    teamId: TEAM,
    personId: 'U_MARIA',
    summary: 'The rates were wrong',
    system: 'Invoices',
    tier: 'named',
    audience: 'everyone',
    wantsCard: true,
    conversation: { id: 'C_OPS', name: 'ops', kind: 'public' },
    threadTs: '1771020012.345678',
    stewards: [],
    ...changes,
  };
}

function capture(changes: Partial<Submission> = {}, now = NOW) {
  return storage.nearMisses.capture(toCapture(submission(changes), now), now, now + 600_000);
}

const told: Telling = {
  saves: [{ text: 'Ten are opened by hand', kind: 'luck' }, { text: 'The stop button' }],
  signal: { kind: 'feeling', noticed: 'The total', where: 'On the screen', tellsApart: 'yes' },
  keyPlayers: [{ personId: 'U_JON', madePossible: 'Can stop it' }],
  answers: { closeness: 'One hour', expected: 'Green' },
};

test('a commit is on the disk before it counts: FULL after opening, after a write and after opening again', async () => {
  for (const name of ['Opened', 'Opened again']) {
    const connection = connect(path, randomUUID);
    const synchronous = () => connection.sqlite.pragma('synchronous', { simple: true });
    expect(connection.sqlite.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(synchronous()).toBe(2);
    connection.write(() => connection.sqlite.prepare('update workspaces set name = ?').run(name));
    expect(synchronous()).toBe(2);
    connection.sqlite.close();
  }
});

test('foreign keys hold, what is deleted is overwritten, and nobody waits longer than a second', () => {
  const { sqlite } = connect(path, randomUUID);
  onTestFinished(() => void sqlite.close());
  expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(sqlite.pragma('secure_delete', { simple: true })).toBe(1);
  expect(sqlite.pragma('busy_timeout', { simple: true })).toBeLessThanOrEqual(1000);
  const orphan = sqlite.prepare("insert into saves values ('T1', 'nowhere', '', 0, 'text', null)");
  expect(() => orphan.run()).toThrow('FOREIGN KEY');
});

test('while another program writes, a write waits its turn at its beginning and fails after it; reading goes on', async () => {
  const { sqlite, write } = connect(path, randomUUID);
  onTestFinished(() => void sqlite.close());
  const other = outside();
  other.exec('begin immediate');
  await expect(capture()).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
  await expect(storage.lists.sharedBy(TEAM, 'U_MARIA', 5)).resolves.toEqual([]);
  const onlyReading = () => write(() => sqlite.prepare('select * from workspaces').all());
  expect(onlyReading).toThrow('database is locked');
  other.exec("update workspaces set name = 'Other'; commit");
  await expect(capture()).resolves.toEqual({ number: 1 });
});

test('a capture comes back as it was told', async () => {
  const mine = submission();
  await capture(mine);
  await storage.nearMisses.tell({
    teamId: TEAM,
    id: mine.id,
    change: () => told,
    reached: 'briefly',
    toldAt: NOW + 5,
    now: NOW + 5,
  });
  const added = { ...EMPTY_TELLING, answers: { practice: 'Compare one number' } };
  await storage.nearMisses.tell({
    teamId: TEAM,
    id: mine.id,
    authorId: 'U_JON',
    change: () => added,
    now: NOW + 9,
  });
  expect(await storage.nearMisses.byNumber(TEAM, 1)).toEqual({
    id: mine.id,
    teamId: TEAM,
    number: 1,
    tier: 'named',
    audience: 'everyone',
    reporterId: 'U_MARIA',
    stewardsThen: [],
    conversation: { id: 'C_OPS', name: 'ops', kind: 'public' },
    capturedAt: NOW,
    summary: 'The rates were wrong',
    system: 'Invoices',
    reached: 'briefly',
    toldAt: NOW + 5,
    withdrawnAt: undefined,
    card: { channelId: 'C_OPS', threadTs: '1771020012.345678', ts: undefined },
    told,
    added: [{ authorId: 'U_JON', ...added }],
  });
});

test('what one author tells at once in two windows is kept, both of it, and so is whether it reached anyone', async () => {
  const mine = submission();
  await capture(mine);
  const of = { teamId: TEAM, id: mine.id, now: NOW };
  const answer = (question: 'closeness' | 'expected', words: string) => (before: Telling) => ({
    ...before,
    answers: { ...before.answers, [question]: words },
  });
  await Promise.all([
    storage.nearMisses.tell({ ...of, change: answer('closeness', 'One hour'), reached: 'briefly' }),
    storage.nearMisses.tell({ ...of, change: answer('expected', 'Green') }),
  ]);
  const kept = { told: { answers: { closeness: 'One hour', expected: 'Green' } }, reached: 'briefly' };
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject(kept);
  const nothingNew = (before: Telling) => before;
  expect(await storage.nearMisses.tell({ ...of, change: nothingNew })).toMatchObject({ nearMiss: kept });
  expect(await storage.nearMisses.tell({ ...of, change: nothingNew, reached: null })).toMatchObject({
    nearMiss: { reached: undefined },
  });
});

test('a submission that comes three times is one near-miss with one number, and the later words win', async () => {
  const mine = submission();
  expect(await capture(mine)).toEqual({ number: 1 });
  expect(await capture({ ...mine, summary: 'The rates were last year’s' })).toEqual({ number: 1 });
  expect(await capture({ ...mine, summary: 'The rates were last year’s', system: 'Phones' })).toEqual({
    number: 1,
  });
  expect(await capture()).toEqual({ number: 2 });
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({
    summary: 'The rates were last year’s',
    system: 'Phones',
  });
  const rows = outside().prepare('select count(*) as n from near_misses').get();
  expect(rows).toEqual({ n: 2 });
});

test('a submission that fails uses no number and leaves nothing behind', async () => {
  const other = outside();
  other.exec("create trigger full before insert on outbox begin select raise(fail, 'no room'); end");
  await expect(capture()).rejects.toThrow('no room');
  for (const table of ['near_misses', 'systems', 'outbox'])
    expect(other.prepare(`select * from ${table}`).all()).toEqual([]);
  other.exec('drop trigger full');
  expect(await capture()).toEqual({ number: 1 });
});

test('a workspace nobody knows has no numbers to give', async () => {
  await expect(capture({ teamId: 'T_OTHER' })).rejects.toThrow('not known yet');
});

test('a near-miss is found in its own workspace only', async () => {
  await storage.workspaces.remember({ teamId: 'T2', name: 'Other' });
  const mine = submission();
  await capture(mine);
  expect(await storage.nearMisses.byId('T2', mine.id)).toBeUndefined();
  expect(await storage.nearMisses.byNumber('T2', 1)).toBeUndefined();
  await storage.nearMisses.withdraw({ teamId: 'T2', id: mine.id, now: NOW });
  await storage.nearMisses.reword({ teamId: 'T2', id: mine.id, summary: 'Taken over', now: NOW });
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({
    summary: 'The rates were wrong',
    withdrawnAt: undefined,
  });
  expect(await storage.lists.sharedBy('T2', 'U_MARIA', 5)).toEqual([]);
});

test('what turns unattributed keeps no person, no thread, no number and no time finer than the day', async () => {
  const mine = submission();
  await capture(mine);
  await storage.nearMisses.tell({
    teamId: TEAM,
    id: mine.id,
    change: () => told,
    toldAt: NOW + 5,
    now: NOW + 5,
  });
  const change = toCapture({ ...mine, tier: 'unattributed' }, NOW);
  expect(await storage.nearMisses.changeWhoCanSee(change, NOW + 9)).toEqual({});
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({
    number: undefined,
    reporterId: undefined,
    capturedAt: DAY,
    toldAt: DAY,
    card: undefined,
    told: { ...told, keyPlayers: [] },
  });
  const database = outside();
  const everything = database
    .prepare<[], { name: string }>("select name from sqlite_schema where type = 'table' and name <> 'outbox'")
    .all()
    .map(({ name }) => JSON.stringify(database.prepare(`select * from "${name}"`).all()))
    .join();
  for (const trace of ['U_MARIA', 'U_JON', '1771020012', String(NOW), String(NOW + 5), String(NOW + 9)])
    expect(everything).not.toContain(trace);
  expect(database.prepare('select * from outbox where near_miss_id is not null').all()).toEqual([]);
});

test('an unattributed capture leaves nothing in the outbox', async () => {
  await capture({ tier: 'unattributed' });
  expect(outside().prepare('select * from outbox').all()).toEqual([]);
  expect(outside().prepare('select * from sqlite_sequence').all()).toEqual([]);
});

test('every table a capture of any tier writes to is without a rowid, which would tell the order', () => {
  const { sqlite } = connect(path, randomUUID);
  onTestFinished(() => void sqlite.close());
  const tables = sqlite.pragma('table_list') as { name: string; type: string; wr: number }[];
  const ordered = tables.filter(({ type, wr }) => type === 'table' && wr === 0).map(({ name }) => name);
  expect(ordered.toSorted()).toEqual([
    '__drizzle_migrations',
    'outbox',
    'sqlite_schema',
    'sqlite_sequence',
    'sqlite_temp_schema',
  ]);
});

test('those without a name get their numbers the day after, in an order that says nothing', async () => {
  const [first, second] = [submission({ tier: 'unattributed' }), submission({ tier: 'unattributed' })];
  await capture(first);
  await capture(second);
  const firstLast = <Item>(items: Item[]) => {
    const isFirst = (item: Item) => JSON.stringify(item).includes(first.id);
    return [...items.filter((item) => !isFirst(item)), ...items.filter(isFirst)];
  };
  await storage.nearMisses.numberThoseAppearing(TEAM, NOW, firstLast);
  expect((await storage.nearMisses.byId(TEAM, first.id))?.number).toBeUndefined();
  await storage.nearMisses.numberThoseAppearing(TEAM, NOW + 86_400_000, firstLast);
  await storage.nearMisses.numberThoseAppearing(TEAM, NOW + 86_400_000, firstLast);
  expect((await storage.nearMisses.byId(TEAM, second.id))?.number).toBe(1);
  expect((await storage.nearMisses.byId(TEAM, first.id))?.number).toBe(2);
});

test('case and spacing make no new system, and one nobody names any more is forgotten', async () => {
  const [one, other] = [submission({ system: 'Invoices' }), submission({ system: '  INVOICES ' })];
  await capture(one);
  await capture(other);
  const systems = () => outside().prepare('select name from systems').all();
  expect(systems()).toEqual([{ name: 'Invoices' }]);
  await storage.nearMisses.withdraw({ teamId: TEAM, id: one.id, now: NOW });
  expect(systems()).toEqual([{ name: 'Invoices' }]);
  await storage.nearMisses.reword({
    teamId: TEAM,
    id: other.id,
    summary: 'Phones down',
    system: 'Phones',
    now: NOW,
  });
  expect(systems()).toEqual([{ name: 'Phones' }]);
});

test('what was withdrawn is withdrawn: a late delivery of it brings nothing back, and is not said to be stored', async () => {
  const mine = submission();
  await capture(mine);
  await storage.nearMisses.withdraw({ teamId: TEAM, id: mine.id, now: NOW + 5 });
  await storage.nearMisses.withdraw({ teamId: TEAM, id: mine.id, now: NOW + 6 });
  expect(await capture(mine, NOW + 9)).toBeUndefined();
  const of = { teamId: TEAM, id: mine.id, now: NOW + 9 };
  expect(await storage.nearMisses.tell({ ...of, change: () => told })).toBeUndefined();
  expect(await storage.nearMisses.reword({ ...of, summary: 'Other words' })).toBe(false);
  expect(await storage.nearMisses.changeWhoCanSee(toCapture(mine, NOW), NOW + 9)).toBeUndefined();
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({
    summary: '',
    system: undefined,
    told: EMPTY_TELLING,
    withdrawnAt: NOW + 5,
  });
});

test('withdrawn words are in the file no more, nor in its log', async () => {
  const mine = submission({ summary: 'A most peculiar sentence' });
  await capture(mine);
  await storage.nearMisses.tell({ teamId: TEAM, id: mine.id, change: () => told, now: NOW });
  await storage.nearMisses.withdraw({ teamId: TEAM, id: mine.id, now: NOW + 5 });
  for (const file of [path, `${path}-wal`]) {
    const bytes = readFileSync(file).toString('latin1');
    for (const words of ['A most peculiar sentence', 'Ten are opened by hand', 'The stop button'])
      expect(bytes.includes(words), `${words} in ${file}`).toBe(false);
  }
});

test('withdrawn words another program keeps in the log by reading go as soon as it lets them', async () => {
  const mine = submission({ summary: 'A most peculiar sentence' });
  await capture(mine);
  const reading = outside();
  reading.exec('begin');
  reading.prepare('select * from near_misses').all();
  await storage.nearMisses.withdraw({ teamId: TEAM, id: mine.id, now: NOW + 5 });
  const isKept = () =>
    [path, `${path}-wal`].some((file) => readFileSync(file, 'latin1').includes('A most peculiar sentence'));
  expect(isKept()).toBe(true);
  reading.exec('commit');
  // The outbox looks once a minute at least.
  await storage.outbox.claim({ owner: 'me', now: NOW + 60_000, leaseUntil: NOW + 90_000, betweenMs: 0 });
  expect(isKept()).toBe(false);
});

test('a reporter who takes their name back with a second Save is in the file no more, nor in its log', async () => {
  const mine = submission({ personId: 'U_QUIET' });
  await capture(mine);
  await capture({ ...mine, tier: 'unattributed' }, NOW + 5);
  for (const file of [path, `${path}-wal`]) expect(readFileSync(file, 'latin1').match('U_QUIET')).toBeNull();
  expect(outside().prepare('select * from outbox').all()).toEqual([]);
});

test('lists are newest first, bounded, and each of what it is of', async () => {
  const ids: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    const one = submission({ personId: at === 4 ? 'U_JON' : 'U_MARIA' });
    ids.push(one.id);
    await capture(one, NOW + at);
  }
  const [first = '', second = '', third = '', fourth = '', jons = ''] = ids;
  await storage.nearMisses.tell({
    teamId: TEAM,
    id: fourth,
    change: () => told,
    toldAt: NOW + 9,
    now: NOW + 9,
  });
  await storage.nearMisses.withdraw({ teamId: TEAM, id: third, now: NOW + 9 });
  const idsOf = async (list: Promise<{ id: string }[]>) => (await list).map(({ id }) => id);
  expect(await idsOf(storage.lists.sharedBy(TEAM, 'U_MARIA', 2))).toEqual([fourth, second]);
  expect(await idsOf(storage.lists.draftsOf(TEAM, 'U_MARIA', 9))).toEqual([second, first]);
  const forJon = { teamId: TEAM, personId: 'U_JON', channels: [], until: 0, limit: 9 };
  expect(await idsOf(storage.lists.fromOthers(forJon))).toEqual([fourth, second, first]);
  expect(await idsOf(storage.lists.fromOthers({ ...forJon, personId: 'U_MARIA' }))).toEqual([jons]);
});

test('what is for one channel is listed for those in it, and what has no name once its day is over', async () => {
  await capture({ audience: 'channel', system: 'Payroll' });
  await capture({ tier: 'confidential', system: 'Phones', wantsCard: false }, NOW + 1);
  const wanted = { teamId: TEAM, personId: 'U_JON', channels: ['C_OPS'], until: DAY - 1, limit: 9 };
  const systemsOf = async (of: typeof wanted) =>
    (await storage.lists.fromOthers(of)).map(({ system }) => system);
  expect(await systemsOf(wanted)).toEqual(['Payroll']);
  expect(await systemsOf({ ...wanted, channels: ['C_OTHER'] })).toEqual([]);
  expect(await systemsOf({ ...wanted, until: DAY + 86_400_000 - 1 })).toEqual(['Phones', 'Payroll']);
  const like = (changes: object) =>
    storage.lists.systemsLike({ ...wanted, typed: 'P', everyone: true, ...changes });
  expect(await like({})).toEqual(['Payroll']);
  expect(await like({ until: DAY + 86_400_000 - 1 })).toEqual(['Payroll', 'Phones']);
  expect(await like({ until: DAY + 86_400_000 - 1, everyone: false })).toEqual(['Payroll']);
  expect(await like({ channels: [] })).toEqual([]);
  expect(await like({ channels: [], personId: 'U_MARIA' })).toEqual(['Payroll', 'Phones']);
});

test('what is typed to find a system is words, not a pattern', async () => {
  for (const system of ['100% manual', 'a_b', 'axb', String.raw`back\slash`, "O'Brien"])
    await capture({ system });
  const typed = async (words: string) =>
    storage.lists.systemsLike({
      teamId: TEAM,
      personId: 'U_JON',
      channels: [],
      until: 0,
      limit: 9,
      typed: words,
      everyone: true,
    });
  expect(await typed('%')).toEqual(['100% manual']);
  expect(await typed('A_B')).toEqual(['a_b']);
  expect(await typed('\\')).toEqual([String.raw`back\slash`]);
  expect(await typed("'")).toEqual(["O'Brien"]);
});

test('a system is found however its name was written: neither case, also beyond ASCII, nor spacing matters', async () => {
  for (const system of ['Über mich', 'Pay roll']) await capture({ system });
  const found = (typed: string) =>
    storage.lists.systemsLike({
      teamId: TEAM,
      personId: 'U_JON',
      channels: [],
      until: 0,
      limit: 9,
      typed,
      everyone: true,
    });
  for (const typed of ['über', 'ÜBER M', 'uber']) {
    expect(await found(typed)).toEqual(typed === 'uber' ? [] : ['Über mich']);
  }
  for (const typed of ['payroll', 'pay roll', 'PAY  R']) expect(await found(typed)).toEqual(['Pay roll']);
  expect(await found('')).toEqual(['Pay roll', 'Über mich']);
});

test('who became a steward later cannot look up a name after a second Save or another choice of readers', async () => {
  const mine = submission({ tier: 'confidential', stewards: ['U_AMIRA'] });
  await capture(mine);
  const later = { ...mine, stewards: ['U_NEW'] };
  const then = async () => (await storage.nearMisses.byId(TEAM, mine.id))?.stewardsThen;
  await capture(later);
  expect(await then()).toEqual(['U_AMIRA']);
  await storage.nearMisses.changeWhoCanSee(toCapture({ ...later, audience: 'channel' }, NOW), NOW);
  expect(await then()).toEqual(['U_AMIRA']);
  await storage.nearMisses.changeWhoCanSee(toCapture({ ...later, tier: 'named' }, NOW), NOW);
  expect(await then()).toEqual([]);
  await storage.nearMisses.changeWhoCanSee(toCapture(later, NOW), NOW);
  expect(await then()).toEqual(['U_NEW']);
});

test('what a workspace has settled is kept, and a setting nobody knows yet is left alone', async () => {
  expect(await storage.workspaces.settings('T_NEW')).toEqual({ stewards: [] });
  outside().prepare('update workspaces set settings = ?').run('{"stewards":["U_AMIRA"],"later":{"day":1}}');
  await storage.workspaces.remember({ teamId: TEAM, name: 'Acme Ltd' });
  expect(await storage.workspaces.settings(TEAM)).toEqual({ stewards: ['U_AMIRA'] });
  expect(outside().prepare('select name, settings from workspaces').get()).toEqual({
    name: 'Acme Ltd',
    settings: '{"stewards":["U_AMIRA"],"later":{"day":1}}',
  });
});
