import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { share, shareAndSkip } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { ephemeralOf, modalOf, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

const homeOf = async ({ workspace }: BotOnTheWire, who: string, has: string): Promise<string[]> => {
  const person = workspace.person(who);
  await person.openHome();
  await workspace.until(() => wordsOf(person.home()).includes(has), { what: `${has} on the Home of ${who}` });
  return wordsOf(person.home()).split('\n');
};

test('before anything was shared, Home says what it is for and that the first one starts it', async () => {
  const bot = await botOnTheWire();
  const words = await homeOf(bot, 'maria', 'Learn from what nearly happened');
  expect(words).toContain('Share a near-miss');
  expect(words).toContain('What one looks like (made up)');
  expect(words).toContain('Yours');
  expect(words).toContain(
    'Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.',
  );
  expect(words).toContain('Nothing yet. The first one starts it.');
  expectNoComplaints(bot);
});

test('what is one’s own and what others shared each have a place, and are left out when empty', async () => {
  const bot = await botOnTheWire();
  await shareAndSkip(bot, 'maria', 'started');
  await share(bot, 'maria', 'finished', { system: 'Payroll' });
  await bot.workspace.person('maria').submit();
  await shareAndSkip(bot, 'jon', 'by somebody else');

  expect(await homeOf(bot, 'maria', 'by somebody else')).toEqual([
    'Share a near-miss',
    'Yours, and what came of them',
    'NM-2 · Payroll: finished',
    'Read',
    'NM-1: started',
    'Read',
    'From others',
    'NM-3: by somebody else',
    'Read',
  ]);
  expect(await homeOf(bot, 'amira', 'by somebody else')).toEqual([
    'Share a near-miss',
    'Yours',
    'Nothing yet. What you share is listed here, unless you choose that nobody may see it was you.',
    'From others',
    'NM-3: by somebody else',
    'Read',
    'NM-2 · Payroll: finished',
    'Read',
    'NM-1: started',
    'Read',
  ]);
  expectNoComplaints(bot);
});

test('stopping half-way is no debt, and a list that is cut names the command for the rest', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  await shareAndSkip(bot, 'maria', 'shared early');
  const sqlite = new SQLite(bot.config.databasePath);
  sqlite.exec(`with recursive later(n) as (select 1 union all select n + 1 from later where n < 40)
    insert into near_misses (id, team_id, number, tier, audience, reporter_id, captured_at, summary)
      select 'later' || n, team_id, n + 1, 'named', 'everyone', reporter_id, captured_at + n, 'started ' || n
      from later, near_misses`);
  sqlite.close();
  const words = await homeOf(bot, 'maria', 'started 40');
  expect(words.filter((line) => line.includes('started'))).toHaveLength(10);
  expect(words.at(-1)).toBe('These are the newest 10. More with `/nearmiss list mine`.');
  expect(words.join()).not.toMatch(/finished|Go on/);
  await maria.command('payments-ops', '/nearmiss list mine');
  const list = await ephemeralOf(bot, 'maria', 'started 40');
  expect(
    wordsOf(list)
      .split('\n')
      .filter((line) => line.includes('started')),
  ).toHaveLength(30);
  expect(wordsOf(list)).toMatch(
    /These are the newest 30\. There are more: `\/nearmiss show NM-12` opens any of them by its number\.$/,
  );
  expect(list.text).toContain('There are more');
  expectNoComplaints(bot);
});

test('Home follows what is saved, told and withdrawn without being opened again', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await homeOf(bot, 'maria', 'Learn from what nearly happened');
  await share(bot, 'maria', 'seen in time');
  await workspace.until(() => wordsOf(maria.home()).includes('Yours, and what came of them'));
  await maria.press('home', 'read_all');
  const view = await modalOf(bot, 'maria', 'NM-1', 'seen in time');
  expect(wordsOf(view)).toContain('Shared by Maria Lopez');
  await maria.press(
    'view',
    'card_more',
    `edit_or_withdraw:${rows<{ id: string }>(bot, 'select id from near_misses')[0]?.id}`,
  );
  await modalOf(bot, 'maria', 'Edit or withdraw', 'Withdraw');
  await maria.press('view', 'withdraw');
  await workspace.until(() => !wordsOf(maria.home()).includes('seen in time'));
  expectNoComplaints(bot);
});

describe('when Slack does not take a Home', () => {
  test('it follows, without being opened again', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    workspace.faults.on('views.publish', { kind: 'http', status: 503 });
    await workspace.person('maria').openHome();
    await workspace.until(() => workspace.person('maria').home());
    expect(callsOf(bot, 'views.publish').length).toBeGreaterThan(1);
    expectNoComplaints(bot);
  });
});

test('the Messages tab is no reason to draw Home', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  await workspace.person('maria').openHome('messages');
  await homeOf(bot, 'jon', 'Learn from what nearly happened');
  expect(callsOf(bot, 'views.publish').map(({ args }) => args.user_id)).toEqual([workspace.person('jon').id]);
  expectNoComplaints(bot);
});
