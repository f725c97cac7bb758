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
