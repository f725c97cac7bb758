import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { dmOf, said } from '../support/screen.ts';

/** The question whether a card is there, where neither Slack nor the app can tell. */
async function asked(bot: BotOnTheWire) {
  bot.workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'after' });
  bot.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await shareAndSkip(bot, 'maria', 'The rates were wrong');
  const question = await dmOf(bot, 'maria', 'Is it there?');
  const { channel, ts } = question;
  const before = structuredClone(question);
  const press = (pick: string) => bot.workspace.person('maria').press({ channel, ts }, pick);
  const isAnswered = (words: string) =>
    bot.workspace.until(
      () =>
        bot.workspace
          .person('maria')
          .dm()
          .find((message) => said(message).includes(words)),
      { what: `the answer "${words}"` },
    );
  /** As on a second machine of hers, where the answer has not arrived yet. */
  const stillAsked = () => Object.assign(question, before);
  return { press, isAnswered, stillAsked };
}

test('the confirmation says that the person is asked, not that a card will follow', async () => {
  const bot = await botOnTheWire();
  await asked(bot);
  const told = await bot.workspace.until(() =>
    [...bot.workspace.person('maria').ephemerals(), ...bot.workspace.person('maria').dm()].find((message) =>
      said(message).includes('NM-1 is saved.'),
    ),
  );
  expect(told.text).toBe(
    'Thank you. NM-1 is saved. Slack did not say whether its card was posted. You are asked about it in a direct message.',
  );
  expectNoComplaints(bot);
});

test('*Post it again* says that it will be, and pressed once more that it was answered', async () => {
  const bot = await botOnTheWire();
  const { press, isAnswered, stillAsked } = await asked(bot);
  await press('post_again');
  await isAnswered('Thank you. It will be posted again.');
  const cards = await bot.workspace.until(() => {
    const posted = bot.workspace.person('jon').messages('payments-ops');
    return posted.length === 2 ? posted : undefined;
  });
  // A look for the second must not find the first.
  expect(new Set(cards.map(({ metadata }) => JSON.stringify(metadata))).size).toBe(2);
  stillAsked();
  await press('post_again');
  await isAnswered('Thank you. This was answered before, and nothing more is needed.');
  expect(
    bot.workspace
      .person('maria')
      .dm()
      .filter((message) => said(message).includes('Is it there?')),
  ).toEqual([]);
  expectNoComplaints(bot);
});

test.each(['post_again', 'it_is_there'])(
  'of what was withdrawn meanwhile %s is answered too, and nothing is posted',
  async (pick) => {
    const bot = await botOnTheWire();
    const { press, isAnswered } = await asked(bot);
    const sqlite = new SQLite(bot.config.databasePath);
    sqlite.exec("update near_misses set summary = '', withdrawn_at = 1");
    sqlite.close();
    await press(pick);
    await isAnswered('Thank you. It was withdrawn, so nothing is posted again.');
    expect(bot.workspace.person('jon').messages('payments-ops')).toHaveLength(1);
    expectNoComplaints(bot);
  },
);
