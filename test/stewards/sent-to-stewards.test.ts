import { expect, test } from 'vitest';
import { botOnAStore, HOUR, lookAt, MINUTE, SLOT } from '../support/bot-on-a-store.ts';
import { digestTitles } from '../support/digest.ts';
import { dmsOf } from '../support/screen.ts';
import { becomesUnheard, GUEST, LEFT, silentAbout } from '../support/stewards.ts';

test.each([
  ['is a guest', GUEST],
  ['has left', LEFT],
])(
  'a digest is posted on time where its only steward %s, and its preview goes to nobody',
  async (_why, to) => {
    const bot = await botOnAStore({ digest: { previewMinutes: 240 } });
    await bot.share('Seen in time');
    becomesUnheard(bot, 'amira', to);
    await lookAt(bot, SLOT - 4 * HOUR);
    expect(dmsOf(bot, 'amira')).toEqual([]);
    expect(digestTitles(bot)).toEqual([]);
    await lookAt(bot, SLOT);
    expect(digestTitles(bot)).toEqual(['12 to 18 October: 1 story']);
  },
);

test('a preview waits while Slack does not say whether it is for a steward, and goes on then', async () => {
  const bot = await botOnAStore({ digest: { previewMinutes: 240 } });
  await bot.share('Seen in time');
  const silent = silentAbout(bot, 'amira');
  bot.clock.advance(SLOT - 4 * HOUR - bot.clock.now());
  await bot.tend();
  while (await bot.step());
  expect(dmsOf(bot, 'amira')).toEqual([]);
  silent.remove();
  await lookAt(bot, bot.clock.now() + MINUTE);
  expect(dmsOf(bot, 'amira').join()).toContain('Seen in time');
});

test('what was put for two stewards is told to the one who still is, and to the other not even later', async () => {
  const bot = await botOnAStore({ stewards: ['jon', 'amira'] });
  bot.workspace.channel('learning').isArchived = true;
  await bot.share('Seen in time');
  bot.clock.advance(SLOT - bot.clock.now());
  await bot.tend();
  becomesUnheard(bot, 'amira', GUEST);
  await bot.drain();
  expect(dmsOf(bot, 'jon').join()).toContain('The digest could not be posted in #learning');
  expect(dmsOf(bot, 'amira')).toEqual([]);
});
