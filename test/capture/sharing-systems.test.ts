import { describe, expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { addSystem, openStepOne, shareAndSkip, stepOneOf, systemsOffered } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { ephemeralOf, modalOf, wordsOf } from '../support/screen.ts';
import { GUEST } from '../support/stewards.ts';

async function typing(bot: BotOnTheWire, who: string, channel: string, typed: string): Promise<string[]> {
  const person = bot.workspace.person(who);
  await person.command(channel, '/nearmiss');
  await stepOneOf(bot, who);
  const offered = await systemsOffered(bot, who, typed);
  await person.close();
  return offered;
}

test('the first option adds what was typed; then what is known', async () => {
  const bot = await botOnTheWire();
  await shareAndSkip(bot, 'jon', 'one', { system: 'Payroll' });
  await shareAndSkip(bot, 'jon', 'two', { system: 'Payments' });
  expect(await typing(bot, 'maria', 'payments-ops', 'pay')).toEqual(['Add "pay"', 'Payments', 'Payroll']);
  expect(await typing(bot, 'maria', 'payments-ops', '')).toEqual(['Payments', 'Payroll']);
  expect(await typing(bot, 'maria', 'payments-ops', '%')).toEqual(['Add "%"']);
  expect(await typing(bot, 'maria', 'payments-ops', '   ')).toEqual(['Payments', 'Payroll']);
  expectNoComplaints(bot);
});

test('a name longer than sixty characters is cut where one can see it, and kept as it was shown', async () => {
  const bot = await botOnTheWire();
  const long = 'The very long name of the nightly export of invoices to the regional tax office';
  const shown = `${long.slice(0, 59).trimEnd()}…`;
  expect(await typing(bot, 'maria', 'payments-ops', long)).toEqual([`Add "${shown}"`]);
  await shareAndSkip(bot, 'maria', 'one', { system: long });
  expect(rows(bot, 'select name from systems')).toEqual([{ name: shown }]);
  expectNoComplaints(bot);
});

test('neither case nor spacing makes a new system', async () => {
  const bot = await botOnTheWire();
  for (const system of ['Tax table', 'tax  TABLE', ' TaxTable '])
    await shareAndSkip(bot, 'maria', 'again', { system });
  expect(rows(bot, 'select name from systems')).toEqual([{ name: 'Tax table' }]);
  expect(rows(bot, 'select count(distinct system_id) as systems from near_misses')).toEqual([{ systems: 1 }]);
  expectNoComplaints(bot);
});

test('names with Slack’s own characters come back as they were typed', async () => {
  const bot = await botOnTheWire();
  await shareAndSkip(bot, 'maria', 'one', { system: 'A&B <tax> "x" `y` *z* <!channel>' });
  expect(rows(bot, 'select name from systems')).toEqual([{ name: 'A&B <tax> "x" `y` *z* <!channel>' }]);
  expectNoComplaints(bot);
});

describe('only systems of near-misses the asker may read', () => {
  async function aSystemInEachPlace(bot: BotOnTheWire) {
    await shareAndSkip(bot, 'jon', 'for all', { system: 'Sys public', card: false });
    await shareAndSkip(bot, 'jon', 'for members', {
      system: 'Sys members',
      audience: 'channel',
      card: false,
    });
    await shareAndSkip(bot, 'jon', 'for leads', { system: 'Sys leads', channel: 'finance-leads' });
    await shareAndSkip(bot, 'jon', 'for myself', { system: 'Sys board', channel: 'board' });
  }

  // Whether somebody is in a public channel would have to be asked of Slack, by their name.
  test('a colleague, and so a member of a public channel', async () => {
    const bot = await botOnTheWire();
    await aSystemInEachPlace(bot);
    expect(await typing(bot, 'amira', 'payments-ops', 'Sys')).toEqual(['Add "Sys"', 'Sys public']);
    expectNoComplaints(bot);
  });

  test('a member, in the private channel', async () => {
    const bot = await botOnTheWire();
    await aSystemInEachPlace(bot);
    await openStepOne(bot, 'maria', 'finance-leads', 'Only members of #finance-leads');
    expect(await systemsOffered(bot, 'maria', 'Sys')).toEqual(['Add "Sys"', 'Sys leads', 'Sys public']);
    expectNoComplaints(bot);
  });

  test('who shared them', async () => {
    const bot = await botOnTheWire();
    await aSystemInEachPlace(bot);
    expect(await typing(bot, 'jon', 'quiet', 'Sys')).toEqual([
      'Add "Sys"',
      'Sys board',
      'Sys leads',
      'Sys members',
      'Sys public',
    ]);
    expectNoComplaints(bot);
  });

  test('somebody looking into a public channel they are not in', async () => {
    const bot = await botOnTheWire();
    await shareAndSkip(bot, 'jon', 'for members', {
      system: 'Sys quiet',
      channel: 'quiet',
      audience: 'channel',
    });
    expect(await typing(bot, 'amira', 'quiet', 'Sys')).toEqual(['Add "Sys"']);
    expectNoComplaints(bot);
  });

  test('a guest', async () => {
    const bot = await botOnTheWire();
    await aSystemInEachPlace(bot);
    expect(await typing(bot, 'gus', 'payments-ops', 'Sys')).toEqual(['Add "Sys"']);
    expectNoComplaints(bot);
  });

  test('somebody who became a guest, from the moment Slack says so, whatever a slower answer says', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    await aSystemInEachPlace(bot);
    const reading = workspace.faults.on('users.list', { kind: 'hold', when: 'after' });
    await bot.restart();
    await reading.struck;
    await workspace.changePerson('sam', GUEST);
    reading.release();
    // The directory is read when those who are in it and nobody heard of are known again.
    await expect.poll(() => typing(bot, 'amira', 'quiet', 'Sys')).toEqual(['Add "Sys"', 'Sys public']);
    expect(await typing(bot, 'sam', 'quiet', 'Sys')).toEqual(['Add "Sys"']);
    expectNoComplaints(bot);
  });

  test('of one shared without a name, not before the day after', async () => {
    const bot = await botOnTheWire();
    await shareAndSkip(bot, 'jon', 'quietly', { system: 'Sys quiet', tier: 'unattributed' });
    expect(await typing(bot, 'amira', 'payments-ops', 'Sys')).toEqual(['Add "Sys"']);
    bot.advance(24 * 60 * 60 * 1000);
    const amira = bot.workspace.person('amira');
    await amira.openHome();
    await bot.workspace.until(() => wordsOf(amira.home()).includes('Sys quiet'));
    expect(await typing(bot, 'amira', 'payments-ops', 'Sys')).toEqual(['Add "Sys"', 'Sys quiet']);
    expectNoComplaints(bot);
  });

  test('not of one that was withdrawn', async () => {
    const bot = await botOnTheWire();
    await shareAndSkip(bot, 'jon', 'one', { system: 'Sys gone' });
    const jon = bot.workspace.person('jon');
    await jon.command('payments-ops', '/nearmiss show 1');
    const shown = await ephemeralOf(bot, 'jon', 'Shared by');
    const id = rows<{ id: string }>(bot, 'select id from near_misses')[0]?.id;
    await jon.press({ channel: shown.channel, ts: shown.ts }, 'card_more', `edit_or_withdraw:${id}`);
    await modalOf(bot, 'jon', 'Edit or withdraw', 'Edit my words');
    await jon.press('view', 'withdraw');
    await bot.workspace.until(
      () => rows(bot, 'select id from near_misses where withdrawn_at is not null').length === 1,
    );
    expect(await typing(bot, 'amira', 'payments-ops', 'Sys')).toEqual(['Add "Sys"']);
    expect(rows(bot, 'select * from systems')).toEqual([]);
    expectNoComplaints(bot);
  });
});

test('nobody is named to Slack while somebody types', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await openStepOne(bot, 'maria');
  const before = workspace.calls.length;
  await addSystem(bot, 'maria', 'Payroll');
  await systemsOffered(bot, 'maria', 'pay');
  const called = workspace.calls.slice(before).map(({ method, args }) => `${method} ${JSON.stringify(args)}`);
  expect(called.filter((call) => call.includes(maria.id))).toEqual([]);
  expectNoComplaints(bot);
});
