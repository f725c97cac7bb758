import { expect, test } from 'vitest';
import { DAY, NOW, openStore, submission, TEAM } from '../support/store.ts';

/** Somebody who shared none of them and is in no channel. */
const JON = { teamId: TEAM, personId: 'U_JON', channels: [], until: 0, limit: 9 };

test('case and spacing make no new system, and one nobody names any more is forgotten', async () => {
  const { storage, outside, capture } = await openStore();
  const [one, other] = [submission({ system: 'Invoices' }), submission({ system: '  INVOICES ' })];
  await capture(one);
  await capture(other);
  const systems = () => outside().prepare('select name from systems').all();
  expect(systems()).toEqual([{ name: 'Invoices' }]);
  await storage.nearMisses.withdraw({ teamId: TEAM, id: one.id, now: NOW });
  expect(systems()).toEqual([{ name: 'Invoices' }]);
  await storage.nearMisses.reword({
    teamId: TEAM,
    id: other.id,
    summary: 'Phones down',
    system: 'Phones',
    now: NOW,
  });
  expect(systems()).toEqual([{ name: 'Phones' }]);
});

test('lists are newest first, bounded, and each of what it is of', async () => {
  const { storage, capture, tellAll } = await openStore();
  const ids: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    const one = submission({ personId: at === 4 ? 'U_JON' : 'U_MARIA' });
    ids.push(one.id);
    await capture(one, NOW + at);
  }
  const [first = '', second = '', third = '', fourth = '', jons = ''] = ids;
  await tellAll(fourth, NOW + 9);
  await storage.nearMisses.withdraw({ teamId: TEAM, id: third, now: NOW + 9 });
  const idsOf = async (list: Promise<{ id: string }[]>) => (await list).map(({ id }) => id);
  expect(await idsOf(storage.lists.sharedBy(TEAM, 'U_MARIA', 2))).toEqual([fourth, second]);
  expect(await idsOf(storage.lists.fromOthers(JON))).toEqual([fourth, second, first]);
  expect(await idsOf(storage.lists.fromOthers({ ...JON, personId: 'U_MARIA' }))).toEqual([jons]);
});

test('what is for one channel is listed for those in it, and what has no name once its day is over', async () => {
  const { storage, capture } = await openStore();
  await capture({ audience: 'channel', system: 'Payroll' });
  await capture({ tier: 'confidential', system: 'Phones', wantsCard: false }, NOW + 1);
  await storage.nearMisses.numberThoseAppearing(TEAM, NOW + 86_400_000, (items) => items);
  const wanted = { ...JON, channels: ['C_OPS'], until: DAY - 1 };
  const systemsOf = async (of: typeof wanted) =>
    (await storage.lists.fromOthers(of)).map(({ system }) => system);
  expect(await systemsOf(wanted)).toEqual(['Payroll']);
  expect(await systemsOf({ ...wanted, channels: ['C_OTHER'] })).toEqual([]);
  expect(await systemsOf({ ...wanted, until: DAY + 86_400_000 - 1 })).toEqual(['Phones', 'Payroll']);
  const like = (changes: object) =>
    storage.lists.systemsLike({ ...wanted, typed: 'P', everyone: true, ...changes });
  expect(await like({})).toEqual(['Payroll']);
  expect(await like({ until: DAY + 86_400_000 - 1 })).toEqual(['Payroll', 'Phones']);
  expect(await like({ until: DAY + 86_400_000 - 1, everyone: false })).toEqual(['Payroll']);
  expect(await like({ channels: [] })).toEqual([]);
  expect(await like({ channels: [], personId: 'U_MARIA' })).toEqual(['Payroll', 'Phones']);
});

test('what is typed to find a system is words, not a pattern', async () => {
  const { storage, capture } = await openStore();
  for (const system of ['100% manual', 'a_b', 'axb', String.raw`back\slash`, "O'Brien"])
    await capture({ system });
  const found = (typed: string) => storage.lists.systemsLike({ ...JON, typed, everyone: true });
  expect(await found('%')).toEqual(['100% manual']);
  expect(await found('A_B')).toEqual(['a_b']);
  expect(await found('\\')).toEqual([String.raw`back\slash`]);
  expect(await found("'")).toEqual(["O'Brien"]);
});

test('a system is found however its name was written: neither case, also beyond ASCII, nor spacing matters', async () => {
  const { storage, capture } = await openStore();
  for (const system of ['Über mich', 'Pay roll']) await capture({ system });
  const found = (typed: string) => storage.lists.systemsLike({ ...JON, typed, everyone: true });
  for (const typed of ['über', 'ÜBER M', 'uber']) {
    expect(await found(typed)).toEqual(typed === 'uber' ? [] : ['Über mich']);
  }
  for (const typed of ['payroll', 'pay roll', 'PAY  R']) expect(await found(typed)).toEqual(['Pay roll']);
  expect(await found('')).toEqual(['Pay roll', 'Über mich']);
});

test('the conversations that keep something to themselves are those of what is there, each once', async () => {
  const { storage, capture } = await openStore();
  const inChannel = (id: string) =>
    submission({ audience: 'channel', conversation: { id, name: id, kind: 'private' } });
  const gone = inChannel('C_GONE');
  for (const one of [inChannel('C_TWO'), inChannel('C_ONE'), inChannel('C_TWO'), gone]) await capture(one);
  await capture({ audience: 'everyone' });
  await storage.nearMisses.withdraw({ teamId: TEAM, id: gone.id, now: NOW });
  expect(await storage.lists.channelsWithTheirOwn(TEAM)).toEqual(['C_ONE', 'C_TWO']);
  expect(await storage.lists.channelsWithTheirOwn('T_OTHER')).toEqual([]);
});
