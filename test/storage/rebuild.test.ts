import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { hourOf, quietestHour } from '../../src/domain/quiet-hour.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { NOW, openStore, submission, TEAM, told } from '../support/store.ts';

const A_DAY = 86_400_000;
const HOUR = 3_600_000;

const bytesOf = (path: string) =>
  [path, `${path}-wal`].map((file) => (existsSync(file) ? readFileSync(file, 'latin1') : '')).join();

/** How often a file was built anew: SQLite counts that with the changes of its tables. */
function rebuildsOf(path: string): () => number {
  const count = () => {
    const database = new SQLite(path, { readonly: true });
    const version = Number(database.pragma('schema_version', { simple: true }));
    database.close();
    return version;
  };
  const before = count();
  return () => count() - before;
}

/** Until nothing is noted in the file as forgotten and left in it. */
async function untilRebuilt(path: string): Promise<void> {
  const isRebuilt = () => {
    const database = new SQLite(path, { readonly: true });
    const left = database.pragma('user_version', { simple: true });
    database.close();
    return left;
  };
  await expect.poll(isRebuilt, { timeout: 20_000 }).toBe(0);
}

test('of hundreds that were withdrawn or lost their name not one word and not one person is left in any byte', async () => {
  const { path, storage, capture } = await openStore();
  const trace = (kind: string, at: number) => `${kind}${String(at).padStart(4, '0')}X`;
  const shared = Array.from({ length: 240 }, (_, at) => ({
    ...submission({
      personId: trace('UPERSON', at),
      summary: `${trace('SENTENCE', at)} ${'w'.repeat(at % 90)}`,
    }),
    at: NOW + at,
  }));
  for (const { at, ...one } of shared) {
    await capture(one, at);
    // Rows move to other pages as they grow, and leave copies where they were.
    await storage.nearMisses.reword({
      teamId: TEAM,
      id: one.id,
      summary: `${one.summary} and more`,
      now: at,
    });
  }
  const later = NOW + 2 * A_DAY;
  const withdrawn = shared.filter((_one, at) => at % 2 === 0);
  for (const { id } of withdrawn) await storage.nearMisses.withdraw({ teamId: TEAM, id, now: later });
  const nameless = shared.filter((_one, at) => at % 2 === 1);
  for (const { at, ...one } of nameless)
    await storage.nearMisses.changeWhoCanSee(toCapture({ ...one, tier: 'unattributed' }, at), later);
  await untilRebuilt(path);
  const bytes = bytesOf(path);
  expect(withdrawn.filter(({ summary }) => bytes.includes(summary.slice(0, 13)))).toEqual([]);
  expect(nameless.filter(({ personId }) => bytes.includes(personId))).toEqual([]);
  expect(nameless.every(({ summary }) => bytes.includes(summary.slice(0, 13)))).toBe(true);
}, 60_000);

test('several are one rebuild, and a Save meanwhile is saved', async () => {
  const { path, storage, capture } = await openStore();
  const ids: string[] = [];
  for (let count = 0; count < 9; count += 1) {
    const one = submission();
    await capture(one);
    ids.push(one.id);
  }
  const rebuilds = rebuildsOf(path);
  for (const id of ids) await storage.nearMisses.withdraw({ teamId: TEAM, id, now: NOW });
  let saved = 9;
  await expect
    .poll(
      async () => {
        saved += 1;
        expect(await capture()).toEqual({ number: saved });
        return rebuilds();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  await untilRebuilt(path);
  expect(rebuilds()).toBe(1);
});

test('what changes nothing, and what was never in the database, builds nothing', async () => {
  const { storage, capture, outside } = await openStore();
  const left = () => outside().pragma('user_version', { simple: true });
  await storage.nearMisses.withdraw({ teamId: TEAM, id: 'nothing', now: NOW });
  const quiet = submission({ tier: 'unattributed' });
  await capture(quiet);
  await storage.nearMisses.withdraw({ teamId: TEAM, id: quiet.id, now: NOW });
  expect(left()).toBe(0);
  const named = submission();
  await capture(named);
  await storage.nearMisses.withdraw({ teamId: TEAM, id: named.id, now: NOW });
  expect(left()).toBe(1);
  expect(await storage.isWritable()).toBe(true);
  expect(left(), 'a proof that it can be written leaves that alone').toBe(1);
});

test('a step 2 without a name that came too late for the waiting room lies nowhere in particular afterwards', async () => {
  const { path, storage, capture } = await openStore();
  const mine = submission({ tier: 'unattributed' });
  await capture(mine);
  await storage.waitingRoom.tend(NOW + A_DAY);
  const rebuilds = rebuildsOf(path);
  const of = { teamId: TEAM, id: mine.id, now: NOW + A_DAY };
  await storage.nearMisses.tell({ ...of, change: () => told });
  await expect.poll(rebuilds, { timeout: 20_000 }).toBe(1);
  await untilRebuilt(path);
});

test('a stop before it began leaves it to the next start, and one in the middle waits until the file is whole', async () => {
  const { path, storage, capture } = await openStore();
  const mine = submission({ summary: 'A most peculiar sentence' });
  await capture(mine);
  await storage.nearMisses.withdraw({ teamId: TEAM, id: mine.id, now: NOW });
  const rebuilds = rebuildsOf(path);
  await storage.close();
  expect(rebuilds()).toBe(0);
  const next = openStorage(path, randomUUID);
  await next.rebuild.tend(NOW);
  await untilRebuilt(path);
  await next.close();
  const database = new SQLite(path);
  onTestFinished(() => void database.close());
  expect(database.pragma('quick_check', { simple: true })).toBe('ok');
  expect(database.pragma('user_version', { simple: true })).toBe(0);
  expect(rebuilds()).toBe(1);
});

test('two processes on one file both forget, and neither is in the way of the other', async () => {
  const { path, storage, capture } = await openStore();
  const other = openStorage(path, randomUUID);
  onTestFinished(() => other.close());
  const [first, second] = [submission({ summary: 'Sentence one' }), submission({ summary: 'Sentence two' })];
  await capture(first);
  await capture(second);
  await storage.nearMisses.withdraw({ teamId: TEAM, id: first.id, now: NOW });
  await other.nearMisses.withdraw({ teamId: TEAM, id: second.id, now: NOW });
  await untilRebuilt(path);
  expect(bytesOf(path)).not.toMatch(/Sentence (?:one|two)/);
  await storage.rebuild.tend(NOW);
  await other.rebuild.tend(NOW);
});

test('one that fails is said, and is done once it can be', async () => {
  const { path, storage, capture } = await openStore();
  const mine = submission();
  await capture(mine);
  await storage.nearMisses.withdraw({ teamId: TEAM, id: mine.id, now: NOW });
  const tended = () =>
    storage.rebuild.tend(NOW).then(
      () => 'well',
      (error: Error) => error.message,
    );
  renameSync(path, `${path}.away`);
  await expect.poll(tended, { timeout: 20_000 }).toMatch(/directory|open/);
  renameSync(`${path}.away`, path);
  await expect.poll(tended, { timeout: 20_000 }).toBe('well');
  await untilRebuilt(path);
});

test('a large file waits for the hour in which people do least, and is built anew once', async () => {
  const { path, storage, capture, outside } = await openStore();
  // People share from six in the evening to three in the night, UTC.
  for (const hour of [18, 19, 20, 21, 22, 23, 24, 25, 26])
    await capture({}, NOW - (NOW % A_DAY) + hour * HOUR - A_DAY + 5);
  const mine = submission();
  await capture(mine);
  const database = outside();
  database.exec(
    'create table large (bytes); insert into large values (zeroblob(110000000)); drop table large',
  );
  database.pragma('wal_checkpoint(TRUNCATE)');
  expect(statSync(path).size).toBeGreaterThan(100 * 1024 * 1024);
  const rebuilds = rebuildsOf(path);
  await storage.nearMisses.withdraw({ teamId: TEAM, id: mine.id, now: NOW });
  const day = NOW + A_DAY - (NOW % A_DAY);
  for (const hour of [19, 20, 23, 26]) await storage.rebuild.tend(day + hour * HOUR);
  expect(database.pragma('user_version', { simple: true })).toBe(1);
  for (let hour = 3; hour < 18; hour += 1) await storage.rebuild.tend(day + hour * HOUR);
  await untilRebuilt(path);
  expect(rebuilds()).toBe(1);
  expect(statSync(path).size).toBeLessThan(1024 * 1024);
});

test.each([
  ['nobody did anything', [], 3],
  ['all work by day', [8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19], 3],
  ['all work by night', [20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 6], 9],
  [
    'one hour among busy ones is quieter than those around it, and not as quiet as a long night',
    [0, 1, 2, 4, 5, 6, 7],
    10,
  ],
])('the quietest hour where %s', (_what, hours, quietest) => {
  const times = hours.map((hour) => NOW - (NOW % A_DAY) + hour * HOUR + 59 * 60_000);
  expect(quietestHour(times)).toBe(quietest);
  expect(times.map(hourOf)).toEqual(hours);
});
