import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../sandbox/clock.ts';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { choose, openStepOne, share, shareAndSkip, stepOneOf } from '../support/capture.ts';
import { cardIn, dmOf, ephemeralOf, modalOf, typedIn, wordsOf } from '../support/screen.ts';

const TOO_LATE = 'That took too long to open. Please try it once more.';
const DID_NOT_WORK =
  'That did not work just now. Please try it once more in a moment. If it keeps happening, tell whoever runs the app: ';

describe('a modal that cannot open', () => {
  test('for the trigger was too old: one sentence, where the person is', async () => {
    const clock = manualClock();
    const bot = await botOnTheWire({ clock });
    const { workspace } = bot;
    const slow = workspace.faults.on('views.open', { kind: 'hold', when: 'before' });
    const sent = await workspace.person('maria').command('payments-ops', '/nearmiss');
    await slow.struck;
    clock.advance(3001);
    slow.release();
    expect((await ephemeralOf(bot, 'maria', 'That')).text).toBe(TOO_LATE);
    expect(sent.failure).toBeUndefined();
    expect(bot.logged()).toContain('expired_trigger_id');
    expectNoComplaints(bot);
  });

  test.each([
    ['is refused', { kind: 'error', error: 'internal_error' }],
    ['is rate limited', { kind: 'rate_limit', retryAfter: 30 }],
    ['is broken', { kind: 'http', status: 502 }],
    ['is cut off', { kind: 'drop', when: 'before' }],
  ] as const)(
    'for Slack’s answer %s: the sentence names the line in the log that has the cause',
    async (_how, trouble) => {
      const bot = await botOnTheWire();
      bot.workspace.faults.on('views.open', trouble);
      await bot.workspace.person('maria').command('payments-ops', '/nearmiss the words');
      const told = await ephemeralOf(bot, 'maria', DID_NOT_WORK);
      const id = told.text.slice(DID_NOT_WORK.length).replace(/\.$/, '');
      expect(id).toMatch(/^[\w-]{8}$/);
      expect(bot.logged()).toContain(`"id":"${id}"`);
      expect(bot.logged()).not.toContain('the words');
      await bot.workspace.person('maria').command('payments-ops', '/nearmiss the words');
      expect(typedIn(await stepOneOf(bot, 'maria'), 'summary')).toBe('the words');
      expectNoComplaints(bot);
    },
  );

  test('from the message shortcut says it where the message is; from the global shortcut and Home, by direct message', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    const message = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    await maria.openHome();
    await workspace.until(() => maria.home());
    workspace.faults.on('views.open', { kind: 'error', error: 'internal_error' }, { times: 3 });
    await maria.messageShortcut('share_from_message', message);
    await ephemeralOf(bot, 'maria', DID_NOT_WORK);
    await maria.globalShortcut('share_from_anywhere');
    await workspace.until(() => maria.dm().length === 1);
    await maria.press('home', 'share_from_home');
    await workspace.until(() => maria.dm().length === 2);
    expect(maria.dm().map(({ text }) => text.startsWith(DID_NOT_WORK))).toEqual([true, true]);
    expectNoComplaints(bot);
  });

  test.each([
    ['is refused', { kind: 'error', error: 'internal_error' }],
    ['is rate limited', { kind: 'rate_limit', retryAfter: 30 }],
  ] as const)(
    'nobody is left waiting for a thread that was read: drawing step 1 %s',
    async (_how, trouble) => {
      const bot = await botOnTheWire();
      const { workspace } = bot;
      const message = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
      workspace.faults.on('views.update', trouble);
      await workspace.person('maria').messageShortcut('share_from_message', message);
      const view = await modalOf(bot, 'maria', 'Share a near-miss', DID_NOT_WORK);
      expect(wordsOf(view)).not.toContain('Reading the thread');
      expectNoComplaints(bot);
    },
  );

  test('nobody is left waiting for a thread when the app’s own store does not answer', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const message = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    const sqlite = new SQLite(bot.config.databasePath);
    sqlite.exec('alter table near_misses rename to elsewhere');
    sqlite.close();
    await workspace.person('maria').messageShortcut('share_from_message', message);
    const view = await modalOf(bot, 'maria', 'Share a near-miss', DID_NOT_WORK);
    expect(wordsOf(view)).not.toContain('Reading the thread');
    expectNoComplaints(bot);
  });

  test('from a list that is open says it there', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const jon = workspace.person('jon');
    await shareAndSkip(bot, 'maria', 'seen in time');
    const { channel, ts } = await cardIn(bot, 'payments-ops', 'jon', 'seen in time');
    await jon.press({ channel, ts }, 'tell_more');
    await modalOf(bot, 'jon', 'Tell more', 'answered');
    workspace.faults.on('views.push', { kind: 'error', error: 'expired_trigger_id' });
    await jon.press('view', { block_id: 'users' });
    expect(wordsOf(await modalOf(bot, 'jon', 'Tell more', 'That'))).toBe(TOO_LATE);
    expect(jon.ephemerals()).toEqual([]);
    expect(jon.dm()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('a choice that cannot be drawn takes nothing away that was typed', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await openStepOne(bot, 'maria');
    await maria.change('view', 'summary', 'typed');
    workspace.faults.on('views.update', { kind: 'rate_limit', retryAfter: 1 });
    await maria.change('view', 'tier', 'unattributed');
    await expect.poll(() => bot.logged()).toContain('could not be answered');
    expect(typedIn(maria.view(), 'summary')).toBe('typed');
    await choose(bot, 'maria', 'audience', 'channel');
    expect(wordsOf(maria.view())).toContain('No name stored, for members of #payments-ops');
    expect(maria.ephemerals()).toEqual([]);
    expectNoComplaints(bot);
  });
});

test('a token that is refused: the person is told, what they save is safe, and the process says why it ends', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await share(bot, 'maria', 'saved before');
  workspace.faults.revokeToken();
  await workspace.person('jon').command('payments-ops', '/nearmiss');
  await ephemeralOf(bot, 'jon', DID_NOT_WORK);
  await maria.change('view', 'closeness', 'an hour');
  expect((await maria.submit()).errors).toEqual({});
  await expect.poll(() => bot.fatal[0], { timeout: 10_000 }).toContain('Slack does not accept this token');
  workspace.faults.restoreToken();
  expect(workspace.complaints).toEqual([]);
});

test('rate limited, cards wait and arrive in the order they were shared', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const limited = workspace.faults.on(
    'chat.postMessage',
    { kind: 'rate_limit', retryAfter: 1 },
    { times: 2 },
  );
  for (const [who, summary] of [
    ['maria', 'the first'],
    ['jon', 'the second'],
    ['amira', 'the third'],
  ] as const)
    await share(bot, who, summary);
  await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 3, { ms: 20_000 });
  expect(limited.hits).toBe(2);
  expect(
    workspace
      .person('jon')
      .messages('payments-ops')
      .map(({ text }) => text),
  ).toEqual(['Near-miss NM-1: the first', 'Near-miss NM-2: the second', 'Near-miss NM-3: the third']);
  expectNoComplaints(bot);
});

test('help and show that Slack will not show where they were asked come by direct message', async () => {
  const bot = await botOnTheWire();
  bot.workspace.faults.on('response_url', { kind: 'http', status: 500 }, { times: 2 });
  await bot.workspace.person('maria').command('payments-ops', '/nearmiss help');
  const told = await dmOf(bot, 'maria', DID_NOT_WORK);
  expect(told.text.startsWith(DID_NOT_WORK)).toBe(true);
  expectNoComplaints(bot);
});
