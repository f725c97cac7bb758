import { describe, expect, it } from 'vitest';
import {
  lookAt as at,
  type BotOnAStore,
  botOnAStore,
  DAY,
  HOUR,
  MINUTE,
  SLOT,
} from '../support/bot-on-a-store.ts';
import { digestsIn, digestTitles } from '../support/digest.ts';
import { changeDigest, openDigestOf, teamOf } from '../support/digest-on-a-store.ts';
import { dmsOf } from '../support/screen.ts';

describe('a channel that takes nothing', () => {
  it.each([
    [
      'archived',
      (bot: BotOnAStore, no: boolean) =>
        void Object.assign(bot.workspace.channel('learning'), { isArchived: no }),
    ],
    [
      'without the app',
      (bot: BotOnAStore, no: boolean) =>
        no
          ? bot.workspace.person('jon').removeApp('learning')
          : bot.workspace.person('jon').inviteApp('learning'),
    ],
    [
      'shared with another organisation since it was chosen',
      (bot: BotOnAStore, no: boolean) =>
        void Object.assign(bot.workspace.channel('learning'), { isExtShared: no }),
    ],
  ])(
    '%s: nothing is frozen, stewards are told once, and it is posted as soon as it can be',
    async (_why, refuse) => {
      const bot = await botOnAStore({ stewards: ['amira', 'jon'], decline: ['chat:write.public'] });
      await bot.share('One');
      refuse(bot, true);
      for (let minutes = 0; minutes < 5; minutes += 1) await at(bot, SLOT + minutes * MINUTE);
      expect(await bot.storage.digests.last(teamOf(bot))).toBeUndefined();
      for (const who of ['amira', 'jon']) {
        expect(dmsOf(bot, who)).toEqual([
          expect.stringContaining('The digest could not be posted in #learning'),
        ]);
      }
      await bot.share('While it could not be posted');
      refuse(bot, false);
      await at(bot, SLOT + HOUR);
      expect(digestTitles(bot)).toEqual(['12 to 19 October: 2 stories']);
      refuse(bot, true);
      await at(bot, SLOT + 7 * DAY);
      expect(dmsOf(bot, 'jon'), 'it began anew').toHaveLength(2);
    },
  );

  it('shared with another organisation when it was chosen, which was said then: it is posted', async () => {
    const bot = await botOnAStore({ digest: { sharedOutside: true } });
    Object.assign(bot.workspace.channel('learning'), { isExtShared: true });
    await bot.share('One');
    await at(bot, SLOT);
    expect(digestTitles(bot)).toHaveLength(1);
    expect(dmsOf(bot, 'amira')).toEqual([]);
  });

  it('another channel is chosen while a preview waits: it goes there', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 }, decline: ['chat:write.public'] });
    await bot.share('One');
    await at(bot, SLOT - HOUR);
    bot.workspace.person('jon').removeApp('learning');
    await at(bot, SLOT);
    expect((await openDigestOf(bot)).state).toBe('preview');
    await changeDigest(bot, { channelId: bot.workspace.channel('elsewhere').id, channelName: 'elsewhere' });
    await at(bot, SLOT + MINUTE);
    expect(digestTitles(bot)).toEqual([]);
    expect(digestTitles(bot, 'elsewhere')).toEqual(['12 to 18 October: 1 story']);
    expect(digestsIn(bot, 'elsewhere')[0]?.replies).toHaveLength(1);
  });

  it('Slack says nothing: nobody is told anything, and it is asked again', async () => {
    const bot = await botOnAStore();
    await bot.share('One');
    const silent = bot.workspace.faults.on(
      'conversations.info',
      { kind: 'http', status: 503 },
      { times: Number.POSITIVE_INFINITY },
    );
    await at(bot, SLOT);
    expect(digestTitles(bot)).toEqual([]);
    expect(dmsOf(bot, 'amira')).toEqual([]);
    silent.remove();
    await at(bot, SLOT + MINUTE);
    expect(digestTitles(bot)).toHaveLength(1);
  });
});

it('tried again after another channel was chosen, a digest that stands nowhere yet goes there', async () => {
  const bot = await botOnAStore();
  await bot.share('One');
  bot.workspace.faults.on(
    'chat.postMessage',
    { kind: 'error', error: 'restricted_action' },
    { matching: ({ channel }) => channel === bot.workspace.channel('learning').id },
  );
  await at(bot, SLOT);
  const { id: channelId, name: channelName } = bot.workspace.channel('elsewhere');
  await changeDigest(bot, { channelId, channelName });
  const [waiting] = await bot.storage.outbox.undelivered(teamOf(bot));
  const answered = { teamId: teamOf(bot), seq: waiting?.seq ?? 0, now: bot.clock.now() };
  await bot.storage.outbox.answerUndelivered({ ...answered, answer: 'try_again' });
  await bot.drain();
  expect(digestTitles(bot)).toEqual([]);
  expect(digestsIn(bot, 'elsewhere').map(({ replies }) => replies.length)).toEqual([1]);
});
