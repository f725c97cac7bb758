import { expect, test } from 'vitest';
import { type BotOnAStore, botOnAStore, DAY, HOUR, SLOT } from '../support/bot-on-a-store.ts';
import { digestsIn, digestTitles } from '../support/digest.ts';
import { dmsOf } from '../support/screen.ts';

/** Every message to a channel is answered with this, until the fault is taken away. */
function answering({ workspace }: BotOnAStore, channel: string, error: string) {
  const { id } = workspace.channel(channel);
  return workspace.faults.on(
    'chat.postMessage',
    { kind: 'error', error },
    { times: Number.POSITIVE_INFINITY, matching: (args) => args.channel === id },
  );
}

/** The clock comes to `at`, and what may go by then goes; what is to wait waits. */
async function after(bot: BotOnAStore, at: number): Promise<void> {
  bot.clock.advance(at - bot.clock.now());
  await bot.tend();
  while (await bot.step()) bot.clock.advance(1000);
}

const cardsIn = ({ workspace }: BotOnAStore) =>
  workspace
    .person('jon')
    .messages('payments-ops')
    .filter(({ text }) => text.includes('The rates'));

test.each(['ratelimited', 'message_limit_exceeded', 'team_added_to_org', 'org_login_required'])(
  'a card that is answered with %s is posted once that is over, and nobody is told of a refusal',
  async (error) => {
    const bot = await botOnAStore();
    const fault = answering(bot, 'payments-ops', error);
    await bot.share('The rates were wrong', {}, { card: true });
    await after(bot, bot.clock.now() + 2 * DAY);
    expect(cardsIn(bot)).toEqual([]);
    fault.remove();
    await after(bot, bot.clock.now() + HOUR);
    expect(cardsIn(bot)).toHaveLength(1);
    expect(dmsOf(bot, 'maria').join()).not.toContain('could not be posted');
    expect(bot.workspace.complaints).toEqual([]);
  },
);

test('so is the parent of a digest, with its replies', async () => {
  const bot = await botOnAStore();
  await bot.share('The rates were wrong');
  const fault = answering(bot, 'learning', 'message_limit_exceeded');
  await after(bot, SLOT);
  await after(bot, SLOT + HOUR);
  expect(digestTitles(bot)).toEqual([]);
  fault.remove();
  await after(bot, SLOT + 2 * HOUR);
  expect(digestsIn(bot).map(({ replies }) => replies.length)).toEqual([1]);
});

test('an error nobody knows passes for a day; then whoever shared it is told', async () => {
  const bot = await botOnAStore();
  answering(bot, 'payments-ops', 'a_code_of_tomorrow');
  await bot.share('The rates were wrong', {}, { card: true });
  const from = bot.clock.now();
  const told = () => dmsOf(bot, 'maria').join().includes('could not be posted');
  for (let hour = 1; hour < 24; hour += 1) await after(bot, from + hour * HOUR);
  expect(told()).toBe(false);
  await after(bot, from + DAY + HOUR);
  expect(told()).toBe(true);
  expect(cardsIn(bot)).toEqual([]);
});

test('what waited for a day for something else is not given up at the first answer nobody knows', async () => {
  const bot = await botOnAStore();
  const limited = answering(bot, 'payments-ops', 'ratelimited');
  await bot.share('The rates were wrong', {}, { card: true });
  await after(bot, bot.clock.now() + 2 * DAY);
  limited.remove();
  const unknown = answering(bot, 'payments-ops', 'a_code_of_tomorrow');
  bot.clock.advance(HOUR);
  await bot.step();
  unknown.remove();
  await after(bot, bot.clock.now() + HOUR);
  expect(cardsIn(bot)).toHaveLength(1);
});
