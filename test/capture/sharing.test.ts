import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { fillStepOne, openStepOne, shareAndSkip, stepOneOf } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import {
  ephemeralOf,
  inputOf,
  modalOf,
  questionsOf,
  said,
  titleOf,
  typedIn,
  wordsOf,
} from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  test('/nearmiss opens step 1 as the copy has it, and one line is enough', async () => {
    const bot = await botOnTheWire({ mode });
    const maria = bot.workspace.person('maria');

    const opened = await maria.command('payments-ops', '/nearmiss');
    expect(opened.failure).toBeUndefined();
    const view = await stepOneOf(bot, 'maria');
    expect([view.title, view.submit, view.close]).toMatchObject([
      { text: 'Share a near-miss' },
      { text: 'Save' },
      { text: 'Cancel' },
    ]);
    expect(questionsOf(view)).toEqual([
      'What nearly happened?',
      'Which system or process?',
      'Who may see that it was you?',
      'Who may read it?',
      'Post a short card',
    ]);
    expect(typedIn(view, 'summary')).toBe('');

    await maria.change('view', 'summary', 'The export had last month’s rates.');
    expect((await maria.submit()).errors).toEqual({});
    expect(titleOf(maria.view())).toBe('What went right?');
    expect(wordsOf(maria.view())).toContain('*Saved as NM-1.* You can stop here.');
    expectNoComplaints(bot);
  });

  test('/nearmiss with words opens step 1 with those words in it', async () => {
    const bot = await botOnTheWire({ mode });
    await bot.workspace
      .person('maria')
      .command('payments-ops', '/nearmiss payroll export caught before the run');
    const view = await stepOneOf(bot, 'maria');
    expect(typedIn(view, 'summary')).toBe('payroll export caught before the run');
    expectNoComplaints(bot);
  });

  test('the message shortcut shows at once that it reads the thread, and then what it found', async () => {
    const bot = await botOnTheWire({ mode });
    const { workspace } = bot;
    const maria = workspace.person('maria');
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong\nlook at the totals');
    maria.say('payments-ops', 'stopping the run', { threadTs: root.ts });
    const slow = workspace.faults.on('conversations.replies', { kind: 'hold', when: 'before' });

    await maria.messageShortcut('share_from_message', root);
    const waiting = await modalOf(bot, 'maria', 'Share a near-miss', 'Reading the thread.');
    expect(wordsOf(waiting)).toBe('Reading the thread. This takes a second or two.');
    expect(waiting.close).toMatchObject({ text: 'Cancel' });
    expect(questionsOf(waiting)).toEqual([]);

    slow.release();
    const view = await stepOneOf(bot, 'maria');
    expect(typedIn(view, 'summary')).toBe('The invoices look wrong');
    expect(wordsOf(view)).toContain('Taken from the first message. Make it yours.');
    expect(wordsOf(view)).toContain('From the thread: 2 messages, 2 people, started');
    expectNoComplaints(bot);
  });
});

describe('what is typed after /nearmiss', () => {
  test.each([
    ['Jon & I saw 3 < 4 > 2', 'Jon & I saw 3 < 4 > 2'],
    [
      '@jon told #quiet about https://example.com/a?b=1&c=2',
      '@jon told #quiet about https://example.com/a?b=1&c=2',
    ],
    ['@here look: &lt;b&gt; &amp;amp;', '@here look: &lt;b&gt; &amp;amp;'],
    ['typed by hand: <@U0JON00000> <!channel>', 'typed by hand: <@U0JON00000> <!channel>'],
  ])('%s is in the box as its writer saw it', async (line, shown) => {
    const bot = await botOnTheWire();
    await bot.workspace.person('maria').command('payments-ops', `/nearmiss ${line}`);
    expect(typedIn(await stepOneOf(bot, 'maria'), 'summary')).toBe(shown);
    expectNoComplaints(bot);
  });

  test.each([
    'helpdesk was down',
    'help me',
    'show must go on',
    'list of invoices',
    'listmine',
    'shwo NM-1',
    'show NM-',
  ])('"%s" is no command, so it is shared', async (line) => {
    const bot = await botOnTheWire();
    await bot.workspace.person('maria').command('payments-ops', `/nearmiss ${line}`);
    expect(typedIn(await stepOneOf(bot, 'maria'), 'summary')).toBe(line);
  });

  test('more than a box holds is cut where one can see it', async () => {
    const bot = await botOnTheWire();
    await bot.workspace.person('maria').command('payments-ops', `/nearmiss ${'long '.repeat(800)}end`);
    const typed = typedIn(await stepOneOf(bot, 'maria'), 'summary');
    expect(typed.length).toBeLessThanOrEqual(3000);
    expect(typed.endsWith('…')).toBe(true);
    expectNoComplaints(bot);
  });
});

describe('commands that answer', () => {
  test('help is seen only by the asker and names what exists', async () => {
    const bot = await botOnTheWire();
    await bot.workspace.person('maria').command('payments-ops', '/nearmiss help');
    const words = said(
      await ephemeralOf(bot, 'maria', 'Near-misses: things that nearly went wrong and did not'),
    );
    for (const command of ['show NM-12', 'list mine', 'help'])
      expect(words).toContain(`/nearmiss ${command}`);
    for (const later of ['search', 'practices', 'who ', 'signals', 'reply', 'digest']) {
      expect(words).not.toContain(`/nearmiss ${later}`);
    }
    expect(bot.workspace.person('jon').ephemerals()).toEqual([]);
    expect(bot.workspace.person('maria').view()).toBeUndefined();
    expectNoComplaints(bot);
  });

  test('show NM-1 tells the whole of it, in any case and without the letters', async () => {
    const bot = await botOnTheWire();
    await shareAndSkip(bot, 'maria', 'The export had last month’s rates.', { system: 'Payroll' });
    const jon = bot.workspace.person('jon');
    for (const line of ['show NM-1', 'SHOW nm-1', 'show 1']) {
      const before = jon.ephemerals().length;
      await jon.command('payments-ops', `/nearmiss ${line}`);
      const answer = await bot.workspace.until(() => jon.ephemerals()[before]);
      expect(said(answer)).toContain('NM-1 · Payroll');
      expect(said(answer)).toContain('The export had last month’s rates.');
      expect(said(answer)).toContain('Shared by Maria Lopez');
    }
    expectNoComplaints(bot);
  });

  test('list mine shows one’s own and nobody else’s', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    await shareAndSkip(bot, 'maria', 'Hers, not finished.');
    await shareAndSkip(bot, 'jon', 'His, not finished.');
    const maria = workspace.person('maria');
    await maria.command('payments-ops', '/nearmiss list mine');
    const mine = said(await ephemeralOf(bot, 'maria', 'Yours'));
    expect(mine).toContain('NM-1: Hers, not finished.');
    expect(mine).not.toContain('His');
    await workspace.person('amira').command('payments-ops', '/nearmiss list mine');
    await ephemeralOf(bot, 'amira', 'Nothing yet. What you share is listed here');
    expectNoComplaints(bot);
  });
});

describe('from nowhere in particular', () => {
  test('the global shortcut asks no question about a channel', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await maria.globalShortcut('share_from_anywhere');
    const view = await stepOneOf(bot, 'maria');
    expect(questionsOf(view)).toEqual([
      'What nearly happened?',
      'Which system or process?',
      'Who may see that it was you?',
    ]);
    expect(wordsOf(view)).toContain(
      'With your name, for everyone at Acme, nothing posted now. Change it below.',
    );
    await fillStepOne(bot, 'maria', 'Seen in time.');
    await maria.submit();
    expect(rows(bot, 'select summary, channel_id, card_channel_id, audience from near_misses')).toEqual([
      { summary: 'Seen in time.', channel_id: null, card_channel_id: null, audience: 'everyone' },
    ]);
    expectNoComplaints(bot);
  });

  test('the button on Home opens the same', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await maria.openHome();
    await bot.workspace.until(() => maria.home());
    await maria.press('home', 'share_from_home');
    expect(questionsOf(await stepOneOf(bot, 'maria'))).toEqual([
      'What nearly happened?',
      'Which system or process?',
      'Who may see that it was you?',
    ]);
    expectNoComplaints(bot);
  });
});

test('nothing is asked of Slack before step 1 opens, and opening it stores nothing', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  await workspace.until(() => callsOf(bot, 'users.list').some(({ outcome }) => outcome === 'ok'));
  const before = workspace.calls.length;
  await openStepOne(bot, 'maria');
  const asked = workspace.calls.slice(before).map(({ method }) => method);
  // The second connection to Slack may be opened just now.
  expect(asked.find((method) => method !== 'apps.connections.open')).toBe('views.open');
  await workspace.person('maria').close();
  for (const table of ['near_misses', 'systems', 'outbox', 'answers'])
    expect(rows(bot, `select * from ${table}`)).toEqual([]);
  expect(workspace.person('maria').ephemerals()).toEqual([]);
});

test('who has not shared before reads what it is for; who has does not', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  const forLearning = 'This is for learning, not for blame. You do not have to be sure that it counts.';
  await maria.command('payments-ops', '/nearmiss');
  expect(wordsOf(await stepOneOf(bot, 'maria'))).toContain(forLearning);
  await maria.close();
  await shareAndSkip(bot, 'maria', 'The first one.');
  await maria.command('payments-ops', '/nearmiss');
  expect(wordsOf(await stepOneOf(bot, 'maria'))).not.toContain(forLearning);
});

test('what was typed is not overwritten by what Slack says later about the channel', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  const slow = workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
  await openStepOne(bot, 'maria', 'board');
  await maria.change('view', 'summary', 'typed meanwhile');
  await slow.struck;
  slow.release();
  const view = await stepOneOf(
    bot,
    'maria',
    'Only you can read the story, until the app is invited to this conversation.',
  );
  expect(typedIn(view, 'summary')).toBe('typed meanwhile');
  expect(inputOf(view, 'tier').selected_option).toMatchObject({ value: 'named' });
  expectNoComplaints(bot);
});
