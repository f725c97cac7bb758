import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { onlyId, rows } from '../support/database.ts';
import { cardIn, dmOf, placeOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { changeWhoCanSee, show } from '../support/story.ts';

/** Its card is there, and neither Slack nor the app can tell: maria is asked. */
async function asked(): Promise<BotOnTheWire> {
  const bot = await botOnTheWire();
  await chooseStewards(bot, 'jon', ['jon']);
  bot.workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'after' });
  bot.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await shareAndSkip(bot, 'maria', 'The rates were wrong');
  await dmOf(bot, 'maria', 'Is it there?');
  return bot;
}

async function change(bot: BotOnTheWire, to: { tier?: string; audience?: string }) {
  const shown = await show(bot, 'maria', 'NM-1');
  const maria = bot.workspace.person('maria');
  await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(bot)}`);
  return changeWhoCanSee(bot, 'maria', to);
}

async function answer(bot: BotOnTheWire, pick: 'post_again' | 'it_is_there', words: string): Promise<void> {
  const question = await dmOf(bot, 'maria', 'Is it there?');
  await bot.workspace.person('maria').press(placeOf(question), pick);
  await dmOf(bot, 'maria', words);
}

const tierOf = (bot: BotOnTheWire) =>
  rows(bot, 'select tier, reporter_id is not null as kept from near_misses');

test.each(['unattributed', 'confidential'])(
  'to %s waits while nobody knows whether its card is there, and says what to do',
  async (tier) => {
    const bot = await asked();
    expect((await change(bot, { tier })).errors).toEqual({
      tier: 'Slack did not say whether its card was posted in #payments-ops, so the app could not take it away. Please answer the question in your messages from the app first.',
    });
    expect(tierOf(bot)).toEqual([{ tier: 'named', kept: 1 }]);
    await bot.workspace.person('maria').close({ all: true });
    await answer(bot, 'it_is_there', 'Thank you. It is left as it is');
    expect((await change(bot, { tier })).errors).toEqual({
      tier: 'The app cannot take its card in #payments-ops away, because Slack did not say where it is. You can withdraw this near-miss, and ask a workspace admin to delete the card.',
    });
    expect(tierOf(bot)).toEqual([{ tier: 'named', kept: 1 }]);
    expectNoComplaints(bot);
  },
);

test('after *Post it again* the app knows where it is, and takes it away', async () => {
  const bot = await asked();
  const [first] = bot.workspace.person('jon').messages('payments-ops');
  bot.workspace.state.messages.splice(
    bot.workspace.state.messages.findIndex(({ ts }) => ts === first?.ts),
    1,
  );
  await answer(bot, 'post_again', 'It will be posted again.');
  await cardIn(bot, 'payments-ops', 'jon', 'The rates were wrong');
  await expect
    .poll(() => rows(bot, 'select card_ts is not null as card from near_misses'))
    .toEqual([{ card: 1 }]);
  expect((await change(bot, { tier: 'unattributed' })).errors).toEqual({});
  await bot.workspace.until(() => bot.workspace.person('jon').messages('payments-ops').length === 0);
  expectNoComplaints(bot);
});

test('a change that leaves the card where it is does not wait', async () => {
  const bot = await asked();
  expect((await change(bot, { audience: 'channel' })).errors).toEqual({});
  expectNoComplaints(bot);
});
