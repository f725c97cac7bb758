import { describe, expect, test } from 'vitest';
import {
  askForPreview,
  DAY,
  digestIn,
  openSceneWithDigest,
  publishNow,
  repliesTo,
  tell,
} from '../support/digest-scene.ts';
import { dmOf, ephemeralOf, expectNoComplaints, modalOf, said, wordsOf } from '../support/doing.ts';
import {
  leaveOut,
  press,
  previewed,
  previewSays,
  SENT,
  storyIn,
  threadOf,
} from '../support/preview-steps.ts';

describe('Leave this out', () => {
  test('next week: the previews show it, the reporter reads the line, the digest goes without it, the next with it', async () => {
    const { office, toAmira } = await previewed();
    expect(
      (await leaveOut(office, 'amira', storyIn(toAmira, 'NM-2'), 'we wait for the supplier')).errors,
    ).toEqual({});
    expect(office.workspace.person('amira').view()).toBeUndefined();
    const words = await previewSays(office, 'jon', 'Left out of this digest by Amira Haddad.');
    expect(words).toContain('1 story, 1 thing worth borrowing.');
    const letter = await dmOf(office, 'sam', 'NM-2');
    expect(said(letter).split('\n')[0]).toBe(
      "NM-2 was not in this week's digest. Amira Haddad wrote: we wait for the supplier. It is saved as before.",
    );
    expect(office.workspace.person('maria').dm()).toEqual([]);
    await publishNow(office, 'jon');
    const parent = await digestIn(office);
    expect((await repliesTo(office, parent, 2)).map(said).join()).not.toContain('phones');
    await publishNow(office, 'jon');
    const next = await digestIn(office, 'learning', 2);
    expect((await repliesTo(office, next, 1)).map(said).join()).toContain('the phones were dead at night');
    expectNoComplaints(office);
  });

  test('not in a digest: it is in none', async () => {
    const { office, toAmira } = await previewed();
    await leaveOut(office, 'amira', storyIn(toAmira, 'NM-2'), 'known already', 'for_good');
    await previewSays(office, 'jon', 'Left out of this digest by Amira Haddad.');
    await publishNow(office, 'jon');
    await digestIn(office);
    await office.workspace.person('jon').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(office, 'jon', 'There is nothing new for a digest yet.');
    await office.workspace.person('jon').command('payments-ops', '/nearmiss show NM-2');
    await ephemeralOf(office, 'jon', 'the phones were dead at night');
    expectNoComplaints(office);
  });

  test('a line is needed; twice leaves it out once', async () => {
    const { office, toJon, toAmira } = await previewed();
    const { workspace } = office;
    await press(office, 'jon', storyIn(toJon, 'NM-2'), 'leave_one_out');
    await modalOf(office, 'jon', 'Leave this out', 'line');
    await workspace.person('jon').change('view', 'line', '   ');
    expect((await workspace.person('jon').submit()).errors).toEqual({ line: 'A few words are enough.' });
    await leaveOut(office, 'amira', storyIn(toAmira, 'NM-2'), 'first');
    await workspace.person('jon').change('view', 'line', 'second');
    await workspace.person('jon').submit();
    expect(wordsOf(workspace.person('jon').view())).toBe('It is not in this digest any more.');
    await dmOf(office, 'sam', 'first');
    expect(workspace.person('sam').dm()).toHaveLength(1);
    expectNoComplaints(office);
  });

  test('one without a name: nobody is told, no line is asked for, and no wording can be proposed', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'sam', 'a quiet one', {}, { tier: 'unattributed' });
    await office.goTo(office.now() + DAY);
    await askForPreview(office, 'jon', SENT);
    const thread = await threadOf(office, 'jon', 2);
    await threadOf(office, 'amira', 2);
    const story = storyIn(thread, 'NM-1');
    await press(office, 'jon', story, 'propose_wording');
    await modalOf(office, 'jon', 'Propose a wording', 'Nobody can be asked about this one');
    await office.workspace.person('jon').close();
    await press(office, 'jon', story, 'leave_one_out');
    const asked = await modalOf(office, 'jon', 'Leave this out', 'nobody can be told');
    expect(Object.keys(asked.state.values)).toEqual(['until']);
    expect((await office.workspace.person('jon').submit()).errors).toEqual({});
    const words = await previewSays(office, 'amira', 'Left out of this digest by Jon Park.');
    expect(words).toContain('its stories are no longer shown here.');
    expect(words).toContain(
      'Nothing is posted: none of its stories is left. What is shared from now on comes in the next digest.',
    );
    expect(words).not.toMatch(/It is posted on|Publish now|Hold/);
    expect(office.workspace.person('sam').dm()).toEqual([]);
    expectNoComplaints(office);
  });
});
