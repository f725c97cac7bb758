import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Submission } from '../../src/domain/capture/capture.ts';
import type { Storage } from '../../src/domain/storage.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { refuseToWait, roomOf, waitingIn } from '../support/database.ts';
import { DAY, NOW, openStore, submission, TEAM, told } from '../support/store.ts';
import { temporaryFolder } from '../support/workspace.ts';

const A_DAY = 86_400_000;
/** When the day of `NOW` is over. */
const FOUR = DAY + A_DAY + 4 * 3_600_000;

type Store = Awaited<ReturnType<typeof openStore>>;

const nameless = (changes: Partial<Submission> = {}) => submission({ tier: 'unattributed', ...changes });
const waiting = (path: string) => waitingIn({ config: { databasePath: path } });
const bytesOf = (path: string) =>
  [path, `${path}-wal`].map((file) => (existsSync(file) ? readFileSync(file, 'latin1') : '')).join();
const summariesIn = (store: Store) =>
  store
    .outside()
    .prepare<[], { summary: string }>('select summary from near_misses')
    .all()
    .map(({ summary }) => summary)
    .toSorted();

/** Another process of the app on the same file, or the same one after a restart. */
function open(path: string): Storage {
  const storage = openStorage(path, randomUUID);
  onTestFinished(() => storage.close());
  return storage;
}

/** What is in the store by now, wherever, each with what was told. */
const all = (storage: Storage, ids: string[]) =>
  Promise.all(ids.map((id) => storage.nearMisses.byId(TEAM, id)));

test('on its day a near-miss without a name is in no byte of the database, and the day after it is whole in it', async () => {
  const { path, storage, capture, outside } = await openStore();
  const mine = nameless({ summary: 'A most peculiar sentence', system: 'Peculiar system' });
  expect(await capture(mine)).toEqual({});
  await storage.nearMisses.tell({
    teamId: TEAM,
    id: mine.id,
    change: () => told,
    reached: 'briefly',
    toldAt: NOW + 5,
    now: NOW + 5,
  });
  const before = await storage.nearMisses.byId(TEAM, mine.id);
  expect(before).toMatchObject({
    summary: 'A most peculiar sentence',
    system: 'Peculiar system',
    reached: 'briefly',
    capturedAt: DAY,
    toldAt: DAY,
    told: { ...told, keyPlayers: [] },
  });
  for (const trace of [mine.id, 'A most peculiar sentence', 'Peculiar system', 'Ten are opened by hand'])
    expect(bytesOf(path), `${trace} in the database`).not.toContain(trace);
  expect(outside().prepare('select last_number from workspaces').all()).toEqual([{ last_number: 0 }]);

  await storage.waitingRoom.tend(FOUR - 1);
  expect(waiting(path)).toHaveLength(1);
  await storage.waitingRoom.tend(FOUR);
  expect(waiting(path)).toEqual([]);
  const { waitsForDigest: _waited, ...kept } = before ?? {};
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toEqual(
    expect.objectContaining(JSON.parse(JSON.stringify(kept)) as object),
  );
  expect(bytesOf(path)).toContain('Peculiar system');
});

test('while it waits nobody finds, lists, counts or is offered anything of it', async () => {
  const { storage, capture } = await openStore();
  const mine = nameless({ system: 'Quiet system' });
  await capture(mine);
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({ waitsForDigest: true });
  expect(await storage.nearMisses.byNumber(TEAM, 1)).toBeUndefined();
  expect(await storage.nearMisses.hasShared(TEAM, 'U_MARIA')).toBe(false);
  const anybody = { teamId: TEAM, personId: 'U_JON', channels: ['C_OPS'], until: NOW + A_DAY, limit: 9 };
  expect(await storage.lists.fromOthers(anybody)).toEqual([]);
  expect(await storage.lists.systemsLike({ ...anybody, typed: '', everyone: true })).toEqual([]);
  await storage.nearMisses.numberThoseAppearing(TEAM, FOUR - 1, (items) => items);
  expect(await storage.digests.hasSomething(TEAM, FOUR - 1, 'nothing')).toBe(false);
  expect(await storage.digests.hasSomething(TEAM, FOUR, 'nothing')).toBe(true);
});

test('a step 2 that crosses midnight finds it, and says no more than the day it was shared', async () => {
  const { storage, capture, tellAll } = await openStore();
  const mine = nameless();
  const lateEvening = DAY + A_DAY - 60_000;
  await capture(mine, lateEvening);
  await storage.waitingRoom.tend(lateEvening + 90_000);
  expect(await tellAll(mine.id, lateEvening + 120_000)).toMatchObject({ telling: { saves: told.saves } });
  await storage.waitingRoom.tend(FOUR);
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({
    capturedAt: DAY,
    toldAt: DAY,
    told: { saves: told.saves },
  });
});

test('a step 2 that comes after the day is over is told where it is by then', async () => {
  const { storage, capture, tellAll } = await openStore();
  const mine = nameless();
  await capture(mine);
  await storage.waitingRoom.tend(FOUR);
  expect(await tellAll(mine.id, FOUR + 5)).toMatchObject({ telling: { saves: told.saves } });
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({
    toldAt: DAY,
    told: { saves: told.saves },
  });
});

test('Save twice is one, edits and taking back find it, and what was withdrawn stays so', async () => {
  const { path, storage, capture, tellAll } = await openStore();
  const mine = nameless();
  await capture(mine);
  await tellAll(mine.id, NOW);
  await capture({ ...mine, summary: 'Later words' });
  expect(waiting(path)).toMatchObject([{ summary: 'Later words', told: { saves: told.saves } }]);
  const of = { teamId: TEAM, id: mine.id, now: NOW };
  expect(await storage.nearMisses.reword({ ...of, summary: 'Edited', system: 'Phones' })).toBe(true);
  expect(waiting(path)).toMatchObject([{ summary: 'Edited', system: 'Phones', told: { saves: told.saves } }]);
  await storage.nearMisses.withdraw(of);
  expect(readFileSync(roomOf(path), 'utf8')).not.toMatch(/Edited|Phones|Ten are opened/);
  expect(await capture(mine)).toBeUndefined();
  expect(await tellAll(mine.id, NOW)).toBeUndefined();
  expect(await storage.nearMisses.reword({ ...of, summary: 'Again' })).toBe(false);
  await storage.waitingRoom.tend(FOUR);
  expect(await capture(mine, FOUR)).toBeUndefined();
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({ summary: '', withdrawnAt: DAY });
});

test('a change of mind takes it from one to the other and back, whole, and leaves nothing behind', async () => {
  const { path, storage, capture, tellAll, outside } = await openStore();
  const mine = submission({ personId: 'U_QUIET', summary: 'Changed my mind', system: 'Only here' });
  await capture(mine);
  await tellAll(mine.id, NOW);
  const added = { ...told, answers: { instead: 'I saw it too' } };
  await storage.nearMisses.tell({
    teamId: TEAM,
    id: mine.id,
    authorId: 'U_JON',
    change: () => added,
    now: NOW,
  });
  const theirs = { told: { saves: told.saves }, added: [{ authorId: 'U_JON', ...added }] };

  expect(await capture({ ...mine, tier: 'unattributed' }, NOW + 5)).toEqual({});
  expect(waiting(path)).toMatchObject([{ id: mine.id, ...theirs }]);
  for (const table of ['near_misses', 'answers', 'saves', 'signals', 'key_players', 'systems', 'outbox'])
    expect(outside().prepare(`select * from ${table}`).all(), `the rows of ${table}`).toEqual([]);
  expect(readFileSync(roomOf(path), 'utf8')).not.toContain('U_QUIET');

  expect(await capture(mine, NOW + 9)).toMatchObject({ number: expect.any(Number) as number });
  expect(waiting(path)).toEqual([]);
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({
    reporterId: 'U_QUIET',
    system: 'Only here',
    told: { saves: told.saves, keyPlayers: [] },
    added: [{ authorId: 'U_JON', ...added }],
  });
  expect(await capture({ ...mine, tier: 'unattributed' }, NOW + 12)).toEqual({});
  expect(
    await storage.nearMisses.forgetAdded({ teamId: TEAM, id: mine.id, authorId: 'U_JON', now: NOW }),
  ).toEqual({
    card: false,
    digest: false,
  });
  expect(readFileSync(roomOf(path), 'utf8')).not.toMatch(/U_JON|I saw it too/);
});

test('what a steward has in hand already does not go: its words and what was decided stay', async () => {
  const { path, storage, capture, outside } = await openStore();
  const mine = submission();
  await capture(mine);
  outside().exec("update near_misses set digest_id = 'D1'");
  await capture({ ...mine, tier: 'unattributed' }, NOW + 5);
  expect(waiting(path)).toEqual([]);
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({
    tier: 'unattributed',
    capturedAt: DAY,
  });
  expect(outside().prepare('select digest_id, reporter_id, number from near_misses').get()).toEqual({
    digest_id: 'D1',
    reporter_id: null,
    number: null,
  });
});

test('a Save that cannot be written fails, keeps what there was, and works again once it can', async () => {
  const { path, storage, capture } = await openStore();
  const mine = nameless({ summary: 'The first words' });
  await capture(mine);
  const letGo = refuseToWait(path);
  await expect(capture({ ...mine, summary: 'Later words' })).rejects.toThrow('directory');
  await expect(capture(nameless())).rejects.toThrow('directory');
  expect(waiting(path)).toMatchObject([{ summary: 'The first words' }]);
  const named = submission();
  await capture(named);
  await expect(capture({ ...named, tier: 'unattributed' })).rejects.toThrow('directory');
  expect(await storage.nearMisses.byId(TEAM, named.id), 'nothing is half done').toMatchObject({ number: 1 });
  letGo();
  await capture({ ...mine, summary: 'Later words' });
  expect(waiting(path)).toMatchObject([{ summary: 'Later words' }]);
});

/** Each leaves the files as a process does that was ended at this step, with three that wait and whose day is over. */
const ENDS: [string, (store: Store) => Promise<unknown>][] = [
  ['before it began', async () => undefined],
  [
    'while the file was written, which is there by half',
    async ({ path }) => writeFileSync(`${roomOf(path)}.new`, '[{"id":"ha'),
  ],
  [
    'before the database had taken them in for good',
    async ({ storage, outside }) => {
      const full = outside();
      full.exec("create trigger full before insert on saves begin select raise(abort, 'no room'); end");
      await expect(storage.waitingRoom.tend(FOUR)).rejects.toThrow('no room');
      full.exec('drop trigger full');
    },
  ],
  [
    'after the database had them and before the file had not',
    async ({ path, storage }) => {
      const letGo = refuseToWait(path);
      await expect(storage.waitingRoom.tend(FOUR)).rejects.toThrow('directory');
      letGo();
      expect(waiting(path)).toHaveLength(3);
    },
  ],
  ['after it was done', async ({ storage }) => storage.waitingRoom.tend(FOUR)],
];

test.each(ENDS)(
  'ended %s, each is there once after the next start, with all that was told',
  async (_when, end) => {
    const store = await openStore();
    const ids: string[] = [];
    for (const summary of ['alpha', 'beta', 'gamma']) {
      const one = nameless({ summary, system: summary });
      await store.capture(one);
      await store.tellAll(one.id, NOW);
      ids.push(one.id);
    }
    await end(store);
    await store.storage.close();

    const next = open(store.path);
    expect((await all(next, ids)).map((one) => [one?.summary, one?.told.saves])).toEqual(
      ['alpha', 'beta', 'gamma'].map((summary) => [summary, told.saves]),
    );
    const inBoth = waiting(store.path).filter(({ summary }) => summariesIn(store).includes(summary));
    expect(inBoth, 'in both').toEqual([]);
    await next.waitingRoom.tend(FOUR);
    await next.waitingRoom.tend(FOUR + 1);
    expect(summariesIn(store)).toEqual(['alpha', 'beta', 'gamma']);
    expect(waiting(store.path)).toEqual([]);
    expect(existsSync(`${roomOf(store.path)}.new`)).toBe(false);
    expect((await all(next, ids)).map((one) => one?.told.saves)).toEqual([
      told.saves,
      told.saves,
      told.saves,
    ]);
  },
);

test('in both files, what is in the database counts, and is never told from the other', async () => {
  const { path, storage, capture } = await openStore();
  const mine = nameless({ summary: 'The words of before' });
  await capture(mine);
  const letGo = refuseToWait(path);
  await expect(storage.waitingRoom.tend(FOUR)).rejects.toThrow('directory');
  await storage.nearMisses.withdraw({ teamId: TEAM, id: mine.id, now: FOUR });
  expect(await storage.nearMisses.byId(TEAM, mine.id)).toMatchObject({ summary: '' });
  letGo();
  await capture(nameless({ summary: 'Another' }), FOUR);
  expect(readFileSync(roomOf(path), 'utf8')).not.toContain('The words of before');
});

test('two processes share it: what one saves the other finds, tells and moves, each once', async () => {
  const store = await openStore();
  const other = open(store.path);
  const mine = nameless({ summary: 'Of the one' });
  await store.capture(mine);
  const of = { teamId: TEAM, id: mine.id, change: () => told, now: NOW };
  expect(await other.nearMisses.tell(of)).toMatchObject({ nearMiss: { summary: 'Of the one' } });
  expect(waiting(store.path)).toMatchObject([{ told: { saves: told.saves } }]);
  const locked = store.outside();
  locked.exec('begin immediate');
  await expect(store.capture(nameless()), 'while another writes').rejects.toMatchObject({
    code: 'SQLITE_BUSY',
  });
  locked.exec('rollback');
  await Promise.all([store.storage.waitingRoom.tend(FOUR), other.waitingRoom.tend(FOUR)]);
  expect(summariesIn(store)).toEqual(['Of the one']);
  expect(waiting(store.path)).toEqual([]);
});

/** As the README says: first the file of the room, then the database. */
test('a backup made while near-misses are moved has each once, and so has what is restored from it', async () => {
  const store = await openStore();
  const [first, second] = [nameless({ summary: 'first' }), nameless({ summary: 'second' })];
  await store.capture(first);
  await store.capture(second);
  const backup = join(temporaryFolder(), 'backup.db');
  copyFileSync(roomOf(store.path), roomOf(backup));
  await store.storage.waitingRoom.tend(FOUR);
  await store.outside().backup(backup);

  const restored = open(backup);
  expect(waiting(backup)).toEqual([]);
  expect((await all(restored, [first.id, second.id])).map((one) => one?.summary)).toEqual([
    'first',
    'second',
  ]);
});

test('nobody but its owner may read it, and it is dated anew whether anybody shared something or not', async () => {
  const { path, storage, capture } = await openStore();
  const isOwners = () => expect(statSync(roomOf(path)).mode & 0o777).toBe(0o600);
  isOwners();
  expect(waiting(path), 'there before anybody shared anything').toEqual([]);
  await capture(nameless());
  isOwners();
  utimesSync(roomOf(path), 1, 1);
  await storage.waitingRoom.tend(NOW);
  expect(statSync(roomOf(path)).mtimeMs).toBeGreaterThan(1000);
  isOwners();
});

test('its order says nothing of who came first', async () => {
  const { path, capture } = await openStore();
  const orders = new Set<string>();
  const inOrder = ['a', 'b', 'c', 'd'];
  for (const summary of inOrder) await capture(nameless({ summary }));
  for (let writes = 0; writes < 40; writes += 1) {
    await capture(nameless({ id: 'again', summary: 'e' }));
    orders.add(
      waiting(path)
        .map(({ summary }) => summary)
        .join(''),
    );
  }
  // Of 120 orders each has the same chance: forty that are alike are no chance.
  expect(orders.size).toBeGreaterThan(5);
});

test('what a clock dated that was far ahead does not wait until then', async () => {
  const { path, storage, capture } = await openStore();
  await capture(nameless({ summary: 'From the future' }), NOW + 900 * A_DAY);
  await capture(nameless({ summary: 'Of today' }));
  await storage.waitingRoom.tend(NOW);
  expect(waiting(path).map(({ capturedAt }) => capturedAt)).toEqual([DAY, DAY]);
});

test('a damaged file keeps the app from starting, with a sentence that has none of its words', async () => {
  const { path, storage } = await openStore();
  await storage.close();
  const start = () => openStorage(path, randomUUID);
  for (const text of ['[{"id":"1","summary":"A secret', '[{"id":"1","summary":"A secret"}]', '{}']) {
    writeFileSync(roomOf(path), text);
    expect(start).toThrow(/nearmiss\.db-waiting\.json, where near-misses without a name wait/);
    expect(start).not.toThrow(/secret/);
  }
  rmSync(roomOf(path));
  await start().close();
  mkdirSync(`${roomOf(path)}.new`);
  expect(start).toThrow(/^The database .* cannot be opened/);
});
