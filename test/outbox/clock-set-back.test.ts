import { randomUUID } from 'node:crypto';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type OutboxRow } from '../../src/domain/outbox/outbox-row.ts';
import type { Storage } from '../../src/domain/storage.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { emptyDatabase } from '../support/workspace.ts';

const TEAM = 'T1';
/** The wrong clock of before, hours ahead, and the right one of after. */
const AHEAD = Date.UTC(2026, 9, 14, 12);
const NOW = AHEAD - 3 * 3_600_000;
const LEASE = 60_000;

let storage: Storage;

beforeEach(async () => {
  storage = openStorage(emptyDatabase(), randomUUID);
  onTestFinished(() => storage.close());
  await storage.workspaces.remember({ teamId: TEAM, name: 'Acme' });
});

const claim = (owner: string, now: number) =>
  storage.outbox.claim({ owner, now, leaseUntil: now + LEASE, betweenMs: 1000 });

async function claimed(owner: string, now: number): Promise<OutboxRow> {
  const row = await claim(owner, now);
  if (row === undefined) throw new Error('Nothing was taken.');
  return row;
}

const put = (personId: string, now: number) => storage.outbox.refreshHome(TEAM, personId, now);

test('a lane that was used before goes on at once', async () => {
  await storage.digests.noteChannel({ teamId: TEAM, channelId: 'C1', canPost: true, now: AHEAD });
  await storage.workspaces.change(TEAM, { stewards: ['U1'] });
  const note = (canPost: boolean, now: number) =>
    storage.digests.noteChannel({ teamId: TEAM, channelId: 'C1', canPost, now });
  await note(false, AHEAD);
  await storage.outbox.settle(await claimed('me', AHEAD), 'me', { state: 'sent', ts: '17.1' });
  await note(true, NOW);
  await note(false, NOW);
  expect(await claim('me', NOW)).toMatchObject({
    kind: 'notice',
    notice: { says: 'channel_refused' },
    work: 'send',
  });
});

test('what was put in by the clock of before waits a lease at most, and holds up nothing for longer', async () => {
  await put('U1', AHEAD);
  expect(await claim('me', NOW)).toBeUndefined();
  expect(await storage.outbox.nextDue()).toBe(NOW + LEASE);
  expect(await claim('me', NOW + LEASE - 1)).toBeUndefined();
  expect(await claim('me', NOW + LEASE)).toMatchObject({ personId: 'U1', work: 'send' });
});

test('what somebody held by the clock of before is taken over a lease later', async () => {
  await put('U1', AHEAD);
  await claimed('stopped', AHEAD);
  expect(await claim('me', NOW)).toBeUndefined();
  expect(await claim('me', NOW + LEASE)).toMatchObject({ personId: 'U1' });
});

test('what waits by the clock of now waits as long as it should', async () => {
  await put('U1', NOW);
  const row = await claimed('me', NOW);
  await storage.outbox.settle(row, 'me', { state: 'pending', dueAt: NOW + 10 * LEASE, why: 'rate limited' });
  expect(await claim('me', NOW + 1)).toBeUndefined();
  expect(await storage.outbox.nextDue()).toBe(NOW + 10 * LEASE);
});
