import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { DAY } from '../support/bot-on-a-store.ts';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { rows } from '../support/database.ts';
import { botWithDigest } from '../support/digest.ts';
import { askForPreview, botWithPreview, press, storyIn } from '../support/preview.ts';
import { dmOf, modalOf, titleOf, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { tell } from '../support/story.ts';

describe('somebody who is a steward no longer', () => {
  test.each(['publish_digest', 'hold_digest', 'leave_one_out', 'propose_wording'])(
    'presses %s',
    async (action) => {
      const { bot, toAmira } = await botWithPreview();
      const { workspace } = bot;
      await chooseStewards(bot, 'jon', ['jon']);
      const onStory = action === 'leave_one_out' || action === 'propose_wording';
      await press(bot, 'amira', onStory ? storyIn(toAmira, 'NM-2') : (toAmira[0] as Message), action);
      const can = action === 'publish_digest' ? 'publish the digest' : 'decide this';
      const kind = `Only the steward, Jon Park, can ${can}.`;
      await workspace.until(
        () =>
          wordsOf(workspace.person('amira').view()).includes(kind) ||
          [...workspace.person('amira').ephemerals(), ...workspace.person('amira').dm()].some(
            ({ text }) => text === kind,
          ),
      );
      expect(workspace.person('jon').messages('learning')).toEqual([]);
      expectNoComplaints(bot);
    },
  );

  test.each([
    ['hold_digest', 'Hold the digest', 'until', undefined],
    ['leave_one_out', 'Leave this out', 'line', 'a line'],
    ['propose_wording', 'Propose a wording', 'wording', 'words'],
  ] as const)('sends what %s asked', async (action, title, block, words) => {
    const { bot, toAmira } = await botWithPreview();
    const { workspace } = bot;
    const amira = workspace.person('amira');
    const onStory = action !== 'hold_digest';
    await press(bot, 'amira', onStory ? storyIn(toAmira, 'NM-2') : (toAmira[0] as Message), action);
    await modalOf(bot, 'amira', title, block);
    if (words !== undefined) await amira.change('view', block, words);
    await chooseStewards(bot, 'jon', ['jon']);
    await amira.submit();
    expect(titleOf(amira.view())).toBe(title);
    expect(wordsOf(amira.view())).toBe('Only the steward, Jon Park, can decide this.');
    expect(rows(bot, 'select state from digests')).toEqual([{ state: 'preview' }]);
    expectNoComplaints(bot);
  });

  test('reads no more behind More than everybody may', async () => {
    const bot = await botWithDigest({ replies: '1' });
    await tell(bot, 'maria', 'a quiet one', {}, { tier: 'confidential' });
    await bot.goTo(bot.now() + DAY);
    await tell(bot, 'sam', 'a newer one');
    await askForPreview(bot, 'jon', 'The preview is in the messages of all stewards.');
    const more = await dmOf(bot, 'amira', 'One more story is in this digest.');
    await press(bot, 'amira', more, 'more_stories');
    await modalOf(bot, 'amira', 'In this digest', 'a quiet one');
    await bot.workspace.person('amira').close();
    await chooseStewards(bot, 'jon', ['jon']);
    await press(bot, 'amira', more, 'more_stories');
    await modalOf(bot, 'amira', 'In this digest', 'The rest of this digest could not be found.');
    expectNoComplaints(bot);
  });

  test('confirms digest now', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'the wrong rate');
    const amira = bot.workspace.person('amira');
    await amira.command('payments-ops', '/nearmiss digest now');
    await modalOf(bot, 'amira', 'Publish the digest now?', 'posted in');
    await chooseStewards(bot, 'jon', ['jon']);
    await amira.submit();
    expect(wordsOf(amira.view())).toBe('Only the steward, Jon Park, can publish the digest.');
    expect(rows(bot, 'select * from digests')).toEqual([]);
    expectNoComplaints(bot);
  });
});
