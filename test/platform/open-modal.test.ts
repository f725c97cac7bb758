import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { cardIn, modalOf, placeOf, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';

/** What opens a modal, and what stands in it once it is drawn. */
const WAYS: [string, string, string, (bot: BotOnTheWire) => Promise<unknown>][] = [
  [
    'a command',
    'Share a near-miss',
    'What nearly happened?',
    ({ workspace }) => workspace.person('maria').command('payments-ops', '/nearmiss'),
  ],
  [
    'the message shortcut',
    'Share a near-miss',
    'What nearly happened?',
    ({ workspace }) => {
      const message = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
      return workspace.person('maria').messageShortcut('share_from_message', message);
    },
  ],
  [
    'a button on a card',
    'Tell more',
    'answered',
    async (bot) => {
      await shareAndSkip(bot, 'jon', 'seen in time');
      return bot.workspace
        .person('maria')
        .press(placeOf(await cardIn(bot, 'payments-ops', 'jon', 'seen in time')), 'tell_more');
    },
  ],
  [
    'the settings',
    'The weekly digest',
    'In which time zone?',
    async (bot) => {
      await chooseStewards(bot, 'jon', ['maria']);
      return bot.workspace.person('maria').command('payments-ops', '/nearmiss digest settings');
    },
  ],
];

test.each(WAYS)(
  'opened by %s, a modal is drawn although Slack’s answer is lost',
  async (_by, title, has, open) => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const isOpening = (args: object) => JSON.stringify(args).includes(title);
    workspace.faults.on('views.open', { kind: 'drop', when: 'after' }, { matching: isOpening });
    await open(bot);
    await modalOf(bot, 'maria', title, has);
    expect(
      workspace
        .person('maria')
        .ephemerals()
        .map(({ text }) => text),
    ).toEqual([]);
    expectNoComplaints(bot);
  },
);

test('opened after Slack’s answer was waited for, it is drawn, and what is typed in it is saved', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  const slow = workspace.faults.on('views.open', { kind: 'hold', when: 'before' });
  const sent = maria.command('payments-ops', '/nearmiss');
  await slow.struck;
  await expect
    .poll(() => workspace.calls.some(({ method }) => method === 'views.update'), { timeout: 5000 })
    .toBe(true);
  slow.release();
  await sent;
  const view = await modalOf(bot, 'maria', 'Share a near-miss', '#payments-ops');
  expect(wordsOf(view)).toContain('What nearly happened?');
  await maria.change('view', 'summary', 'The rates were wrong');
  expect((await maria.submit()).errors).toEqual({});
  expect(rows(bot, 'select summary from near_misses')).toEqual([{ summary: 'The rates were wrong' }]);
  expect(maria.ephemerals()).toEqual([]);
  expectNoComplaints(bot);
});
