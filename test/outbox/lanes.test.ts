import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { afterOutcome, PACE, retryDelay } from '../../src/domain/outbox/delivery.ts';
import { type OutboxRow } from '../../src/domain/outbox/outbox-row.ts';
import type { Storage } from '../../src/domain/storage.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { openStore, TEAM } from '../support/store.ts';

const NOW = Date.UTC(2026, 9, 14);
const LEASE = 60_000;

let path: string;
let storage: Storage;

beforeEach(async () => {
  ({ path, storage } = await openStore());
});

async function capture(channelId: string, now = NOW, teamId = TEAM): Promise<string> {
  const id = randomUUID();
  const submission = {
    id,
    teamId,
    personId: 'U_MARIA',
    summary: 'The rates were wrong',
    tier: 'named' as const,
    audience: 'everyone' as const,
    wantsCard: true,
    conversation: { id: channelId, name: 'ops', kind: 'public' as const },
    stewards: [],
  };
  await storage.nearMisses.capture(toCapture(submission, now), now, now + 600_000);
  return id;
}

const claim = (owner: string, now: number) =>
  storage.outbox.claim({ owner, now, leaseUntil: now + LEASE, betweenMs: 1000 });

/** Everything that can be taken at one moment, in the order it is taken. */
async function claimAll(owner: string, now: number) {
  const taken = [];
  for (let row = await claim(owner, now); row !== undefined; row = await claim(owner, now)) taken.push(row);
  return taken;
}

/** Which near-misses these are about; all of them are cards. */
const aboutCards = (rows: OutboxRow[]) => rows.map((row) => row.kind === 'card' && row.nearMissId);

test('of one channel one message is taken at a time, at most one a second, in the order they were put in', async () => {
  const ids = [await capture('C1'), await capture('C1'), await capture('C2')];
  const first = (await claimAll('me', NOW)).filter((one) => one.kind === 'card');
  expect(first.map(({ nearMissId }) => nearMissId)).toEqual([ids[0], ids[2]]);
  expect(await claimAll('me', NOW + 5000)).toEqual([]);
  for (const row of first)
    await storage.outbox.settle(row, 'me', { state: 'sent', channelId: 'C1', ts: '17.1' });
  expect(await claimAll('me', NOW + 999)).toEqual([]);
  expect(aboutCards(await claimAll('me', NOW + 1001))).toEqual([ids[1]]);
});

test('what is to come later in a channel waits for what failed before it', async () => {
  const first = await capture('C1');
  await capture('C1');
  const [row] = (await claimAll('me', NOW)).filter((one) => one.kind === 'card');
  if (row === undefined) throw new Error('Nothing was taken.');
  await storage.outbox.settle(row, 'me', { state: 'pending', dueAt: NOW + 30_000, why: 'rate limited' });
  expect(await claimAll('me', NOW + 29_999)).toEqual([]);
  expect(aboutCards(await claimAll('me', NOW + 30_000))).toEqual([first]);
});

test('in a channel that two workspaces share, what waits in one holds up nothing of the other', async () => {
  await storage.workspaces.remember({ teamId: 'T_OTHER', name: 'Other' });
  await capture('C1');
  const [row] = (await claimAll('me', NOW)).filter((one) => one.kind === 'card');
  if (row === undefined) throw new Error('Nothing was taken.');
  await storage.outbox.settle(row, 'me', {
    state: 'pending',
    dueAt: NOW + 30_000,
    why: 'its token is refused',
  });
  const theirs = await capture('C1', NOW, 'T_OTHER');
  const next = (await claimAll('me', NOW + 1001)).filter((one) => one.kind === 'card');
  expect(aboutCards(next)).toEqual([theirs]);
});

test('a row whose holder stopped is looked for, and what its holder says later counts no more', async () => {
  const id = await capture('C1');
  const [held] = (await claimAll('me', NOW)).filter((one) => one.kind === 'card');
  if (held === undefined) throw new Error('Nothing was taken.');
  expect(held.work).toBe('send');
  expect(await claimAll('other', NOW + LEASE - 1)).toEqual([]);
  const [taken] = (await claimAll('other', NOW + LEASE)).filter((one) => one.kind === 'card');
  expect(taken).toMatchObject({ work: 'look', partId: held.partId, triedAt: NOW });
  await storage.outbox.settle(held, 'me', { state: 'refused', why: 'too late' });
  expect(await storage.outbox.cardDelivery(TEAM, id)).toEqual({ state: 'waiting' });
  if (taken !== undefined)
    await storage.outbox.settle(taken, 'other', { state: 'sent', channelId: 'C1', ts: '17.1' });
  expect(await storage.outbox.cardDelivery(TEAM, id)).toEqual({ state: 'posted' });
  expect((await storage.nearMisses.byId(TEAM, id))?.card?.ts).toBe('17.1');
});

test('attempts count from one, and each take is one more', async () => {
  await capture('C1');
  const takes = [];
  for (let at = NOW; takes.length < 3; at += LEASE + 1) {
    const card = (await claimAll('me', at)).find(({ kind }) => kind === 'card');
    takes.push(card?.attempts);
  }
  expect(takes).toEqual([1, 2, 3]);
});

test('two holders never take the same row', async () => {
  for (const channel of ['C1', 'C2', 'C3', 'C4']) await capture(channel);
  const other = openStorage(path, randomUUID);
  onTestFinished(() => other.close());
  const taken: number[] = [];
  for (let at = 0; at < 10; at += 1) {
    const take = { owner: String(at), now: NOW, leaseUntil: NOW + LEASE, betweenMs: 1000 };
    const rows = await Promise.all([storage.outbox.claim(take), other.outbox.claim(take)]);
    taken.push(...rows.flatMap((row) => row?.seq ?? []));
  }
  expect(taken).toHaveLength(new Set(taken).size);
  expect(taken).toHaveLength(5);
});

test('it is due when the first of all is: a new row, one that failed, or one whose holder may have stopped', async () => {
  expect(await storage.outbox.nextDue()).toBeUndefined();
  await capture('C1');
  expect(await storage.outbox.nextDue()).toBe(NOW);
  const taken = await claimAll('me', NOW);
  expect(await storage.outbox.nextDue()).toBe(NOW + LEASE);
  for (const row of taken) await storage.outbox.settle(row, 'me', { state: 'pending', dueAt: NOW + 7000 });
  expect(await storage.outbox.nextDue()).toBe(NOW + 7000);
});

test('nothing of a Home or of a change is kept when it is done, and of a card only that it was posted', async () => {
  const id = await capture('C1');
  await storage.nearMisses.reword({ teamId: TEAM, id, summary: 'Other words', now: NOW });
  for (let at = NOW; (await storage.outbox.nextDue()) !== undefined; at += 600_000)
    for (const row of await claimAll('me', at))
      await storage.outbox.settle(row, 'me', { state: 'sent', ts: '17.1' });
  const database = new SQLite(path, { readonly: true });
  expect(database.prepare('select kind, state from outbox order by seq').all()).toEqual([
    { kind: 'card', state: 'sent' },
    { kind: 'confirmation', state: 'sent' },
  ]);
  expect(JSON.stringify(database.prepare('select * from outbox').all())).not.toContain('words');
  database.close();
});

test('of a Home or a change that Slack refuses nothing is kept, of a card that it was refused and why', async () => {
  const id = await capture('C1');
  await storage.nearMisses.reword({ teamId: TEAM, id, summary: 'Other words', now: NOW });
  for (let at = NOW; (await storage.outbox.nextDue()) !== undefined; at += 600_000)
    for (const row of await claimAll('me', at))
      await storage.outbox.settle(row, 'me', { state: 'refused', why: 'is_archived' });
  const database = new SQLite(path, { readonly: true });
  expect(database.prepare('select kind, why from outbox order by seq').all()).toEqual([
    { kind: 'card', why: 'is_archived' },
    { kind: 'confirmation', why: 'is_archived' },
  ]);
  database.close();
});

test('through an hour without Slack a message is tried again and again, never more than five minutes apart', () => {
  let at = 0;
  let attempts = 0;
  const waits: number[] = [];
  while (at < 3_600_000) {
    attempts += 1;
    const next = afterOutcome({ kind: 'later', why: 'ECONNREFUSED' }, { attempts, createdAt: NOW }, at, PACE);
    expect(next.state).toBe('pending');
    waits.push((next.dueAt ?? 0) - at);
    at = next.dueAt ?? Number.NaN;
  }
  expect(waits.slice(0, 4)).toEqual([2000, 4000, 8000, 16_000]);
  expect(Math.max(...waits)).toBe(300_000);
  expect(attempts).toBeLessThan(25);
  expect(retryDelay(1000, PACE)).toBe(300_000);
});

test('of a channel that two organisations share, the messages of one do not wait for those of the other', async () => {
  await storage.workspaces.remember({ teamId: 'T_OTHER', name: 'Other' });
  const ids = [await capture('C1'), await capture('C1', NOW, 'T_OTHER')];
  const cards = (await claimAll('me', NOW)).filter(({ kind }) => kind === 'card');
  expect(aboutCards(cards)).toEqual(ids);
});
