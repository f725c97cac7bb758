import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { share, shareAndSkip } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { ephemeralOf, modalOf, placeOf, questionsOf, wordsOf } from '../support/screen.ts';
import { show } from '../support/story.ts';
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

test('what was started, what is one’s own and what others shared each have a place, and are left out when empty', async () => {
  const bot = await botOnTheWire();
  await shareAndSkip(bot, 'maria', 'started');
  await share(bot, 'maria', 'finished', { system: 'Payroll' });
  await bot.workspace.person('maria').submit();
  await shareAndSkip(bot, 'jon', 'by somebody else');

  expect(await homeOf(bot, 'maria', 'by somebody else')).toEqual([
    'Share a near-miss',
    'Started, not finished',
    'NM-1: started',
    'Go on',
    'Yours, and what came of them',
    'NM-2 · Payroll: finished',
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

test('what is finished is listed however many drafts came after it, and a list that is cut names the command for the rest', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  await share(bot, 'maria', 'finished early');
  await maria.submit();
  const sqlite = new SQLite(bot.config.databasePath);
  sqlite.exec(`with recursive later(n) as (select 1 union all select n + 1 from later where n < 40)
    insert into near_misses (id, team_id, number, tier, audience, reporter_id, captured_at, summary)
      select 'draft' || n, team_id, n + 1, 'named', 'everyone', reporter_id, captured_at + n, 'started ' || n
      from later, near_misses`);
  sqlite.close();
  const words = await homeOf(bot, 'maria', 'started 40');
  expect(words.filter((line) => line.includes('started'))).toHaveLength(10);
  expect(words.slice(words.indexOf('These are the newest 10. More with `/nearmiss list drafts`.'))).toEqual([
    'These are the newest 10. More with `/nearmiss list drafts`.',
    'Yours, and what came of them',
    'NM-1: finished early',
    'Read',
  ]);
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
  await workspace.until(() => wordsOf(maria.home()).includes('Started, not finished'));
  await maria.submit();
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

test('one that was skipped and told by topic later is not called unfinished', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await shareAndSkip(bot, 'maria', 'seen in time');
  await homeOf(bot, 'maria', 'Started, not finished');
  const shown = await show(bot, 'maria', 'NM-1');
  await maria.press(placeOf(shown), 'tell_more');
  await modalOf(bot, 'maria', 'Tell more', 'answered');
  await maria.press('view', { block_id: 'went_right' });
  await modalOf(bot, 'maria', 'What went right', 'practice');
  await maria.change('view', 'practice', 'open ten by hand');
  expect((await maria.submit()).errors).toEqual({});
  await workspace.until(() => wordsOf(maria.home()).includes('Yours, and what came of them'));
  expect(wordsOf(maria.home())).not.toContain('Started, not finished');
  expectNoComplaints(bot);
});

test('Go on for one that is no longer there says so', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await shareAndSkip(bot, 'maria', 'seen in time');
  await homeOf(bot, 'maria', 'Started, not finished');
  const stale = maria.home();
  await maria.command('payments-ops', '/nearmiss list drafts');
  const list = await ephemeralOf(bot, 'maria', 'Started, not finished');
  await maria.command('payments-ops', '/nearmiss show 1');
  const shown = await ephemeralOf(bot, 'maria', 'Shared by');
  await maria.press({ channel: shown.channel, ts: shown.ts }, 'card_more', String(moreOf(shown.blocks)));
  await modalOf(bot, 'maria', 'Edit or withdraw', 'Withdraw');
  await maria.press('view', 'withdraw');
  await modalOf(bot, 'maria', 'Edit or withdraw', 'NM-1 is withdrawn.');
  await maria.close();
  expect(wordsOf(stale)).toContain('Go on');
  await maria.press({ channel: list.channel, ts: list.ts }, 'go_on');
  const view = await modalOf(bot, 'maria', 'What can we learn?', 'could not be found');
  expect(wordsOf(view)).toBe(
    'This near-miss could not be found. It may not exist, or it may be for other people.',
  );
  expectNoComplaints(bot);
});

/** The value of *Edit or withdraw* in a menu. */
function moreOf(blocks: unknown): string | undefined {
  return /edit_or_withdraw:[\w-]+/.exec(JSON.stringify(blocks))?.[0];
}

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

test('somebody whose only one is not finished is not told that they shared nothing', async () => {
  const bot = await botOnTheWire();
  await shareAndSkip(bot, 'maria', 'started');
  expect(await homeOf(bot, 'maria', 'NM-1: started')).toEqual([
    'Share a near-miss',
    'Started, not finished',
    'NM-1: started',
    'Go on',
    'Yours',
    'What you started is above. What you finish is listed here.',
  ]);
  expectNoComplaints(bot);
});

test('*Go on* asks nothing of Slack before it opens, even where nobody may go on any more', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  await shareAndSkip(bot, 'maria', 'started');
  await homeOf(bot, 'maria', 'NM-1: started');
  const sqlite = new SQLite(bot.config.databasePath);
  sqlite.exec("update near_misses set tier = 'unattributed', reporter_id = null");
  sqlite.close();
  const silent = bot.workspace.faults.on('users.info', { kind: 'hold', when: 'before' });
  await maria.press('home', 'go_on');
  const view = await modalOf(bot, 'maria', 'What can we learn?', 'could not be found');
  expect(questionsOf(view)).toEqual([]);
  silent.release();
  expectNoComplaints(bot);
});
