import { expect, it } from 'vitest';
import { lookAt as at, type BotOnAStore, botOnAStore, DAY, SLOT } from '../support/bot-on-a-store.ts';
import { digestsIn } from '../support/digest.ts';
import { teamOf } from '../support/digest-on-a-store.ts';
import { said } from '../support/screen.ts';

/** Jon's team borrows what a story tells. */
async function borrow(bot: BotOnAStore, nearMissId: string): Promise<void> {
  const personId = bot.workspace.person('jon').id;
  const adoption = { nearMissId, personId, team: 'Support', sentence: 'Open ten by hand' };
  await bot.storage.presses.adopt({ teamId: teamOf(bot), ...adoption, now: bot.clock.now() });
}

it('what was borrowed is told in the next digest and in no other', async () => {
  const bot = await botOnAStore();
  const nearMissId = await bot.share('One');
  await at(bot, SLOT);
  await borrow(bot, nearMissId);
  for (const weeks of [1, 2]) {
    await bot.share(`After ${weeks}`);
    await at(bot, SLOT + weeks * 7 * DAY);
  }
  const tells = ({ replies }: ReturnType<typeof digestsIn>[number]) =>
    replies.filter((reply) => said(reply).includes('Support now uses: Open ten by hand. From NM-1.')).length;
  expect(digestsIn(bot).map(tells)).toEqual([0, 1, 0]);
});

it('what was borrowed is told later where a steward let the digest go that was to tell it', async () => {
  const bot = await botOnAStore();
  const nearMissId = await bot.share('One');
  await at(bot, SLOT);
  await borrow(bot, nearMissId);
  await bot.share('Two');
  bot.workspace.faults.on(
    'chat.postMessage',
    { kind: 'error', error: 'restricted_action' },
    { matching: ({ channel }) => channel === bot.settings.channelId },
  );
  await at(bot, SLOT + 7 * DAY);
  const [waiting] = await bot.storage.outbox.undelivered(teamOf(bot));
  const answered = { teamId: teamOf(bot), seq: waiting?.seq ?? 0, now: bot.clock.now() };
  await bot.storage.outbox.answerUndelivered({ ...answered, answer: 'let_go' });
  await at(bot, SLOT + 14 * DAY);
  const [, next, ...others] = digestsIn(bot).map(({ replies }) => replies.map(said).join());
  expect(next).toContain('Two');
  expect(next).toContain('Support now uses: Open ten by hand. From NM-1.');
  expect(others).toEqual([]);
});

it('what was borrowed from a story goes with it, where it was told', async () => {
  const bot = await botOnAStore();
  const nearMissId = await bot.share('One');
  await at(bot, SLOT);
  await borrow(bot, nearMissId);
  await bot.share('Two');
  await at(bot, SLOT + 7 * DAY);
  const told = () => digestsIn(bot)[1]?.replies.map(said).join();
  expect(told()).toContain('Open ten by hand');
  await bot.withdraw(nearMissId);
  await bot.drain();
  expect(told()).not.toContain('Open ten by hand');
  expect(told()).toContain('What was borrowed is no longer shown here.');
});
