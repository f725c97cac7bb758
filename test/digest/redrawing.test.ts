import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { botWithDigest, digestIn, publishNow, repliesTo, replyWith } from '../support/digest.ts';
import { said, wordsOf } from '../support/screen.ts';
import { changeWhoCanSee, lend, openChangeOf, tell, tellMoreOf, withdraw } from '../support/story.ts';

describe('after its digest', () => {
  test('a story that grows is drawn again in its place, and what is worth borrowing in the parent', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'the wrong rate');
    await publishNow(bot, 'jon');
    const parent = await digestIn(bot);
    const [story] = (await repliesTo(bot, parent, 1)) as [Message];
    expect(wordsOf(parent)).toContain('1 story. About');
    await tellMoreOf(bot, 'sam', 'NM-1', ['went_right', 'What went right', 'saves'], 'the send was late');
    const grown = await replyWith(bot, parent, 'the send was late (Sam Okoro)');
    expect(grown.ts).toBe(story.ts);
    await lend(bot, 'maria', 'NM-1', 'open ten by hand');
    await replyWith(bot, parent, 'open ten by hand');
    const drawn = await bot.workspace.until(() => {
      const now = bot.workspace.person('jon').messages('learning').at(-1);
      return wordsOf(now).includes('open ten by hand (NM-1)') ? now : undefined;
    });
    expect(drawn.ts).toBe(parent.ts);
    expect(wordsOf(drawn)).toContain('1 story, 1 thing worth borrowing.');
    expectNoComplaints(bot);
  });

  test('a withdrawn one is blanked, and the parent counts it no longer', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'the wrong rate', { signal_kind: 'alert' });
    await tell(bot, 'sam', 'the phones were dead', { signal_kind: 'chance' });
    await publishNow(bot, 'jon');
    const parent = await digestIn(bot);
    await repliesTo(bot, parent, 3);
    await withdraw(bot, 'maria', 'NM-1');
    const blanked = await replyWith(bot, parent, 'NM-1 was withdrawn. Its words have been removed.');
    expect(said(blanked)).not.toMatch(/rate|Maria|I learned/);
    await bot.workspace.until(() =>
      wordsOf(bot.workspace.person('jon').messages('learning').at(-1)).includes('1 story.'),
    );
    await bot.workspace.until(() =>
      bot.workspace
        .person('jon')
        .thread(parent.channel, parent.ts)
        .some(({ text }) => text === 'How these were noticed: By chance 1'),
    );
    await withdraw(bot, 'sam', 'NM-2');
    await bot.workspace.until(() =>
      wordsOf(bot.workspace.person('jon').messages('learning').at(-1)).endsWith(
        'its stories are no longer shown here.',
      ),
    );
    await bot.workspace.until(
      () =>
        !JSON.stringify(bot.workspace.person('jon').thread(parent.channel, parent.ts)).includes('By chance'),
    );
    expectNoComplaints(bot);
  });

  test('a narrowed one is blanked without its words, and a name that is taken back goes', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'the wrong rate');
    await tell(bot, 'sam', 'the phones were dead');
    await publishNow(bot, 'jon');
    const parent = await digestIn(bot);
    await repliesTo(bot, parent, 2);
    await openChangeOf(bot, 'sam', 'NM-2');
    expect((await changeWhoCanSee(bot, 'sam', { audience: 'channel' })).errors).toEqual({});
    const blanked = await replyWith(bot, parent, 'NM-2 is no longer shown here.');
    expect(said(blanked)).not.toMatch(/phones|Sam/);
    await replyWith(bot, parent, 'Shared by Maria Lopez');
    await openChangeOf(bot, 'maria', 'NM-1');
    expect((await changeWhoCanSee(bot, 'maria', { tier: 'confidential' })).errors).toEqual({});
    await bot.workspace.until(
      () => !JSON.stringify(bot.workspace.person('jon').thread(parent.channel, parent.ts)).includes('Maria'),
    );
    expect(said(await replyWith(bot, parent, 'the wrong rate'))).not.toContain('NM-1');
    expectNoComplaints(bot);
  });
});
