import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { askForPreview, chooseStewards, DAY, openSceneWithDigest, tell } from '../support/digest-scene.ts';
import { dmOf, expectNoComplaints, modalOf, rows, titleOf, wordsOf } from '../support/doing.ts';
import { press, previewed, storyIn } from '../support/preview-steps.ts';

describe('somebody who is a steward no longer', () => {
  test.each(['publish_digest', 'hold_digest', 'leave_one_out', 'propose_wording'])(
    'presses %s',
    async (action) => {
      const { office, toAmira } = await previewed();
      const { workspace } = office;
      await chooseStewards(office, 'jon', ['jon']);
      const onStory = action === 'leave_one_out' || action === 'propose_wording';
      await press(office, 'amira', onStory ? storyIn(toAmira, 'NM-2') : (toAmira[0] as Message), action);
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
      expectNoComplaints(office);
    },
  );

  test.each([
    ['hold_digest', 'Hold the digest', 'until', undefined],
    ['leave_one_out', 'Leave this out', 'line', 'a line'],
    ['propose_wording', 'Propose a wording', 'wording', 'words'],
  ] as const)('sends what %s asked', async (action, title, block, words) => {
    const { office, toAmira } = await previewed();
    const { workspace } = office;
    const amira = workspace.person('amira');
    const onStory = action !== 'hold_digest';
    await press(office, 'amira', onStory ? storyIn(toAmira, 'NM-2') : (toAmira[0] as Message), action);
    await modalOf(office, 'amira', title, block);
    if (words !== undefined) await amira.change('view', block, words);
    await chooseStewards(office, 'jon', ['jon']);
    await amira.submit();
    expect(titleOf(amira.view())).toBe(title);
    expect(wordsOf(amira.view())).toBe('Only the steward, Jon Park, can decide this.');
    expect(rows(office, 'select state from digests')).toEqual([{ state: 'preview' }]);
    expectNoComplaints(office);
  });

  test('reads no more behind More than everybody may', async () => {
    const office = await openSceneWithDigest({ replies: '1' });
    await tell(office, 'maria', 'a quiet one', {}, { tier: 'confidential' });
    await office.goTo(office.now() + DAY);
    await tell(office, 'sam', 'a newer one');
    await askForPreview(office, 'jon', 'The preview is in the messages of all stewards.');
    const more = await dmOf(office, 'amira', 'One more story is in this digest.');
    await press(office, 'amira', more, 'more_stories');
    await modalOf(office, 'amira', 'In this digest', 'a quiet one');
    await office.workspace.person('amira').close();
    await chooseStewards(office, 'jon', ['jon']);
    await press(office, 'amira', more, 'more_stories');
    await modalOf(office, 'amira', 'In this digest', 'The rest of this digest could not be found.');
    expectNoComplaints(office);
  });

  test('confirms digest now', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'maria', 'the wrong rate');
    const amira = office.workspace.person('amira');
    await amira.command('payments-ops', '/nearmiss digest now');
    await modalOf(office, 'amira', 'Publish the digest now?', 'posted in');
    await chooseStewards(office, 'jon', ['jon']);
    await amira.submit();
    expect(wordsOf(amira.view())).toBe('Only the steward, Jon Park, can publish the digest.');
    expect(rows(office, 'select * from digests')).toEqual([]);
    expectNoComplaints(office);
  });
});
