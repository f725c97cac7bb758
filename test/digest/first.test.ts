import { describe, expect, it } from 'vitest';
import { firstDigestFrom } from '../../src/domain/digest/digest.ts';
import { type BotOnAStore, botOnAStore, DAY, lookAt, SLOT } from '../support/bot-on-a-store.ts';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { digestIn, digestsIn, repliesTo, setUpDigest } from '../support/digest.ts';
import { modalOf, said, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { tell } from '../support/story.ts';

const wordsIn = (bot: BotOnAStore) => JSON.stringify(digestsIn(bot).map(({ replies }) => replies));

describe('the first digest', () => {
  it('goes back seven days of its zone, and further to when it was set up if it comes late', () => {
    const setUpAt = Date.UTC(2025, 9, 19, 12);
    const onTime = Date.UTC(2025, 9, 20, 13, 30);
    const zone = 'America/New_York';
    expect(firstDigestFrom(onTime, { zone, setUpAt })).toBe(Date.UTC(2025, 9, 13, 4));
    expect(firstDigestFrom(onTime + 14 * DAY, { zone, setUpAt })).toBe(Date.UTC(2025, 9, 19));
  });

  it('that comes two weeks late tells what was shared since it was set up', async () => {
    const bot = await botOnAStore();
    await bot.share('Shared on the day it was set up');
    await bot.share('Shared quietly on that day', {}, { tier: 'confidential' });
    bot.clock.advance(10 * DAY);
    await bot.share('Shared later');
    await lookAt(bot, SLOT + 14 * DAY);
    expect(digestsIn(bot)).toHaveLength(1);
    expect(wordsIn(bot)).toMatch(/on the day it was set up/);
    expect(wordsIn(bot)).toMatch(/quietly on that day/);
    expect(wordsIn(bot)).toMatch(/Shared later/);
  });

  it('that comes late leaves out what is older than that, for good', async () => {
    const bot = await botOnAStore();
    const { teamId } = bot.app.identity;
    bot.clock.advance(-8 * DAY);
    await bot.share('Shared the week before');
    bot.clock.advance(8 * DAY);
    expect(await bot.storage.digests.next(teamId, SLOT)).toEqual([]);
    await bot.share('Shared since');
    await lookAt(bot, SLOT);
    await lookAt(bot, SLOT + 7 * DAY);
    expect(digestsIn(bot)).toHaveLength(1);
    expect(wordsIn(bot)).toMatch(/Shared since/);
    expect(wordsIn(bot)).not.toMatch(/the week before/);
  });
});

it('digest now counts only what the first digest will tell', async () => {
  const bot = await botOnTheWire();
  await tell(bot, 'maria', 'long ago');
  await bot.goTo(bot.now() + 9 * DAY);
  await tell(bot, 'maria', 'the wrong rate, seen in time');
  await chooseStewards(bot, 'jon', ['jon', 'amira']);
  await setUpDigest(bot, 'jon');
  const jon = bot.workspace.person('jon');
  await jon.command('payments-ops', '/nearmiss digest now');
  const asked = await modalOf(bot, 'jon', 'Publish the digest now?', 'posted in');
  expect(wordsOf(asked)).toContain('One story');
  await jon.submit();
  const replies = await repliesTo(bot, await digestIn(bot), 1);
  expect(replies.map(said).join()).toContain('the wrong rate');
  expectNoComplaints(bot);
});

it('goes back to when it was first set up, also where its day was changed since', async () => {
  const bot = await botOnTheWire();
  await chooseStewards(bot, 'jon', ['jon']);
  await setUpDigest(bot, 'jon');
  await tell(bot, 'maria', 'shared on the first day');
  await bot.goTo(bot.now() + 4 * DAY);
  await setUpDigest(bot, 'jon', { weekday: '5' });
  await bot.goTo(bot.now() + 14 * DAY);
  expect((await repliesTo(bot, await digestIn(bot), 1)).map(said).join()).toContain('on the first day');
  expectNoComplaints(bot);
});
