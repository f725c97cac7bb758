import { describe, expect, it } from 'vitest';
import { lookAt as at, botOnAStore, DAY, HOUR, MINUTE, SLOT } from '../support/bot-on-a-store.ts';
import { digestsIn, digestTitles } from '../support/digest.ts';
import { openDigestOf, publishPreview } from '../support/digest-on-a-store.ts';
import { dmsOf, said } from '../support/screen.ts';

describe('with previews on', () => {
  it('the period closes when the preview is sent, and nobody has to do anything', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 240 } });
    await bot.share('Before the preview');
    await at(bot, SLOT - 240 * MINUTE);
    expect(dmsOf(bot, 'amira').join()).toContain('Before the preview');
    await bot.share('After the preview');
    await at(bot, SLOT - MINUTE);
    expect(digestTitles(bot)).toEqual([]);
    await at(bot, SLOT);
    const [digest] = digestsIn(bot);
    expect(digest?.replies.map(said).join()).toContain('Before the preview');
    expect(digest?.replies.map(said).join()).not.toContain('After the preview');
    expect(dmsOf(bot, 'amira'), 'previews are removed after publishing').toEqual([]);
    await at(bot, SLOT + 7 * DAY);
    expect(digestsIn(bot)[1]?.replies.map(said).join()).toContain('After the preview');
  });

  it('what is withdrawn meanwhile is gone from the preview and from the digest, and its words are kept nowhere', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 240 } });
    await bot.share('Stays');
    const id = await bot.share('Goes', { answers: { practice: 'Goes as well' } });
    await at(bot, SLOT - 240 * MINUTE);
    expect(dmsOf(bot, 'amira').join()).toContain('Goes');
    await bot.withdraw(id);
    await bot.drain();
    expect(dmsOf(bot, 'amira').join()).not.toContain('Goes');
    const { teamId, id: digestId } = await openDigestOf(bot);
    const kept = (await bot.storage.digests.parts(teamId, digestId)).map((part) => JSON.stringify(part));
    expect(kept.join()).not.toContain('Goes');
    await at(bot, SLOT);
    expect(digestTitles(bot)).toEqual(['12 to 18 October: 1 story']);
  });

  it('asked for again while it is on its way, it stands there once', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('One');
    bot.clock.advance(SLOT - HOUR - bot.clock.now());
    await bot.tend();
    const { id, teamId } = await openDigestOf(bot);
    const stewards = [bot.workspace.person('amira').id];
    await bot.storage.digests.showPreviews({ teamId, id, stewards, now: bot.clock.now() });
    await bot.drain();
    expect(dmsOf(bot, 'amira').filter((words) => words.startsWith('Preview. What'))).toHaveLength(1);
    expect(dmsOf(bot, 'amira'), 'and its one story once').toHaveLength(2);
  });

  it('in a week with nothing to show, Slack is asked nothing', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 240, quietWeek: 'archive' } });
    for (let minutes = 240; minutes > 0; minutes -= 60) await at(bot, SLOT - minutes * MINUTE);
    expect(bot.workspace.calls.filter(({ method }) => method === 'conversations.info')).toEqual([]);
  });

  it('when all of it was withdrawn before it is posted, one from the archive comes if that was chosen', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60, quietWeek: 'archive' } });
    await bot.share('Of the first week');
    await at(bot, SLOT - HOUR);
    await at(bot, SLOT);
    const id = await bot.share('Withdrawn in time');
    await at(bot, SLOT + 7 * DAY - HOUR);
    await bot.withdraw(id);
    await at(bot, SLOT + 7 * DAY);
    expect(digestTitles(bot)).toEqual([
      '12 to 18 October: 1 story',
      expect.stringContaining('From the archive: NM-1'),
    ]);
  });

  it('published by hand and then taken back before it was sent, nothing of it stays with the stewards', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    const id = await bot.share('One');
    await at(bot, SLOT - HOUR);
    expect(dmsOf(bot, 'amira').join()).toContain('One');
    await publishPreview(bot);
    await bot.withdraw(id);
    await bot.drain();
    expect(digestTitles(bot)).toEqual([]);
    expect(dmsOf(bot, 'amira')).toEqual([]);
  });
});
