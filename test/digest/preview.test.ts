import { describe, expect, test } from 'vitest';
import { DAY } from '../support/bot-on-a-store.ts';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { botWithDigest, digestIn, repliesTo } from '../support/digest.ts';
import { askForPreview, botWithPreview, gone, MONDAY, previewThread, SENT } from '../support/preview.ts';
import { ephemeralOf, said, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { tell } from '../support/story.ts';

describe('a preview', () => {
  test('is the same parent and thread for every steward, marked, with what they can do', async () => {
    const { bot, toJon, toAmira } = await botWithPreview();
    expect(toJon.map(said).join('\n--\n')).toMatchInlineSnapshot(`
      "Preview. What we learned from near-misses, 7 to 14 October: 2 stories
      Preview
      What we learned from near-misses, 7 to 14 October

      2 stories, 1 thing worth borrowing. About a minute; the stories are in the thread.

      Worth borrowing
      open ten by hand (NM-1)
      It is posted on Monday 20 October if nobody does anything.
      Publish now
      Hold
      --
      Preview. How these were noticed: A routine check 1

      --
      Preview. NM-1: the wrong rate, seen in time
      NM-1

      the wrong rate, seen in time

      How it was noticed 
      A routine check
      Worth borrowing 
      open ten by hand
      Shared by Maria Lopez · Tuesday 14 October
      Leave this out
      Propose a wording
      --
      Preview. NM-2: the phones were dead at night
      NM-2

      the phones were dead at night
      Shared by Sam Okoro · Tuesday 14 October
      Leave this out
      Propose a wording"
    `);
    expect(toAmira.map(said)).toEqual(toJon.map(said));
    expect(bot.workspace.person('jon').messages('learning')).toEqual([]);
    expect(bot.workspace.person('sam').dm()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('is not sent twice to somebody who asks again, and is to somebody who became a steward', async () => {
    const { bot } = await botWithPreview();
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss digest preview');
    await ephemeralOf(bot, 'jon', 'The preview is in your messages from the app.');
    await chooseStewards(bot, 'jon', ['jon', 'amira', 'sam']);
    await bot.workspace.person('sam').command('payments-ops', '/nearmiss digest preview');
    await previewThread(bot, 'sam', 4);
    await previewThread(bot, 'jon', 4);
    expect(
      bot.workspace
        .person('jon')
        .dm()
        .filter(({ text }) => text.startsWith('Preview. What')),
    ).toHaveLength(1);
    expectNoComplaints(bot);
  });

  test('of nothing says so, and leaves the week to what may still come', async () => {
    const bot = await botWithDigest();
    await askForPreview(bot, 'jon', 'There is nothing new for a digest yet.');
    await tell(bot, 'maria', 'seen on Wednesday');
    await askForPreview(bot, 'amira', SENT);
    await previewThread(bot, 'amira', 2);
    expectNoComplaints(bot);
  });

  test('comes by itself when it is due, and the digest on time if nobody does anything; then it is removed', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'the wrong rate, seen in time');
    await bot.goTo(MONDAY - DAY + 60_000);
    await previewThread(bot, 'jon', 2);
    await previewThread(bot, 'amira', 2);
    expect(bot.workspace.person('jon').messages('learning')).toEqual([]);
    await tell(bot, 'sam', 'after the preview was sent');
    await bot.goTo(MONDAY + 60_000);
    const parent = await digestIn(bot);
    expect(wordsOf(parent)).toContain('What we learned from near-misses, 12 to 18 October');
    expect((await repliesTo(bot, parent, 1)).map(said).join()).not.toContain('after the preview');
    await gone(bot, 'jon');
    await gone(bot, 'amira');
    expectNoComplaints(bot);
  });
});
