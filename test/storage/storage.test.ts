import { expect, test } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { EMPTY_TELLING, type Telling } from '../../src/domain/near-miss.ts';
import { NOW, openStore, submission, TEAM, told } from '../support/store.ts';

test('a capture comes back as it was told', async () => {
  const { storage, capture } = await openStore();
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
  const { storage, capture } = await openStore();
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
  const { storage, outside, capture } = await openStore();
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
  const { outside, capture } = await openStore();
  const other = outside();
  other.exec("create trigger full before insert on outbox begin select raise(fail, 'no room'); end");
  await expect(capture()).rejects.toThrow('no room');
  for (const table of ['near_misses', 'systems', 'outbox'])
    expect(other.prepare(`select * from ${table}`).all()).toEqual([]);
  other.exec('drop trigger full');
  expect(await capture()).toEqual({ number: 1 });
});

test('a workspace nobody knows has no numbers to give', async () => {
  const { capture } = await openStore();
  await expect(capture({ teamId: 'T_OTHER' })).rejects.toThrow('not known yet');
});

test('a near-miss is found in its own workspace only', async () => {
  const { storage, capture } = await openStore();
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

test('what was withdrawn is withdrawn: a late delivery of it brings nothing back, and is not said to be stored', async () => {
  const { storage, capture } = await openStore();
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

test('what a workspace has settled is kept, and a setting nobody knows yet is left alone', async () => {
  const { storage, outside } = await openStore();
  expect(await storage.workspaces.settings('T_NEW')).toEqual({ stewards: [] });
  outside().prepare('update workspaces set settings = ?').run('{"stewards":["U_AMIRA"],"later":{"day":1}}');
  await storage.workspaces.remember({ teamId: TEAM, name: 'Acme Ltd' });
  expect(await storage.workspaces.settings(TEAM)).toEqual({ stewards: ['U_AMIRA'] });
  expect(outside().prepare('select name, settings from workspaces').get()).toEqual({
    name: 'Acme Ltd',
    settings: '{"stewards":["U_AMIRA"],"later":{"day":1}}',
  });
});
