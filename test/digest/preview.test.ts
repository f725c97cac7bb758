import { describe, expect, test } from 'vitest';
import {
  askForPreview,
  chooseStewards,
  DAY,
  digestIn,
  openSceneWithDigest,
  repliesTo,
  tell,
} from '../support/digest-scene.ts';
import { ephemeralOf, expectNoComplaints, said, wordsOf } from '../support/doing.ts';
import { gone, MONDAY, previewed, SENT, threadOf } from '../support/preview-steps.ts';

describe('a preview', () => {
  test('is the same parent and thread for every steward, marked, with what they can do', async () => {
    const { office, toJon, toAmira } = await previewed();
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
    expect(office.workspace.person('jon').messages('learning')).toEqual([]);
    expect(office.workspace.person('sam').dm()).toEqual([]);
    expectNoComplaints(office);
  });

  test('is not sent twice to somebody who asks again, and is to somebody who became a steward', async () => {
    const { office } = await previewed();
    await office.workspace.person('jon').command('payments-ops', '/nearmiss digest preview');
    await ephemeralOf(office, 'jon', 'The preview is in your messages from the app.');
    await chooseStewards(office, 'jon', ['jon', 'amira', 'sam']);
    await office.workspace.person('sam').command('payments-ops', '/nearmiss digest preview');
    await threadOf(office, 'sam', 4);
    await threadOf(office, 'jon', 4);
    expect(
      office.workspace
        .person('jon')
        .dm()
        .filter(({ text }) => text.startsWith('Preview. What')),
    ).toHaveLength(1);
    expectNoComplaints(office);
  });

  test('of nothing says so, and leaves the week to what may still come', async () => {
    const office = await openSceneWithDigest();
    await askForPreview(office, 'jon', 'There is nothing new for a digest yet.');
    await tell(office, 'maria', 'seen on Wednesday');
    await askForPreview(office, 'amira', SENT);
    await threadOf(office, 'amira', 2);
    expectNoComplaints(office);
  });

  test('comes by itself when it is due, and the digest on time if nobody does anything; then it is removed', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'maria', 'the wrong rate, seen in time');
    await office.goTo(MONDAY - DAY + 60_000);
    await threadOf(office, 'jon', 2);
    await threadOf(office, 'amira', 2);
    expect(office.workspace.person('jon').messages('learning')).toEqual([]);
    await tell(office, 'sam', 'after the preview was sent');
    await office.goTo(MONDAY + 60_000);
    const parent = await digestIn(office);
    expect(wordsOf(parent)).toContain('What we learned from near-misses, 12 to 18 October');
    expect((await repliesTo(office, parent, 1)).map(said).join()).not.toContain('after the preview');
    await gone(office, 'jon');
    await gone(office, 'amira');
    expectNoComplaints(office);
  });
});
