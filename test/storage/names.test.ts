import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { connect } from '../../src/storage/database.ts';
import { DAY, NOW, openStore, submission, TEAM, told } from '../support/store.ts';

test('what turns unattributed keeps no person, no thread, no number and no time finer than the day', async () => {
  const { storage, outside, capture, tellAll } = await openStore();
  const mine = submission();
  await capture(mine);
  await tellAll(mine.id, NOW + 5);
  const change = toCapture({ ...mine, tier: 'unattributed' }, NOW);
  expect(await storage.nearMisses.changeWhoCanSee(change, NOW + 9)).toEqual({});
  const kept = { capturedAt: DAY, toldAt: DAY, told: { ...told, keyPlayers: [] } };
  const near = await storage.nearMisses.byId(TEAM, mine.id);
  expect(near).toMatchObject(kept);
  expect([near?.number, near?.reporterId, near?.card]).toEqual([undefined, undefined, undefined]);
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
  const { outside, capture } = await openStore();
  await capture({ tier: 'unattributed' });
  expect(outside().prepare('select * from outbox').all()).toEqual([]);
  expect(outside().prepare('select * from sqlite_sequence').all()).toEqual([]);
});

test('every table a capture of any tier writes to is without a rowid, which would tell the order', async () => {
  const { path } = await openStore();
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
  const { storage, capture } = await openStore();
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

test('who became a steward later cannot look up a name after a second Save or another choice of readers', async () => {
  const { storage, capture } = await openStore();
  const [amira, jon] = ['U_AMIRA', 'U_JON'].map((id) => ({ id, inConversation: id === 'U_AMIRA' }));
  const named = [amira, jon].filter((one) => one !== undefined);
  const mine = submission({ tier: 'confidential', stewards: named });
  await capture(mine);
  const later = { ...mine, stewards: [...named, { id: 'U_NEW', inConversation: true }] };
  const then = async () => (await storage.nearMisses.byId(TEAM, mine.id))?.stewardsThen;
  await capture(later);
  expect(await then()).toEqual(['U_AMIRA', 'U_JON']);
  await storage.nearMisses.changeWhoCanSee(toCapture({ ...later, audience: 'channel' }, NOW), NOW);
  expect(await then()).toEqual(['U_AMIRA']);
  await storage.nearMisses.changeWhoCanSee(toCapture({ ...later, tier: 'named' }, NOW), NOW);
  expect(await then()).toEqual([]);
  await storage.nearMisses.changeWhoCanSee(toCapture(later, NOW), NOW);
  expect(await then()).toEqual(['U_AMIRA', 'U_JON', 'U_NEW']);
});

test('one for the stewards gets its number when it appears, shuffled with those that nobody has a name of', async () => {
  const { storage, capture } = await openStore();
  const quiet = ['confidential', 'unattributed', 'confidential'] as const;
  const ids: string[] = [];
  expect(await capture()).toEqual({ number: 1 });
  for (const tier of quiet) {
    const one = submission({ tier, stewards: [{ id: 'U_AMIRA', inConversation: true }] });
    expect(await capture(one)).toEqual({});
    ids.push(one.id);
  }
  expect(await capture(), 'between the cards there is no gap').toEqual({ number: 2 });
  const numbers = () => Promise.all(ids.map(async (id) => (await storage.nearMisses.byId(TEAM, id))?.number));
  await storage.nearMisses.numberThoseAppearing(TEAM, NOW, (items) => items);
  expect(await numbers()).toEqual([undefined, undefined, undefined]);
  const shuffled: unknown[] = [];
  await storage.nearMisses.numberThoseAppearing(TEAM, NOW + 86_400_000, (items) => {
    shuffled.push(...items);
    return items.toReversed();
  });
  expect(new Set(shuffled)).toEqual(new Set(ids));
  expect(new Set(await numbers())).toEqual(new Set([3, 4, 5]));
});

test.each(['confidential', 'unattributed'] as const)(
  'a number given back by a change to %s is the next one’s, and never its own again',
  async (tier) => {
    const { storage, capture, outside } = await openStore();
    const [first, second, third] = [submission(), submission(), submission()];
    for (const one of [first, second, third]) await capture(one);
    expect(await capture({ ...second, tier })).toEqual({});
    const change = toCapture({ ...first, tier }, NOW);
    expect(await storage.nearMisses.changeWhoCanSee(change, NOW)).toEqual({});
    await storage.nearMisses.numberThoseAppearing(TEAM, NOW + 86_400_000, (items) => items);
    const appeared = [first, second].map(async ({ id }) => (await storage.nearMisses.byId(TEAM, id))?.number);
    expect(new Set(await Promise.all(appeared))).toEqual(new Set([4, 5]));
    expect([await capture(), await capture(), await capture()]).toEqual([
      { number: 1 },
      { number: 2 },
      { number: 6 },
    ]);
    expect(outside().prepare('select free_numbers from workspaces').all()).toEqual([{ free_numbers: '[]' }]);
  },
);

test('a number that others know it by, from a day that is over, is nobody else’s', async () => {
  const { storage, capture } = await openStore();
  const mine = submission();
  await capture(mine);
  const later = NOW + 2 * 86_400_000;
  await storage.nearMisses.changeWhoCanSee(toCapture({ ...mine, tier: 'confidential' }, NOW), later);
  expect(await capture({}, later)).toEqual({ number: 2 });
});
