import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { onlyId, rows } from '../support/database.ts';
import { limitOps } from '../support/outbox.ts';
import { dmOf, modalOf, placeOf, wordsOf } from '../support/screen.ts';
import { show } from '../support/story.ts';

/** *Who can see this*, to Maria, from the answer to `/nearmiss show`. */
async function whoCanSee(bot: BotOnTheWire): Promise<string> {
  const maria = bot.workspace.person('maria');
  const shown = await show(bot, 'maria', 'NM-1');
  await maria.press(placeOf(shown), 'card_more', `who_can_see:${onlyId(bot)}`);
  const words = wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'Your name'));
  await maria.close();
  return words;
}

test('while nobody knows whether the card is there, and once a person said that it is', async () => {
  const bot = await botOnTheWire();
  bot.workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'after' });
  bot.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await shareAndSkip(bot, 'maria', 'seen in time');
  const question = await dmOf(bot, 'maria', 'Is it there?');
  expect(await whoCanSee(bot)).toContain('Slack did not say whether its card was posted. You are asked');
  await bot.workspace.person('maria').press(placeOf(question), 'it_is_there');
  await dmOf(bot, 'maria', 'It is left as it is');
  expect(await whoCanSee(bot)).toContain('Its card is in #payments-ops.');
  expectNoComplaints(bot);
});

test('while Slack does not take the card yet, and once it does', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const limited = limitOps(bot);
  await shareAndSkip(bot, 'maria', 'seen in time');
  expect(await whoCanSee(bot)).toContain('Its card will follow as soon as Slack accepts it.');
  limited.remove();
  await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 1, { ms: 10_000 });
  await expect.poll(() => rows(bot, 'select card_ts as ts from near_misses')).not.toEqual([{ ts: null }]);
  expect(await whoCanSee(bot)).toContain('Its card is in #payments-ops.');
  expectNoComplaints(bot);
});

test('a card that Slack refused is not there', async () => {
  const bot = await botOnTheWire();
  bot.workspace.channel('payments-ops').isPostingRestricted = true;
  await shareAndSkip(bot, 'maria', 'seen in time');
  await bot.workspace.until(() => bot.workspace.person('maria').ephemerals().length > 0);
  expect(await whoCanSee(bot)).toContain('Nothing was posted.');
  expectNoComplaints(bot);
});
