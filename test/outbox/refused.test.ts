import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareInAHurry } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { askedAboutCard, cards, settled, toldTo, workspaceFails } from '../support/outbox.ts';

test.each([
  ['not_in_channel', 'the app is not a member'],
  ['is_archived', 'the channel is archived'],
  ['restricted_action', 'posting is restricted'],
  ['channel_not_found', 'the app is not a member'],
  ['msg_blocks_too_long', 'Slack did not accept it'],
])(
  'a card refused with %s is not tried again, and its reporter is told in the confirmation that %s',
  async (error, words) => {
    const bot = await botOnTheWire();
    workspaceFails(bot, 'chat.postMessage', { kind: 'error', error });
    await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
    await bot.workspace.until(() => toldTo(bot, 'maria').length > 0);
    await settled(bot);
    expect(cards(bot)).toEqual([]);
    expect(rows(bot, "select state, why, attempts from outbox where kind = 'card'")).toEqual([
      { state: 'refused', why: error, attempts: 1 },
    ]);
    expect(toldTo(bot, 'maria')).toEqual([
      expect.stringContaining(
        `The card could not be posted in #payments-ops: ${words}. The near-miss is safe.`,
      ),
    ]);
    expectNoComplaints(bot);
  },
);

test.each([
  ['post_again', 2],
  ['it_is_there', 1],
])(
  'where nobody can look whether a card is there its reporter is asked, and %s is done',
  async (press, posted) => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    const question = await askedAboutCard(bot);
    expect(cards(bot)).toHaveLength(1);
    await maria.press({ channel: question.channel, ts: question.ts }, press);
    await settled(bot);
    await workspace.until(() => cards(bot).length === posted);
    await maria.press({ channel: question.channel, ts: question.ts }, press).catch(() => undefined);
    await settled(bot);
    expect(cards(bot)).toHaveLength(posted);
    expectNoComplaints(bot);
  },
);

test('what the app itself cannot draw is given up after some tries, noted as an error, and holds up nothing', async () => {
  const bot = await botOnTheWire();
  workspaceFails(bot, 'chat.postMessage', { kind: 'rate_limit', retryAfter: 1 });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'Unreadable');
  const database = new SQLite(bot.config.databasePath);
  database.exec("update near_misses set stewards_then = 'no list'");
  database.close();
  await shareInAHurry(bot, 'jon', 'payments-ops', 'After it');
  await bot.workspace.until(() => cards(bot).length === 1, { ms: 15_000 });
  await settled(bot);
  expect(cards(bot)).toEqual(['Near-miss NM-2: After it']);
  expect(rows(bot, "select why from outbox where kind = 'card' and state = 'refused'")).toEqual([
    { why: 'SyntaxError' },
  ]);
  expect(bot.logged()).toContain('a mistake of the app keeps it from sending this');
  expectNoComplaints(bot);
});

test('a card does not go to another organisation where nobody could say so before Save, and its reporter is told', async () => {
  const bot = await botOnTheWire({
    channels: [{ name: 'payments-ops', members: ['maria', 'jon'], app: true, isExtShared: true }],
  });
  const { workspace } = bot;
  // While the modal is open, and once more when the card is about to be posted.
  const silent = { kind: 'error', error: 'internal_error' } as const;
  const never = workspace.faults.on('conversations.info', silent, { times: Number.POSITIVE_INFINITY });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await expect
    .poll(() => rows(bot, "select why from outbox where kind = 'card'"))
    .toEqual([{ why: 'Slack did not say where it would go' }]);
  never.remove();
  await settled(bot);
  expect(cards(bot)).toEqual([]);
  expect(rows(bot, "select state, why from outbox where kind = 'card'")).toEqual([
    { state: 'refused', why: 'shared_outside' },
  ]);
  await workspace.until(() => toldTo(bot, 'maria').length === 1);
  expect(toldTo(bot, 'maria')[0]).toContain('it is shared with another organisation');
  expectNoComplaints(bot);
});

test('a Home that Slack finds too large is given up without a trace, and comes with the next change', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  const refused = workspaceFails(bot, 'views.publish', { kind: 'error', error: 'view_too_large' });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'First');
  await refused.struck;
  await settled(bot);
  expect(rows(bot, "select * from outbox where kind = 'home'")).toEqual([]);
  await shareInAHurry(bot, 'maria', 'payments-ops', 'Second');
  await bot.workspace.until(() => JSON.stringify(maria.home() ?? {}).includes('Second'));
  await settled(bot);
  expectNoComplaints(bot);
});
