import { expect, it } from 'vitest';
import { lookAt as at, botOnAStore, DAY, HOUR, SLOT } from '../support/bot-on-a-store.ts';
import { digestsIn } from '../support/digest.ts';
import { said } from '../support/screen.ts';

const YEARS = 3 * 365 * DAY;

it.each([
  ['without previews', {}],
  ['with previews', { previewMinutes: 60 }],
])('a clock that was three years ahead costs one digest at most, and no story: %s', async (_how, digest) => {
  const bot = await botOnAStore({ digest });
  await bot.share('Before');
  await at(bot, SLOT + YEARS);
  await bot.share('While the clock was wrong');
  await bot.share('Without a name', {}, { tier: 'unattributed' });
  bot.clock.advance(SLOT - 2 * HOUR - bot.clock.now());
  await at(bot, SLOT - HOUR);
  await at(bot, SLOT);
  await at(bot, SLOT + DAY);
  await bot.share('Afterwards');
  for (const week of [1, 2]) {
    await at(bot, SLOT + week * 7 * DAY - HOUR);
    await at(bot, SLOT + week * 7 * DAY);
  }
  const told = digestsIn(bot).flatMap(({ replies }) => replies.map(said));
  const stories = ['Before', 'While the clock was wrong', 'Without a name', 'Afterwards'];
  const times = stories.map((words) => told.filter((reply) => reply.includes(words)).length);
  expect(times).toEqual([1, 1, 1, 1]);
  expect(bot.workspace.complaints).toEqual([]);
});
