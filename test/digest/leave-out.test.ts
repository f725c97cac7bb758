import { describe, expect, test } from 'vitest';
import { DAY } from '../support/bot-on-a-store.ts';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { botWithDigest, digestIn, publishNow, repliesTo } from '../support/digest.ts';
import {
  askForPreview,
  botWithPreview,
  leaveOut,
  press,
  previewSays,
  previewThread,
  SENT,
  storyIn,
} from '../support/preview.ts';
import { dmOf, ephemeralOf, modalOf, said, wordsOf } from '../support/screen.ts';
import { tell } from '../support/story.ts';

describe('Leave this out', () => {
  test('next week: the previews show it, the reporter reads the line, the digest goes without it, the next with it', async () => {
    const { bot, toAmira } = await botWithPreview();
    expect(
      (await leaveOut(bot, 'amira', storyIn(toAmira, 'NM-2'), 'we wait for the supplier')).errors,
    ).toEqual({});
    expect(bot.workspace.person('amira').view()).toBeUndefined();
    const words = await previewSays(bot, 'jon', 'Left out of this digest by Amira Haddad.');
    expect(words).toContain('1 story, 1 thing worth borrowing.');
    expect(bot.workspace.person('sam').dm()).toEqual([]);
    await publishNow(bot, 'jon');
    const parent = await digestIn(bot);
    const letter = await dmOf(bot, 'sam', 'NM-2');
    expect(said(letter).split('\n')[0]).toBe(
      "NM-2 is not in this week's digest. Amira Haddad wrote: we wait for the supplier. It may be in the next one.",
    );
    expect(bot.workspace.person('maria').dm()).toEqual([]);
    expect((await repliesTo(bot, parent, 2)).map(said).join()).not.toContain('phones');
    await publishNow(bot, 'jon');
    const next = await digestIn(bot, 'learning', 2);
    expect((await repliesTo(bot, next, 1)).map(said).join()).toContain('the phones were dead at night');
    expectNoComplaints(bot);
  });

  test('not in a digest: it is in none', async () => {
    const { bot, toAmira } = await botWithPreview();
    await leaveOut(bot, 'amira', storyIn(toAmira, 'NM-2'), 'known already', 'for_good');
    await previewSays(bot, 'jon', 'Left out of this digest by Amira Haddad.');
    await publishNow(bot, 'jon');
    await digestIn(bot);
    expect(said(await dmOf(bot, 'sam', 'NM-2'))).toContain('wrote: known already. It is saved as before.');
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(bot, 'jon', 'There is nothing new for a digest yet.');
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss show NM-2');
    await ephemeralOf(bot, 'jon', 'the phones were dead at night');
    expectNoComplaints(bot);
  });

  test('a line is needed; twice leaves it out once', async () => {
    const { bot, toJon, toAmira } = await botWithPreview();
    const { workspace } = bot;
    await press(bot, 'jon', storyIn(toJon, 'NM-2'), 'leave_one_out');
    await modalOf(bot, 'jon', 'Leave this out', 'line');
    await workspace.person('jon').change('view', 'line', '   ');
    expect((await workspace.person('jon').submit()).errors).toEqual({ line: 'A few words are enough.' });
    await leaveOut(bot, 'amira', storyIn(toAmira, 'NM-2'), 'first');
    await workspace.person('jon').change('view', 'line', 'second');
    await workspace.person('jon').submit();
    expect(wordsOf(workspace.person('jon').view())).toBe('It is not in this digest any more.');
    await publishNow(bot, 'jon');
    await dmOf(bot, 'sam', 'first');
    expect(workspace.person('sam').dm()).toHaveLength(1);
    expectNoComplaints(bot);
  });

  test('one without a name: nobody is told, no line is asked for, and no wording can be proposed', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'sam', 'a quiet one', {}, { tier: 'unattributed' });
    await bot.goTo(bot.now() + DAY);
    await askForPreview(bot, 'jon', SENT);
    const thread = await previewThread(bot, 'jon', 2);
    await previewThread(bot, 'amira', 2);
    const story = storyIn(thread, 'NM-1');
    await press(bot, 'jon', story, 'propose_wording');
    await modalOf(bot, 'jon', 'Propose a wording', 'Nobody can be asked about this one');
    await bot.workspace.person('jon').close();
    await press(bot, 'jon', story, 'leave_one_out');
    const asked = await modalOf(bot, 'jon', 'Leave this out', 'nobody can be told');
    expect(Object.keys(asked.state.values)).toEqual(['until']);
    expect((await bot.workspace.person('jon').submit()).errors).toEqual({});
    const words = await previewSays(bot, 'amira', 'Left out of this digest by Jon Park.');
    expect(words).toContain('its stories are no longer shown here.');
    expect(words).toContain(
      'Nothing is posted: none of its stories is left. What is shared from now on comes in the next digest.',
    );
    expect(words).not.toMatch(/It is posted on|Publish now|Hold/);
    expect(bot.workspace.person('sam').dm()).toEqual([]);
    expectNoComplaints(bot);
  });
});
