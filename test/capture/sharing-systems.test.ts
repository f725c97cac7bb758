import { describe, expect, test } from 'vitest';
import {
  addSystem,
  ephemeralOf,
  expectNoComplaints,
  openStepOne,
  rows,
  shareAndSkip,
  stepOneOf,
  systemsOffered,
} from '../support/doing.ts';
import { type Office, openOffice } from '../support/office.ts';

async function typing(office: Office, who: string, channel: string, typed: string): Promise<string[]> {
  const person = office.workspace.person(who);
  await person.command(channel, '/nearmiss');
  await stepOneOf(office, who);
  const offered = await systemsOffered(office, who, typed);
  await person.close();
  return offered;
}

test('the first option adds what was typed; then what is known', async () => {
  const office = await openOffice();
  await shareAndSkip(office, 'jon', 'one', { system: 'Payroll' });
  await shareAndSkip(office, 'jon', 'two', { system: 'Payments' });
  expect(await typing(office, 'maria', 'payments-ops', 'pay')).toEqual(['Add "pay"', 'Payments', 'Payroll']);
  expect(await typing(office, 'maria', 'payments-ops', '')).toEqual(['Payments', 'Payroll']);
  expect(await typing(office, 'maria', 'payments-ops', '%')).toEqual(['Add "%"']);
  expect(await typing(office, 'maria', 'payments-ops', '   ')).toEqual(['Payments', 'Payroll']);
  expectNoComplaints(office);
});

test('a name longer than sixty characters is cut where one can see it, and kept as it was shown', async () => {
  const office = await openOffice();
  const long = 'The very long name of the nightly export of invoices to the regional tax office';
  const shown = `${long.slice(0, 59).trimEnd()}…`;
  expect(await typing(office, 'maria', 'payments-ops', long)).toEqual([`Add "${shown}"`]);
  await shareAndSkip(office, 'maria', 'one', { system: long });
  expect(rows(office, 'select name from systems')).toEqual([{ name: shown }]);
  expectNoComplaints(office);
});

test('neither case nor spacing makes a new system', async () => {
  const office = await openOffice();
  for (const system of ['Tax table', 'tax  TABLE', ' TaxTable '])
    await shareAndSkip(office, 'maria', 'again', { system });
  expect(rows(office, 'select name from systems')).toEqual([{ name: 'Tax table' }]);
  expect(rows(office, 'select count(distinct system_id) as systems from near_misses')).toEqual([
    { systems: 1 },
  ]);
  expectNoComplaints(office);
});

test('names with Slack’s own characters come back as they were typed', async () => {
  const office = await openOffice();
  await shareAndSkip(office, 'maria', 'one', { system: 'A&B <tax> "x" `y` *z* <!channel>' });
  expect(rows(office, 'select name from systems')).toEqual([{ name: 'A&B <tax> "x" `y` *z* <!channel>' }]);
  expectNoComplaints(office);
});

describe('only systems of near-misses the asker may read', () => {
  async function aSystemInEachPlace(office: Office) {
    await shareAndSkip(office, 'jon', 'for all', { system: 'Sys public', card: false });
    await shareAndSkip(office, 'jon', 'for members', {
      system: 'Sys members',
      audience: 'channel',
      card: false,
    });
    await shareAndSkip(office, 'jon', 'for leads', { system: 'Sys leads', channel: 'finance-leads' });
    await shareAndSkip(office, 'jon', 'for myself', { system: 'Sys board', channel: 'board' });
  }

  // Whether somebody is in a public channel would have to be asked of Slack, by their name.
  test('a colleague, and so a member of a public channel', async () => {
    const office = await openOffice();
    await aSystemInEachPlace(office);
    expect(await typing(office, 'amira', 'payments-ops', 'Sys')).toEqual(['Add "Sys"', 'Sys public']);
    expectNoComplaints(office);
  });

  test('a member, in the private channel', async () => {
    const office = await openOffice();
    await aSystemInEachPlace(office);
    await openStepOne(office, 'maria', 'finance-leads', 'Only members of #finance-leads');
    expect(await systemsOffered(office, 'maria', 'Sys')).toEqual(['Add "Sys"', 'Sys leads', 'Sys public']);
    expectNoComplaints(office);
  });

  test('who shared them', async () => {
    const office = await openOffice();
    await aSystemInEachPlace(office);
    expect(await typing(office, 'jon', 'quiet', 'Sys')).toEqual([
      'Add "Sys"',
      'Sys board',
      'Sys leads',
      'Sys members',
      'Sys public',
    ]);
    expectNoComplaints(office);
  });

  test('somebody looking into a public channel they are not in', async () => {
    const office = await openOffice();
    await shareAndSkip(office, 'jon', 'for members', {
      system: 'Sys quiet',
      channel: 'quiet',
      audience: 'channel',
    });
    expect(await typing(office, 'amira', 'quiet', 'Sys')).toEqual(['Add "Sys"']);
    expectNoComplaints(office);
  });

  test('a guest', async () => {
    const office = await openOffice();
    await aSystemInEachPlace(office);
    expect(await typing(office, 'gus', 'payments-ops', 'Sys')).toEqual(['Add "Sys"']);
    expectNoComplaints(office);
  });

  test('of one shared without a name, not before the day after', async () => {
    let later = 0;
    const office = await openOffice({ world: { now: () => Date.now() + later } });
    await shareAndSkip(office, 'jon', 'quietly', { system: 'Sys quiet', tier: 'unattributed' });
    expect(await typing(office, 'amira', 'payments-ops', 'Sys')).toEqual(['Add "Sys"']);
    later = 24 * 60 * 60 * 1000;
    expect(await typing(office, 'amira', 'payments-ops', 'Sys')).toEqual(['Add "Sys"', 'Sys quiet']);
    expectNoComplaints(office);
  });

  test('not of one that was withdrawn', async () => {
    const office = await openOffice();
    await shareAndSkip(office, 'jon', 'one', { system: 'Sys gone' });
    const jon = office.workspace.person('jon');
    await jon.command('payments-ops', '/nearmiss show 1');
    const shown = await ephemeralOf(office, 'jon', 'Shared by');
    const id = rows<{ id: string }>(office, 'select id from near_misses')[0]?.id;
    await jon.press({ channel: shown.channel, ts: shown.ts }, 'card_more', `edit_or_withdraw:${id}`);
    await office.workspace.until(() => jon.view()?.callback_id === 'change_menu');
    await jon.press('view', 'withdraw');
    await office.workspace.until(
      () => rows(office, 'select id from near_misses where withdrawn_at is not null').length === 1,
    );
    expect(await typing(office, 'amira', 'payments-ops', 'Sys')).toEqual(['Add "Sys"']);
    expect(rows(office, 'select * from systems')).toEqual([]);
    expectNoComplaints(office);
  });
});

test('nobody is named to Slack while somebody types', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await openStepOne(office, 'maria');
  const before = workspace.calls.length;
  await addSystem(office, 'maria', 'Payroll');
  await systemsOffered(office, 'maria', 'pay');
  const called = workspace.calls.slice(before).map(({ method, args }) => `${method} ${JSON.stringify(args)}`);
  expect(called.filter((call) => call.includes(maria.id))).toEqual([]);
  expectNoComplaints(office);
});
