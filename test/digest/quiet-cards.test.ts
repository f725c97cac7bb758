import { describe, expect, it } from 'vitest';
import { lookAt as at, botOnAStore, DAY, HOUR, MINUTE, SLOT, SUNDAY } from '../support/bot-on-a-store.ts';
import { digestsIn, digestTitles } from '../support/digest.ts';
import { teamOf } from '../support/digest-on-a-store.ts';
import { said } from '../support/screen.ts';

describe('those for one channel, without a name everybody sees', () => {
  it('get their card on their day although the channel of the digest takes nothing', async () => {
    const bot = await botOnAStore();
    await bot.share('For everyone');
    await bot.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    Object.assign(bot.workspace.channel('learning'), { isArchived: true });
    await at(bot, SLOT);
    await at(bot, SLOT + MINUTE);
    const [card, ...others] = digestsIn(bot, 'payments-ops');
    expect(card && said(card.parent)).toContain('Only for us');
    expect(others).toEqual([]);
    Object.assign(bot.workspace.channel('learning'), { isArchived: false });
    await at(bot, SLOT + HOUR);
    expect(digestTitles(bot)).toHaveLength(1);
    expect(digestsIn(bot, 'payments-ops')).toHaveLength(1);
  });

  it('keep their day with previews on, too', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('For everyone');
    await bot.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    await at(bot, SLOT - HOUR);
    Object.assign(bot.workspace.channel('learning'), { isArchived: true });
    await at(bot, SLOT);
    await at(bot, SLOT + MINUTE);
    expect(digestTitles(bot)).toEqual([]);
    expect(digestsIn(bot, 'payments-ops').map(({ parent }) => said(parent))).toEqual([
      expect.stringContaining('Only for us'),
    ]);
  });

  it('get their card there when a digest is posted, and are never in one', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('For everyone');
    await bot.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    await at(bot, SLOT - HOUR);
    expect(digestsIn(bot, 'payments-ops')).toEqual([]);
    await at(bot, SLOT);
    expect(
      digestsIn(bot, 'payments-ops')
        .map(({ parent }) => said(parent))
        .join(),
    ).toContain('Only for us');
    expect(JSON.stringify(digestsIn(bot))).not.toContain('Only for us');
  });

  it('of the day itself get theirs with the next digest, so that the minute says nothing', async () => {
    const bot = await botOnAStore();
    const cards = () => digestsIn(bot, 'payments-ops').map(({ parent }) => said(parent));
    await bot.share('For everyone');
    bot.clock.advance(SLOT - HOUR - bot.clock.now());
    await bot.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    await at(bot, SLOT);
    expect(digestTitles(bot)).toHaveLength(1);
    expect(cards()).toEqual([]);
    await bot.share('Another for everyone');
    await at(bot, SLOT + 7 * DAY);
    expect(cards()).toEqual([expect.stringContaining('Only for us')]);
  });

  it('those older than the first digest goes back get none: people were told that nothing is posted', async () => {
    const bot = await botOnAStore({ startsAt: SUNDAY - 30 * DAY, digest: { setUpAt: SUNDAY } });
    const old = await bot.share('Only for us', {}, { tier: 'confidential', audience: 'channel' });
    // Whether or not the digest itself can be posted.
    Object.assign(bot.workspace.channel('learning'), { isArchived: true });
    await at(bot, SLOT);
    Object.assign(bot.workspace.channel('learning'), { isArchived: false });
    await at(bot, SLOT + HOUR);
    expect(digestsIn(bot, 'payments-ops')).toEqual([]);
    expect((await bot.storage.nearMisses.byId(teamOf(bot), old))?.waitsForDigest).toBeUndefined();
  });
});
