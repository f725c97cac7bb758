import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { rows } from '../support/database.ts';
import { ephemeralOf, modalOf, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { changeWhoCanSee, openChange, openChangeFromList, tell } from '../support/story.ts';

async function openWithSteward(): Promise<BotOnTheWire> {
  const bot = await botOnTheWire();
  await chooseStewards(bot, 'jon', ['jon']);
  return bot;
}

const kept = (bot: BotOnTheWire) =>
  rows(bot, 'select tier, audience, channel_name, card_channel_id, card_thread_ts from near_misses');

const NO_CARD = { channel_name: 'payments-ops', card_channel_id: null, card_thread_ts: null };

test('shared for everyone under Only the stewards, it can still be narrowed to where it came from', async () => {
  const bot = await openWithSteward();
  await tell(bot, 'maria', 'seen in time', {}, { tier: 'confidential' });
  await ephemeralOf(bot, 'maria', 'Thank you.');
  expect(kept(bot)).toEqual([{ tier: 'confidential', audience: 'everyone', ...NO_CARD }]);
  await openChangeFromList(bot, 'maria');
  expect((await changeWhoCanSee(bot, 'maria', { audience: 'channel' })).errors).toEqual({});
  expect(kept(bot)).toEqual([{ tier: 'confidential', audience: 'channel', ...NO_CARD }]);
  expectNoComplaints(bot);
});

test('changed to Only the stewards, its card goes, as was said, and where it came from stays', async () => {
  const bot = await openWithSteward();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await tell(bot, 'maria', 'seen in time');
  await ephemeralOf(bot, 'maria', 'Thank you.');
  await openChange(bot, 'maria');
  await modalOf(bot, 'maria', 'Edit or withdraw', 'Change who can see this');
  await maria.press('view', 'change_who_can_see');
  expect(wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'tier'))).toContain(
    'If you choose Only the stewards, its card is taken down.',
  );
  await maria.change('view', 'tier', 'confidential');
  expect((await maria.submit()).errors).toEqual({});
  await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 0);
  expect(kept(bot)).toEqual([{ tier: 'confidential', audience: 'everyone', ...NO_CARD }]);
  expectNoComplaints(bot);
});
