import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../../src/storage/database.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { NOW, openStore, submission, TEAM, told } from '../support/store.ts';

test('a commit is on the disk before it counts: FULL after opening, after a write and after opening again', async () => {
  const { path } = await openStore();
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

test('foreign keys hold, what is deleted is overwritten, and nobody waits longer than a second', async () => {
  const { path } = await openStore();
  const { sqlite } = connect(path, randomUUID);
  onTestFinished(() => void sqlite.close());
  expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(sqlite.pragma('secure_delete', { simple: true })).toBe(1);
  expect(sqlite.pragma('busy_timeout', { simple: true })).toBeLessThanOrEqual(1000);
  const orphan = sqlite.prepare("insert into saves values ('T1', 'nowhere', '', 0, 'text', null)");
  expect(() => orphan.run()).toThrow('FOREIGN KEY');
});

test('while another program writes, a write waits its turn at its beginning and fails after it; reading goes on', async () => {
  const { path, storage, outside, capture } = await openStore();
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

test('withdrawn words are in the file no more, nor in its log', async () => {
  const { path, storage, capture } = await openStore();
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
  const { path, storage, outside, capture } = await openStore();
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

test('withdrawn words an earlier run had to leave in the log go with the first write of the next', async () => {
  const { path, storage, outside, capture } = await openStore();
  const mine = submission({ summary: 'A most peculiar sentence' });
  await capture(mine);
  const reading = outside();
  reading.exec('begin');
  reading.prepare('select * from near_misses').all();
  await storage.nearMisses.withdraw({ teamId: TEAM, id: mine.id, now: NOW + 5 });
  await storage.close();
  reading.exec('commit');
  const next = openStorage(path, randomUUID);
  onTestFinished(() => next.close());
  await next.outbox.claim({ owner: 'me', now: NOW + 60_000, leaseUntil: NOW + 90_000, betweenMs: 0 });
  for (const file of [path, `${path}-wal`])
    expect(readFileSync(file, 'latin1').match('A most peculiar sentence')).toBeNull();
});

test('a reporter who takes their name back with a second Save is in the file no more, nor in its log', async () => {
  const { path, outside, capture } = await openStore();
  const mine = submission({ personId: 'U_QUIET' });
  await capture(mine);
  await capture({ ...mine, tier: 'unattributed' }, NOW + 5);
  for (const file of [path, `${path}-wal`]) expect(readFileSync(file, 'latin1').match('U_QUIET')).toBeNull();
  expect(outside().prepare('select * from outbox').all()).toEqual([]);
});
