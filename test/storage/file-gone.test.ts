import { renameSync, rmSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../../src/storage/database.ts';
import { DatabaseGone } from '../../src/storage/database-unusable.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { runs, SEED } from '../support/runs.ts';
import { NOW, openStore, submission, TEAM } from '../support/store.ts';
import { temporaryFolder } from '../support/workspace.ts';

type Store = Awaited<ReturnType<typeof openStore>>;

/** A copy of the whole from before what was saved last, made as a backup is. */
async function withBackup(): Promise<Store & { backup: string }> {
  const store = await openStore();
  const backup = join(temporaryFolder(), 'backup.db');
  await store.capture();
  await store.outside().backup(backup);
  await store.capture();
  return { ...store, backup };
}

const WAYS: [string, (store: { path: string; backup: string }) => void][] = [
  ['removed', ({ path }) => rmSync(path)],
  ['removed with what is beside it', ({ path }) => ['', '-wal', '-shm'].map((end) => rmSync(path + end))],
  ['without its log', ({ path }) => rmSync(`${path}-wal`)],
  ['cut to nothing', ({ path }) => truncateSync(path)],
  ['cut to a page', ({ path }) => truncateSync(path, 4096)],
  ['with a log cut to nothing', ({ path }) => truncateSync(`${path}-wal`)],
  ['with a log cut to a page', ({ path }) => truncateSync(`${path}-wal`, 4152)],
  ['replaced by a backup', ({ path, backup }) => renameSync(backup, path)],
  ['with another log', ({ path, backup }) => renameSync(backup, `${path}-wal`)],
  ['in a folder that moved', ({ path }) => renameSync(dirname(path), join(temporaryFolder(), 'moved'))],
];

test.each(WAYS)(
  'where the database is %s, nothing counts as saved or is ready to be',
  async (_how, happen) => {
    const store = await withBackup();
    expect(store.storage.notes()).toEqual([]);
    happen(store);
    await expect(store.capture()).rejects.toThrow(DatabaseGone);
    await expect(store.capture()).rejects.toThrow(DatabaseGone);
    expect(await store.storage.isWritable()).toBe(false);
    expect(store.storage.notes()).toEqual([expect.stringMatching(/^The database is no longer the file/)]);
  },
);

test('a folder that moved and is back is the same again, and is spoken of once each time', async () => {
  const { path, capture } = await openStore();
  const said: string[] = [];
  const storage = openStorage(
    path,
    () => 'id',
    (sentence) => said.push(sentence),
  );
  onTestFinished(() => storage.close());
  const elsewhere = join(temporaryFolder(), 'moved');
  renameSync(dirname(path), elsewhere);
  for (let at = 0; at < 3; at += 1) expect(await storage.isWritable()).toBe(false);
  await expect(capture()).rejects.toThrow(DatabaseGone);
  renameSync(elsewhere, dirname(path));
  expect(await storage.isWritable()).toBe(true);
  expect(await capture()).toEqual({ number: 1 });
  expect(said).toEqual([expect.stringMatching(/^The database is no longer/), 'The database is back.']);
});

test('what the app itself writes, over and over, is taken to be its own', async () => {
  const { path } = await openStore();
  const { sqlite, write, isWritable } = connect(path, () => 'id');
  onTestFinished(() => void sqlite.close());
  const name = sqlite.prepare('update workspaces set name = ?');
  // SQLite empties its log into the file after a thousand pages, and so after each of these.
  for (let times = 0; times < 20; times += 1) write(() => name.run(String(times % 2).repeat(5_000_000)));
  expect(isWritable()).toBe(true);
});

test('being asked whether it can be written, for hours, changes nothing', async () => {
  const { path } = await openStore();
  const { sqlite, isWritable } = connect(path, () => 'id');
  onTestFinished(() => void sqlite.close());
  sqlite.pragma('wal_autocheckpoint = 10');
  sqlite.pragma('synchronous = OFF');
  for (let times = 0; times < 50; times += 1) expect(isWritable()).toBe(true);
});

/** What others rightly do with the file, and the app itself. */
const RIGHTLY: Record<string, (store: Store, outside: ReturnType<Store['outside']>) => unknown> = {
  save: ({ capture }) => capture(),
  forget: async ({ storage, capture }) => {
    const mine = submission();
    await capture(mine);
    await storage.nearMisses.withdraw({ teamId: TEAM, id: mine.id, now: NOW + 5 });
  },
  ask: ({ storage }) => storage.isWritable(),
  write: (_store, outside) => outside.exec("update workspaces set name = name || '.'"),
  passive: (_store, outside) => outside.pragma('wal_checkpoint(PASSIVE)'),
  restart: (_store, outside) => outside.pragma('wal_checkpoint(RESTART)'),
  truncate: (_store, outside) => outside.pragma('wal_checkpoint(TRUNCATE)'),
  vacuum: (_store, outside) => outside.exec('vacuum'),
  backup: (_store, outside) => outside.backup(join(temporaryFolder(), 'backup.db')),
  'vacuum into': (_store, outside) => outside.exec(`vacuum into '${join(temporaryFolder(), 'into.db')}'`),
  'open and close': ({ path }) => openStorage(path, () => 'id').close(),
};

test('whatever is rightly done with the file by others, it is taken to be the same', async () => {
  const what = fc.array(fc.constantFrom(...Object.keys(RIGHTLY)), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(what, async (steps) => {
      const store = await openStore();
      const outside = store.outside();
      for (const step of steps) await RIGHTLY[step]?.(store, outside);
      expect(await store.storage.isWritable()).toBe(true);
      await store.capture();
    }),
    { numRuns: runs(12), seed: SEED },
  );
});
