import { expect, test } from 'vitest';
import { type BotOnAStore, botOnAStore, DAY, HOUR } from '../support/bot-on-a-store.ts';
import { digestsIn } from '../support/digest.ts';
import { said } from '../support/screen.ts';

/** A Monday. */
const SLOT = Date.UTC(2026, 9, 19, 9, 30);

async function at(bot: BotOnAStore, when: number): Promise<void> {
  bot.clock.advance(when - bot.clock.now());
  await bot.tend();
  await bot.drain();
}

const previewIn = ({ workspace }: BotOnAStore) => workspace.person('amira').dm().map(said).join('\n');

test('a preview of which nothing is left says that nothing is posted, until something is back', async () => {
  const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
  const id = await bot.share('The rates were wrong');
  await at(bot, SLOT - HOUR);
  await bot.change(id, { audience: 'channel' });
  await bot.drain();
  expect(previewIn(bot)).toContain(
    'Nothing is posted: none of its stories is left. What is shared from now on comes in the next digest.',
  );
  expect(previewIn(bot)).not.toMatch(/It is posted on|Publish now|Hold/);
  await bot.change(id, { audience: 'everyone' });
  await bot.drain();
  expect(previewIn(bot)).toContain('It is posted on Monday 19 October if nobody does anything.\nPublish now');
  expect(previewIn(bot)).not.toContain('Nothing is posted');
});

test('or that one from the archive is, where that was chosen for a quiet week', async () => {
  const bot = await botOnAStore({ digest: { previewMinutes: 60, quietWeek: 'archive' } });
  await bot.share('The rates were wrong');
  await at(bot, SLOT);
  const id = await bot.share('The line was down');
  await at(bot, SLOT + 7 * DAY - HOUR);
  await bot.withdraw(id);
  await bot.drain();
  expect(previewIn(bot)).toContain(
    'None of its stories is left. On Monday 26 October one from the archive is posted, if there is one.',
  );
  await at(bot, SLOT + 7 * DAY);
  expect(digestsIn(bot).map(({ parent }) => parent.text)).toEqual([
    expect.stringContaining('12 to 18 October: 1 story'),
    expect.stringContaining('From the archive: NM-1'),
  ]);
});
