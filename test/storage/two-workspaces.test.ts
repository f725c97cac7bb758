import { beforeEach, describe, expect, test } from 'vitest';
import { type Submission, toCapture } from '../../src/domain/capture/capture.ts';
import { EMPTY_TELLING } from '../../src/domain/near-miss.ts';
import { DAY, NOW, openStore, submission, told } from '../support/store.ts';

const [ACME, OTHER] = ['T1', 'T2'];
const A_DAY = 86_400_000;
const asIs = <Item>(items: Item[]) => items;
const digest = {
  channelId: 'C_OPS',
  channelName: 'ops',
  setUpAt: DAY - A_DAY,
  since: DAY - A_DAY,
  weekday: 2,
  minutes: 570,
  zone: 'Europe/Madrid',
  quietWeek: 'nothing' as const,
  replies: 30,
};

let store: Awaited<ReturnType<typeof openStore>>;

/** One file with two workspaces in it, whose people and channels have the same ids. */
beforeEach(async () => {
  store = await openStore();
  await store.storage.workspaces.remember({ teamId: OTHER, name: 'Other' });
});

async function share(teamId: string, changes: Partial<Submission> = {}): Promise<string> {
  const one = submission({ teamId, ...changes });
  await store.capture(one);
  return one.id;
}

/** Everything the file holds of one workspace. */
function rowsOf(teamId: string): unknown {
  const database = store.outside();
  const tables = database
    .prepare<[], { name: string }>(
      "select name from sqlite_schema where type = 'table' and exists (select 1 from pragma_table_info(sqlite_schema.name) where name = 'team_id')",
    )
    .all();
  return Object.fromEntries(
    tables.map(({ name }) => [name, database.prepare(`select * from ${name} where team_id = ?`).all(teamId)]),
  );
}

test('each counts its own numbers, and a number finds its own near-miss', async () => {
  const [acmes, others] = [await share(ACME, { summary: 'Ours' }), await share(OTHER, { summary: 'Theirs' })];
  const { byNumber } = store.storage.nearMisses;
  expect(await byNumber(ACME, 1)).toMatchObject({ id: acmes, number: 1 });
  expect(await byNumber(OTHER, 1)).toMatchObject({ id: others, number: 1 });
  await share(ACME);
  expect(await byNumber(OTHER, 2)).toBeUndefined();
});

test('lists, suggestions and whether somebody shared one are of their own workspace', async () => {
  const ours = await share(ACME, { system: 'Invoices' });
  const { lists, nearMisses } = store.storage;
  const theirs = { teamId: OTHER, channels: ['C_OPS'], until: NOW + A_DAY, limit: 9, everyone: true };
  const found = async (personId: string) => [
    await lists.sharedBy(OTHER, personId, 9),
    await lists.fromOthers({ ...theirs, personId }),
    await lists.systemsLike({ ...theirs, personId, typed: 'Inv' }),
  ];
  for (const personId of ['U_MARIA', 'U_JON']) expect((await found(personId)).flat()).toEqual([]);
  expect(await nearMisses.hasShared(OTHER, 'U_MARIA')).toBe(false);
  const own = await share(OTHER, { system: 'invoices' });
  expect((await lists.sharedBy(OTHER, 'U_MARIA', 9)).map(({ id }) => id)).toEqual([own]);
  expect((await lists.sharedBy(ACME, 'U_MARIA', 9)).map(({ id }) => id)).toEqual([ours]);
  expect(await lists.systemsLike({ ...theirs, personId: 'U_JON', typed: 'Inv' })).toEqual(['invoices']);
});

test('a system of the same name is another one, which stays when theirs goes', async () => {
  const ours = await share(ACME, { system: 'Invoices' });
  const theirs = await share(OTHER, { system: 'INVOICES' });
  const { nearMisses } = store.storage;
  await nearMisses.withdraw({ teamId: OTHER, id: theirs, now: NOW });
  expect(await nearMisses.byId(ACME, ours)).toMatchObject({ system: 'Invoices' });
  expect(store.outside().prepare('select team_id, name from systems').all()).toEqual([
    { team_id: ACME, name: 'Invoices' },
  ]);
});

describe('with the id of a near-miss of another workspace', () => {
  let id: string;
  beforeEach(async () => {
    id = await share(ACME);
    await store.tellAll(id, NOW);
    const added = { teamId: ACME, id, authorId: 'U_JON', now: NOW };
    await store.storage.nearMisses.tell({ ...added, change: () => told });
  });

  const of = { teamId: OTHER, now: NOW };
  const attempts: [string, () => Promise<unknown>, unknown][] = [
    ['it is not found', () => store.storage.nearMisses.byId(OTHER, id), undefined],
    [
      'nothing is told',
      () => store.storage.nearMisses.tell({ ...of, id, change: () => EMPTY_TELLING }),
      undefined,
    ],
    [
      'nothing is added',
      () => store.storage.nearMisses.tell({ ...of, id, authorId: 'U_JON', change: () => EMPTY_TELLING }),
      undefined,
    ],
    ['it is not reworded', () => store.storage.nearMisses.reword({ ...of, id, summary: 'Else' }), false],
    [
      'who can see it does not change',
      () =>
        store.storage.nearMisses.changeWhoCanSee(
          toCapture(submission({ teamId: OTHER, id, tier: 'unattributed' }), NOW),
          NOW,
        ),
      undefined,
    ],
    [
      'it is not withdrawn',
      () => store.storage.nearMisses.withdraw({ ...of, id }),
      { card: false, digest: false },
    ],
    [
      'what was added stays',
      () => store.storage.nearMisses.forgetAdded({ ...of, id, authorId: 'U_JON' }),
      { card: false, digest: false },
    ],
  ];

  test.each(attempts)('%s', async (_what, attempt, answer) => {
    const before = rowsOf(ACME);
    expect(await attempt()).toEqual(answer);
    expect(rowsOf(ACME)).toEqual(before);
  });

  test.each(['named', 'unattributed'] as const)('a Save (%s) stores nothing', async (tier) => {
    const before = [rowsOf(ACME), rowsOf(OTHER)];
    await expect(store.capture({ teamId: OTHER, id, tier })).rejects.toThrow(/UNIQUE|of another workspace/);
    expect([rowsOf(ACME), rowsOf(OTHER)]).toEqual(before);
  });

  test.each(['named', 'unattributed'] as const)(
    'a Save (%s) stores nothing where that one waits',
    async (tier) => {
      const waits = await share(ACME, { tier: 'unattributed', summary: 'Ours' });
      await expect(store.capture({ teamId: OTHER, id: waits, tier })).rejects.toThrow('of another workspace');
      expect(await store.storage.nearMisses.byId(OTHER, waits)).toBeUndefined();
      expect(await store.storage.nearMisses.byId(ACME, waits)).toMatchObject({ summary: 'Ours' });
      await store.storage.waitingRoom.tend(NOW + A_DAY);
      expect(await store.storage.nearMisses.byId(ACME, waits)).toMatchObject({ summary: 'Ours' });
    },
  );
});

test('what was told under another workspace is not read as told here', async () => {
  const id = await share(ACME);
  const database = store.outside();
  database.exec(`
    insert into answers (team_id, near_miss_id, author, question, text) values ('${OTHER}', '${id}', '', 'closeness', 'Close');
    insert into saves (team_id, near_miss_id, author, position, text) values ('${OTHER}', '${id}', '', 0, 'Luck');
    insert into signals (team_id, near_miss_id, author, noticed) values ('${OTHER}', '${id}', '', 'The total');
    insert into key_players (team_id, near_miss_id, author, person_id) values ('${OTHER}', '${id}', 'U_JON', 'U_AMIRA');
  `);
  expect(await store.storage.nearMisses.byId(ACME, id)).toMatchObject({ told: EMPTY_TELLING, added: [] });
});

describe('the settings and the digest of one', () => {
  test('are not those of the other, for which nothing waits', async () => {
    const { workspaces, nearMisses } = store.storage;
    await workspaces.change(ACME, { stewards: ['U_AMIRA'], digest });
    expect(await workspaces.settings(OTHER)).toEqual({ stewards: [] });
    const quiet = { tier: 'confidential' as const, wantsCard: false };
    const [ours, theirs] = [await share(ACME, quiet), await share(OTHER, quiet)];
    expect(await nearMisses.byId(ACME, ours)).toMatchObject({ waitsForDigest: true });
    expect(await nearMisses.byId(OTHER, theirs)).not.toHaveProperty('waitsForDigest');
    const listed = await store.storage.lists.sharedBy(OTHER, 'U_MARIA', 9);
    expect(listed).toMatchObject([{ id: theirs }]);
    expect(listed[0]).not.toHaveProperty('waitsForDigest');
  });

  test('published, it tells and shows nothing of the other', async () => {
    const quiet = { tier: 'confidential' as const, wantsCard: false };
    const [ours, theirs] = [await share(ACME, quiet), await share(OTHER, quiet)];
    await store.storage.workspaces.change(OTHER, { digest });
    const database = store.outside();
    database.exec(`
      insert into digests (id, team_id, state, from_at, closed_at, publish_at, zone, channel_id, replies)
        values ('D1', '${ACME}', 'published', 0, 0, 0, 'UTC', 'C_OPS', 30);
      insert into digest_parts (team_id, digest_id, position, kind, ts) values ('${ACME}', 'D1', 0, 'parent', '5.6');
      update near_misses set digest_id = 'D1', number = 1;
    `);
    const { lists, nearMisses } = store.storage;
    const jon = { personId: 'U_JON', channels: [], until: NOW + A_DAY, limit: 9 };
    const listed = async (teamId: string) => (await lists.fromOthers({ ...jon, teamId })).map(({ id }) => id);
    expect([await listed(ACME), await listed(OTHER)]).toEqual([[ours], []]);
    expect(await nearMisses.withdraw({ teamId: OTHER, id: theirs, now: NOW })).toMatchObject({
      digest: false,
    });
    expect(await nearMisses.withdraw({ teamId: ACME, id: ours, now: NOW })).toMatchObject({ digest: true });
  });
});

test('what appears in one gets a number and a card there alone', async () => {
  const quiet = { tier: 'unattributed' as const, audience: 'channel' as const, wantsCard: false };
  const [ours, theirs] = [await share(ACME, quiet), await share(OTHER, quiet)];
  const { nearMisses, digests } = store.storage;
  const later = NOW + A_DAY;
  await store.storage.waitingRoom.tend(later);
  const before = rowsOf(OTHER);
  await digests.showQuietCards({ teamId: ACME, closedAt: later, now: later, shuffle: asIs });
  expect(await nearMisses.byId(ACME, ours)).toMatchObject({ number: 1, card: { channelId: 'C_OPS' } });
  await nearMisses.numberThoseAppearing(ACME, later, asIs);
  expect(rowsOf(OTHER)).toEqual(before);
  const announced = "select near_miss_id as id from outbox where kind = 'card'";
  expect(store.outside().prepare(announced).all()).toEqual([{ id: ours }]);
  expect(await store.capture({ teamId: ACME })).toEqual({ number: 2 });
  await nearMisses.numberThoseAppearing(OTHER, later, asIs);
  expect(await nearMisses.byId(OTHER, theirs)).toMatchObject({ number: 1, card: undefined });
});
