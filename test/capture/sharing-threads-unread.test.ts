import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { sayThread, shareFrom, stepTwoOf } from '../support/capture.ts';
import { modalOf, typedIn, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

describe('the one message that was picked has to do', () => {
  const inviting =
    'Only the message you picked could be read. To include the thread, invite the app with `/invite @nearmiss`. Everything else works without it.';

  test.each([
    ['a public channel the app is not in', 'quiet', 'Everyone at Acme can read the story'],
    [
      'a private channel it is not in',
      'board',
      'Only you can read the story, until the app is invited to this conversation.',
    ],
    [
      'a direct message',
      'maria-and-jon',
      'Only you can read the story, because the app is not in this conversation.',
    ],
  ])('in %s', async (_where, channel, readers) => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    workspace.addChannel({ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] });
    const root = workspace.person('jon').say(channel, 'The invoices look wrong');
    const reply = workspace.person('jon').say(channel, 'I opened ten by hand', { threadTs: root.ts });
    const view = await shareFrom(bot, 'maria', reply);
    expect(typedIn(view, 'summary')).toBe('I opened ten by hand');
    // Nobody can invite an app to a direct message.
    const isDirect = channel === 'maria-and-jon';
    expect(wordsOf(view).includes('/invite')).toBe(!isDirect);
    expect(wordsOf(view)).toContain(isDirect ? 'Only the message you picked could be read.' : inviting);
    expect(wordsOf(view)).toContain(readers);
    expect((await stepTwoOf(bot, 'maria')).people).toEqual(['jon']);
    expectNoComplaints(bot);
  });

  test('and once the app is invited, the thread is read and the channel known', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const root = workspace.person('jon').say('board', 'The invoices look wrong');
    workspace.person('jon').say('board', 'stopped the send', { threadTs: root.ts });
    expect(wordsOf(await shareFrom(bot, 'maria', root))).toContain(inviting);
    await workspace.person('maria').close();

    workspace.person('maria').inviteApp('board');
    const view = await shareFrom(bot, 'maria', root);
    expect(wordsOf(view)).toContain('From the thread: 2 messages, 1 person');
    expect(wordsOf(view)).toContain('Only members of #board can read the story');
    expect(wordsOf(view)).toContain('A card goes into this thread when you save.');
    expectNoComplaints(bot);
  });

  test('where the scope to read history was declined: nobody is told to invite an app that is there', async () => {
    const bot = await botOnTheWire({ decline: ['channels:history'] });
    const root = sayThread(bot, 5, ['jon']);
    const view = await shareFrom(bot, 'maria', root);
    expect(wordsOf(view)).toContain(
      'Only the message you picked could be read. Everything else works without it.',
    );
    // The app is there already.
    expect(wordsOf(view)).not.toContain('/invite');
    expectNoComplaints(bot);
  });

  test('a reply that was picked is not called the first message', async () => {
    const bot = await botOnTheWire({ decline: ['channels:history'] });
    const { workspace } = bot;
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    const reply = workspace.person('jon').say('payments-ops', 'stopped the send', { threadTs: root.ts });
    const view = await shareFrom(bot, 'maria', reply);
    expect(typedIn(view, 'summary')).toBe('Stopped the send');
    expect(wordsOf(view)).toContain('Taken from the message you picked. Make it yours.');
    expectNoComplaints(bot);
  });
});

describe('when Slack is slow', () => {
  const NO_TIME = 'There was no time to read the thread. Only the message you picked was read.';

  test.each([
    ['is broken', { kind: 'http', status: 503 }],
    ['limits the app', { kind: 'rate_limit', retryAfter: 30 }],
    ['is in trouble', { kind: 'error', error: 'internal_error' }],
  ] as const)('nobody is told to invite an app that is there: Slack %s', async (_how, trouble) => {
    const bot = await botOnTheWire();
    const root = sayThread(bot, 5, ['jon']);
    bot.workspace.faults.on('conversations.replies', trouble);
    const view = await shareFrom(bot, 'maria', root);
    expect(wordsOf(view)).toContain(NO_TIME);
    expect(wordsOf(view)).not.toContain('/invite');
    expectNoComplaints(bot);
  });

  test('what was found in the time there is is shown, with how much that is', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const root = sayThread(bot, 350, ['jon', 'amira']);
    const slow = workspace.faults.on('conversations.replies', { kind: 'hold', when: 'before' }, { nth: 2 });
    const view = await shareFrom(bot, 'maria', root);
    expect(wordsOf(view)).toContain('From the thread: 200 of at least 350 messages, 2 people');
    slow.release();
    expectNoComplaints(bot);
  });

  test('of a long one the end is read as well, and who was there at the end is offered', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const root = sayThread(bot, 700, ['jon']);
    workspace
      .person('amira')
      .say('payments-ops', 'The run is stopped, nothing was sent', { threadTs: root.ts });
    // The first page, then the end; the second page never comes.
    const slow = workspace.faults.on('conversations.replies', { kind: 'hold', when: 'before' }, { nth: 3 });
    const words = wordsOf(await shareFrom(bot, 'maria', root));
    const [, read] = /From the thread: (\d+) of at least 701 messages, 2 people/.exec(words) ?? [];
    expect(Number(read)).toBeGreaterThan(200);
    expect(Number(read)).toBeLessThan(401);
    expect((await stepTwoOf(bot, 'maria')).people).toEqual(['jon', 'amira']);
    slow.release();
    expectNoComplaints(bot);
  });

  test('not a page in time is the one message; not a word about the channel is what the payload says', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const root = sayThread(bot, 5, ['jon']);
    const threads = workspace.faults.on('conversations.replies', { kind: 'hold', when: 'before' });
    const channel = workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
    const view = await shareFrom(bot, 'maria', root);
    expect(wordsOf(view)).toContain(NO_TIME);
    expect(wordsOf(view)).not.toContain('/invite');
    expect(wordsOf(view)).toContain('Only members of #payments-ops');
    threads.release();
    channel.release();
    expectNoComplaints(bot);
  });

  test('a modal closed while the thread is read stays closed', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    const root = sayThread(bot, 2, ['jon']);
    const slow = workspace.faults.on('conversations.replies', { kind: 'hold', when: 'before' });
    await maria.messageShortcut('share_from_message', root);
    await modalOf(bot, 'maria', 'Share a near-miss', 'Reading the thread.');
    await maria.close();
    slow.release();
    await workspace.until(() => callsOf(bot, 'views.update').some(({ outcome }) => outcome !== 'pending'));
    expect(maria.view()).toBeUndefined();
    expect(workspace.person('maria').ephemerals()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('a page that is refused is not the end: what came before it counts', async () => {
    const bot = await botOnTheWire();
    const root = sayThread(bot, 350, ['jon', 'amira']);
    bot.workspace.faults.on('conversations.replies', { kind: 'rate_limit', retryAfter: 30 }, { nth: 2 });
    const words = wordsOf(await shareFrom(bot, 'maria', root));
    expect(words).toContain('From the thread: 200 of at least 350 messages, 2 people');
    expectNoComplaints(bot);
  });
});
