import { expect, test } from 'vitest';
import type { Channel } from '../../sandbox/state/state.ts';
import { type BotOnAStore, botOnAStore, lookAt, SLOT } from '../support/bot-on-a-store.ts';
import { digestsIn, digestTitles } from '../support/digest.ts';
import { changeDigest, teamOf } from '../support/digest-on-a-store.ts';
import { dmsOf, said, wordsOf } from '../support/screen.ts';

/*
 * The channel was looked at when the digest was put on its way; its messages go one after another, and some wait.
 */

const becomes = ({ workspace }: BotOnAStore, facts: Partial<Channel>) =>
  void Object.assign(workspace.channel('learning'), facts);

/** Two stories are on their way to #learning, and Slack takes so many messages before it says "later". */
async function takenUpTo(
  count: number,
  digest: Parameters<typeof botOnAStore>[0] = {},
): Promise<BotOnAStore> {
  const bot = await botOnAStore(digest);
  await bot.share('One');
  await bot.share('Two');
  const { id } = bot.workspace.channel('learning');
  const limited = bot.workspace.faults.on(
    'chat.postMessage',
    { kind: 'rate_limit', retryAfter: 30 },
    { nth: count + 1, matching: ({ channel }) => channel === id },
  );
  bot.clock.advance(SLOT - bot.clock.now());
  await bot.tend();
  while (limited.hits === 0) {
    if (!(await bot.step())) bot.clock.advance(1000);
  }
  return bot;
}

const letters = async (bot: BotOnAStore) =>
  (await bot.storage.outbox.undelivered(teamOf(bot))).map(({ about, why }) => [about, why]);

test.each([
  [{ isExtShared: true }, 'shared_outside', 'it is shared with another organisation'],
  [{ isPendingExtShared: true }, 'outside_soon', 'it is about to be shared with another organisation'],
] as const)(
  'while its parent waits it is not posted (%o); stewards hear, and it is once the channel is chosen anew',
  async (shared, why, words) => {
    const bot = await takenUpTo(0);
    becomes(bot, shared);
    await bot.drain();
    expect(digestTitles(bot)).toEqual([]);
    expect(await letters(bot)).toEqual([['parent', why]]);
    expect(dmsOf(bot, 'amira').join('\n')).toContain('The digest could not be posted in #learning.');
    expect(wordsOf(bot.workspace.person('amira').home())).toContain(
      `The digest could not be posted: ${words}.`,
    );
    await changeDigest(bot, { sharedOutside: true });
    const [letter] = await bot.storage.outbox.undelivered(teamOf(bot));
    const answered = { teamId: teamOf(bot), seq: letter?.seq ?? 0, now: bot.clock.now() };
    await bot.storage.outbox.answerUndelivered({ ...answered, answer: 'try_again' });
    await bot.drain();
    expect(digestsIn(bot).map(({ replies }) => replies.length)).toEqual([2]);
    expect(await letters(bot)).toEqual([]);
  },
);

test('while a story waits it is not posted', async () => {
  const bot = await takenUpTo(2);
  becomes(bot, { isExtShared: true });
  await bot.drain();
  expect(digestsIn(bot).map(({ replies }) => replies.length)).toEqual([1]);
  expect(await letters(bot)).toEqual([['part', 'shared_outside']]);
});

test('in a channel that was shared when it was chosen, which was said then, it goes on', async () => {
  const bot = await takenUpTo(1, { digest: { sharedOutside: true } });
  becomes(bot, { isExtShared: true });
  await bot.drain();
  expect(digestsIn(bot).map(({ replies }) => replies.length)).toEqual([2]);
});

test('while Slack does not say, it waits', async () => {
  const bot = await takenUpTo(1);
  const silent = bot.workspace.faults.on(
    'conversations.info',
    { kind: 'http', status: 503 },
    { times: Number.POSITIVE_INFINITY },
  );
  bot.clock.advance(60_000);
  while (await bot.step());
  expect(digestsIn(bot).map(({ replies }) => replies.length)).toEqual([0]);
  silent.remove();
  await lookAt(bot, bot.clock.now() + 60_000);
  expect(digestsIn(bot).map(({ replies }) => replies.length)).toEqual([2]);
  expect(await letters(bot)).toEqual([]);
});

test('that the app is not in by then, it says so', async () => {
  const bot = await takenUpTo(1);
  becomes(bot, { kind: 'private' });
  bot.workspace.person('jon').removeApp('learning');
  await bot.drain();
  expect(await letters(bot)).toEqual([
    ['part', 'channel_not_found'],
    ['part', 'channel_not_found'],
  ]);
});

const press = (bot: BotOnAStore, nearMissId: string, who: string) =>
  bot.storage.presses.press({
    teamId: teamOf(bot),
    nearMissId,
    personId: bot.workspace.person(who).id,
    press: 'learned',
    now: bot.clock.now(),
  });

const told = (bot: BotOnAStore) => digestsIn(bot).flatMap(({ replies }) => replies.map(said));

test('what stands there loses its words with its next change, and has them again once the channel is its own', async () => {
  const bot = await botOnAStore();
  const id = await bot.share('One');
  await bot.share('Two');
  await lookAt(bot, SLOT);
  becomes(bot, { isExtShared: true });
  await lookAt(bot, bot.clock.now() + 15 * 60_000);
  expect(told(bot).join()).toContain('One');
  await press(bot, id, 'jon');
  await bot.drain();
  const withheld = 'This is no longer shown here: this channel is shared with another organisation.';
  expect(told(bot).filter((words) => words.includes(withheld))).toHaveLength(1);
  expect(told(bot).join()).not.toContain('One');
  expect(told(bot).join()).toContain('Two');
  becomes(bot, { isExtShared: false });
  bot.clock.advance(15 * 60_000);
  await press(bot, id, 'sam');
  await bot.drain();
  expect(told(bot).join()).toContain('I learned something (2)');
});

test('where it was agreed when it was posted, a change is shown, wherever digests go by now', async () => {
  const bot = await botOnAStore({ digest: { sharedOutside: true } });
  becomes(bot, { isExtShared: true });
  const id = await bot.share('One');
  await lookAt(bot, SLOT);
  await changeDigest(bot, { sharedOutside: false, channelId: bot.workspace.channel('payments-ops').id });
  await press(bot, id, 'jon');
  await bot.drain();
  expect(told(bot).join()).toContain('I learned something (1)');
});

test('words that are withdrawn go while Slack does not say what the channel is, from the parent too', async () => {
  const bot = await botOnAStore();
  const id = await bot.share('One');
  await bot.share('Two');
  await lookAt(bot, SLOT);
  bot.clock.advance(15 * 60_000);
  bot.workspace.faults.on(
    'conversations.info',
    { kind: 'http', status: 503 },
    { times: Number.POSITIVE_INFINITY },
  );
  await bot.withdraw(id);
  while (await bot.step());
  expect(told(bot).join()).toContain('Its words have been removed.');
  expect(said(digestsIn(bot)[0]?.parent ?? { text: '' })).not.toContain('One');
  expect(told(bot).join()).not.toContain('One');
});

test('where stewards chose it shared, a change is shown', async () => {
  const bot = await botOnAStore({ digest: { sharedOutside: true } });
  const id = await bot.share('One');
  await lookAt(bot, SLOT);
  becomes(bot, { isExtShared: true });
  await press(bot, id, 'jon');
  await bot.drain();
  expect(told(bot).join()).toContain('I learned something (1)');
});
