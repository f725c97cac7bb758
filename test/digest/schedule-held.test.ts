import { describe, expect, it } from 'vitest';
import { lookAt as at, type BotOnAStore, botOnAStore, DAY, HOUR, SLOT } from '../support/bot-on-a-store.ts';
import { digestsIn, digestTitles } from '../support/digest.ts';
import { openDigestOf } from '../support/digest-on-a-store.ts';
import { said } from '../support/screen.ts';

async function hold(bot: BotOnAStore, until: number): Promise<void> {
  const { id, teamId } = await openDigestOf(bot);
  const by = bot.workspace.person('amira').id;
  expect(await bot.storage.digests.hold({ teamId, id, by, until, now: bot.clock.now() })).toBe(true);
}

describe('with previews on', () => {
  it('held, it waits until then, and the next week has its own', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('Held');
    await at(bot, SLOT - HOUR);
    await hold(bot, SLOT + 9 * DAY);
    await at(bot, SLOT);
    await at(bot, SLOT + DAY);
    expect(digestTitles(bot)).toEqual([]);
    await bot.share('Of the next week');
    await at(bot, SLOT + 7 * DAY - HOUR);
    await at(bot, SLOT + 7 * DAY);
    expect(digestsIn(bot).map(({ replies }) => replies.map(said).join())).toEqual([
      expect.stringContaining('Of the next week'),
    ]);
    await at(bot, SLOT + 9 * DAY);
    expect(digestsIn(bot)).toHaveLength(2);
    expect(digestsIn(bot)[1]?.replies.map(said).join()).toContain('Held');
  });

  it('held until the next comes too, both are posted, the older first', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('Held');
    await at(bot, SLOT - HOUR);
    await hold(bot, SLOT + 7 * DAY);
    await bot.share('Of the next week');
    await at(bot, SLOT + 7 * DAY - HOUR);
    await at(bot, SLOT + 7 * DAY);
    expect(digestTitles(bot)).toEqual(['12 to 18 October: 1 story', '19 to 25 October: 1 story']);
  });

  it.each([
    ['at its time', 0, []],
    ['a week on, when the next one would take it over', 7 * DAY, ['19 to 25 October: 1 story']],
  ])('held while Slack is asked whether it can be posted, %s: it waits', async (_when, later, posted) => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('Held at the last moment');
    await at(bot, SLOT - HOUR);
    if (later > 0) await bot.share('Of the next week');
    bot.clock.advance(SLOT + later - bot.clock.now());
    const asked = bot.workspace.faults.on('conversations.info', { kind: 'hold', when: 'after' });
    const tending = bot.tend();
    await asked.struck;
    await hold(bot, SLOT + later + 2 * DAY);
    asked.release();
    await tending;
    await bot.drain();
    expect(digestTitles(bot)).toEqual(posted);
    expect((await openDigestOf(bot)).state).toBe('held');
  });

  it('narrowed while it was held and widened later, a story comes in a later digest, once', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('Stays');
    const id = await bot.share('Comes later');
    await at(bot, SLOT - HOUR);
    await bot.change(id, { audience: 'channel' });
    await at(bot, SLOT);
    await bot.change(id, { audience: 'everyone' });
    await at(bot, SLOT + 7 * DAY - HOUR);
    await at(bot, SLOT + 7 * DAY);
    expect(digestsIn(bot).map(({ replies }) => replies.map(said).join().includes('Comes later'))).toEqual([
      false,
      true,
    ]);
  });
});
