import { expect, test } from 'vitest';
import { DAY } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { choose, fillStepOne, stepOneOf } from '../support/capture.ts';
import { botWithDigest } from '../support/digest.ts';
import { MONDAY } from '../support/preview.ts';
import { ephemeralOf, modalOf, placeOf, wordsOf } from '../support/screen.ts';

const HOUR = 60 * 60 * 1000;

/** What Maria reads about a story without her name on it: before Save, in the confirmation, and in *Who can see this*. */
async function daysSaid(bot: BotOnTheWire) {
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss');
  await stepOneOf(bot, 'maria');
  await choose(bot, 'maria', 'tier', 'confidential');
  const before = wordsOf(maria.view());
  await fillStepOne(bot, 'maria', 'seen in time');
  await maria.submit();
  await maria.close();
  const told = await ephemeralOf(bot, 'maria', 'Thank you.');
  await maria.press(placeOf(told), 'who_can_see');
  const after = wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'look up your name'));
  await maria.close();
  return [before, told.text, after].map((words) => /on (\w+day \d+ \w+)/.exec(words)?.[1]);
}

const NEXT_WEEK = 'Monday 27 October';

test('on the morning of the digest, which is too early for it, the one after is promised', async () => {
  const bot = await botWithDigest({ preview: '0' });
  await bot.goTo(MONDAY - 2 * HOUR);
  expect(await daysSaid(bot)).toEqual([NEXT_WEEK, NEXT_WEEK, NEXT_WEEK]);
  expectNoComplaints(bot);
});

test('on the morning the preview is sent, which closes the digest, the one after is promised', async () => {
  const bot = await botWithDigest();
  await bot.goTo(MONDAY - DAY - 2 * HOUR);
  expect(await daysSaid(bot)).toEqual([NEXT_WEEK, NEXT_WEEK, NEXT_WEEK]);
  expectNoComplaints(bot);
});
