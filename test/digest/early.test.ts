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
import { changeDigest, freezePreview, openDigestOf, publishPreview } from '../support/digest-on-a-store.ts';
import { dmsOf, said } from '../support/screen.ts';

const told = (bot: BotOnAStore) => digestsIn(bot).map(({ replies }) => replies.map(said).join());

describe('a preview that was asked for before it was due', () => {
  it('published by hand before its preview was due, it leaves its slot to what is shared until then', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('Early');
    await freezePreview(bot);
    await publishPreview(bot);
    await bot.share('Of this week all the same');
    await at(bot, SLOT - HOUR);
    await at(bot, SLOT);
    expect(digestTitles(bot)).toHaveLength(2);
    expect(digestsIn(bot)[1]?.replies.map(said).join()).toContain('Of this week all the same');
  });

  it('asked for early, held and published all the same before it was due, it leaves its slot too', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('Early');
    await freezePreview(bot);
    const { id, teamId } = await openDigestOf(bot);
    const by = bot.workspace.person('amira').id;
    await bot.storage.digests.hold({ teamId, id, by, until: SLOT + 3 * DAY, now: bot.clock.now() });
    await publishPreview(bot);
    await bot.share('Of this week all the same');
    await at(bot, SLOT - HOUR);
    await at(bot, SLOT);
    expect(digestsIn(bot)[1]?.replies.map(said).join()).toContain('Of this week all the same');
  });

  it('asked for early and emptied since, it leaves its slot to what was shared later', async () => {
    const bot = await botOnAStore();
    const id = await bot.share('Taken back');
    await freezePreview(bot);
    await bot.withdraw(id);
    await bot.share('Of this week all the same');
    await at(bot, SLOT);
    await at(bot, SLOT + MINUTE);
    expect(digestTitles(bot)).toHaveLength(1);
    expect(digestsIn(bot)[0]?.replies.map(said).join()).toContain('Of this week all the same');
    expect(dmsOf(bot, 'amira')).toEqual([]);
  });

  it('and emptied since leaves it too where one from the archive is chosen for quiet weeks', async () => {
    const bot = await botOnAStore({ digest: { quietWeek: 'archive' } });
    await bot.share('Old story');
    await at(bot, SLOT);
    const id = await bot.share('Taken back');
    await freezePreview(bot);
    await bot.withdraw(id);
    await bot.share('Of this week all the same');
    await at(bot, SLOT + 7 * DAY);
    await at(bot, SLOT + 7 * DAY + MINUTE);
    expect(told(bot)[1]).toContain('Of this week all the same');
  });

  it('in the week after one that went out by hand leaves its own slot', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 240 } });
    await bot.share('One');
    await at(bot, SLOT - 240 * MINUTE);
    await publishPreview(bot);
    await bot.share('Two');
    await freezePreview(bot);
    await publishPreview(bot);
    await bot.share('Of the week after');
    await at(bot, SLOT + 7 * DAY - 240 * MINUTE);
    await at(bot, SLOT + 7 * DAY);
    expect(told(bot)[2]).toContain('Of the week after');
  });
});

describe('a preview that came when it was due', () => {
  it('published by hand after its preview was due, it is the digest of its week', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 240 } });
    await bot.share('In the preview');
    await at(bot, SLOT - 240 * MINUTE);
    await at(bot, SLOT - HOUR);
    await publishPreview(bot);
    await bot.share('After it');
    await at(bot, SLOT);
    expect(digestTitles(bot)).toHaveLength(1);
    await at(bot, SLOT + 7 * DAY);
    expect(digestTitles(bot)).toHaveLength(2);
  });

  it('is the digest of its week although another day was chosen since', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 240 } });
    await bot.share('One');
    await at(bot, SLOT - 240 * MINUTE);
    await changeDigest(bot, { weekday: 5, since: SLOT - 200 * MINUTE });
    await at(bot, SLOT);
    await bot.share('Two');
    await at(bot, SLOT + 4 * DAY - 240 * MINUTE);
    await at(bot, SLOT + 4 * DAY);
    expect(digestTitles(bot)).toHaveLength(1);
  });

  it('is so although previews were switched off since', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 240 } });
    await bot.share('One');
    await at(bot, SLOT - 240 * MINUTE);
    await changeDigest(bot, { previewMinutes: undefined });
    await publishPreview(bot);
    await bot.share('Two');
    await at(bot, SLOT);
    expect(digestTitles(bot)).toHaveLength(1);
  });
});
