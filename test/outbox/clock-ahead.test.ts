import { expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareInAHurry } from '../support/capture.ts';
import { cards } from '../support/outbox.ts';

test('after the machine slept, what is shared is sent at once', async () => {
  const bot = await botOnTheWire();
  bot.advance(5 * 60_000);
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await bot.workspace.until(() => cards(bot).length > 0);
  expect(cards(bot)).toEqual(['Near-miss NM-1: The rates were wrong']);
  expectNoComplaints(bot);
});
