import { expect, test } from 'vitest';
import type { Trouble } from '../../sandbox/wire/call-faults.ts';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareInAHurry } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { cards, settled } from '../support/outbox.ts';

/** Nobody is known from the directory, and Slack answers this when asked who somebody is. */
async function namesFail(trouble: Trouble) {
  const bot = await botOnTheWire();
  const never = { times: Number.POSITIVE_INFINITY };
  bot.workspace.faults.on('users.list', { kind: 'error', error: 'internal_error' }, never);
  await bot.restart();
  return { bot, failing: bot.workspace.faults.on('users.info', trouble, never) };
}

test.each<Trouble>([
  { kind: 'rate_limit', retryAfter: 1 },
  { kind: 'http', status: 500 },
  { kind: 'error', error: 'internal_error' },
])('a card waits for a name that Slack does not say just now (%o)', async (trouble) => {
  const { bot, failing } = await namesFail(trouble);
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await expect
    .poll(() => rows(bot, "select why from outbox where kind = 'card'"))
    .toEqual([{ why: 'Slack did not say a name' }]);
  failing.remove();
  await bot.workspace.until(() => cards(bot).length === 1);
  expect(JSON.stringify(bot.workspace.person('jon').messages('payments-ops'))).toContain(
    'Shared by Maria Lopez',
  );
  await settled(bot);
  expectNoComplaints(bot);
});

test('a card does without the name of somebody Slack does not know', async () => {
  const { bot } = await namesFail({ kind: 'error', error: 'user_not_found' });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await bot.workspace.until(() => cards(bot).length === 1);
  expect(JSON.stringify(bot.workspace.person('jon').messages('payments-ops'))).toContain(
    'Shared by a colleague',
  );
  await settled(bot);
  expectNoComplaints(bot);
});
