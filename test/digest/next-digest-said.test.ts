import { expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { DAY } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { botWithDigest, openDigestSettings } from '../support/digest.ts';
import { askForPreview, botWithPreview, press, previewThread, SENT } from '../support/preview.ts';
import { ephemeralOf, modalOf, placeOf, wordsOf } from '../support/screen.ts';

/** What the settings of the digest say, and what they say once they are saved as they are. */
async function settingsSay(bot: BotOnTheWire): Promise<string[]> {
  const jon = bot.workspace.person('jon');
  const before = wordsOf(await openDigestSettings(bot, 'jon'));
  expect((await jon.submit()).errors).toEqual({});
  const after = wordsOf(jon.view());
  await jon.close();
  return [before, after];
}

test('while stewards look at a digest, the settings name its day', async () => {
  const { bot } = await botWithPreview();
  for (const words of await settingsSay(bot)) expect(words).toContain('Monday 20 October');
  expectNoComplaints(bot);
});

test('while one is held, the settings name the day it is held until', async () => {
  const { bot, toAmira } = await botWithPreview();
  const { workspace } = bot;
  await press(bot, 'amira', toAmira[0] as Message, 'hold_digest');
  await modalOf(bot, 'amira', 'Hold the digest', 'until');
  await workspace.person('amira').change('view', 'until', '2025-10-22');
  await workspace.person('amira').submit();
  for (const words of await settingsSay(bot)) expect(words).toContain('Wednesday 22 October');
  expectNoComplaints(bot);
});

test('who shared a story that stewards look at reads the day of that digest', async () => {
  const bot = await botWithDigest();
  const maria = bot.workspace.person('maria');
  await shareAndSkip(bot, 'maria', 'seen in time', { tier: 'confidential' });
  const told = await ephemeralOf(bot, 'maria', 'Thank you.');
  await bot.goTo(bot.now() + DAY);
  await askForPreview(bot, 'jon', SENT);
  await previewThread(bot, 'jon', 2);
  await maria.press(placeOf(told), 'who_can_see');
  const seen = await modalOf(bot, 'maria', 'Who can see this', 'look up your name');
  expect(wordsOf(seen)).toContain('It first appears in the digest in #learning on Monday 20 October,');
  expectNoComplaints(bot);
});
