import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { changeWhoCanSee, openChangeOf, withdraw } from '../support/change-steps.ts';
import {
  digestIn,
  lend,
  openSceneWithDigest,
  publishNow,
  repliesTo,
  replyWith,
  tell,
  tellMoreOf,
} from '../support/digest-scene.ts';
import { expectNoComplaints, said, wordsOf } from '../support/doing.ts';

describe('after its digest', () => {
  test('a story that grows is drawn again in its place, and what is worth borrowing in the parent', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'maria', 'the wrong rate');
    await publishNow(office, 'jon');
    const parent = await digestIn(office);
    const [story] = (await repliesTo(office, parent, 1)) as [Message];
    expect(wordsOf(parent)).toContain('1 story. About');
    await tellMoreOf(office, 'sam', 'NM-1', ['went_right', 'What went right', 'saves'], 'the send was late');
    const grown = await replyWith(office, parent, 'the send was late (Sam Okoro)');
    expect(grown.ts).toBe(story.ts);
    await lend(office, 'maria', 'NM-1', 'open ten by hand');
    await replyWith(office, parent, 'open ten by hand');
    const drawn = await office.workspace.until(() => {
      const now = office.workspace.person('jon').messages('learning').at(-1);
      return wordsOf(now).includes('open ten by hand (NM-1)') ? now : undefined;
    });
    expect(drawn.ts).toBe(parent.ts);
    expect(wordsOf(drawn)).toContain('1 story, 1 thing worth borrowing.');
    expectNoComplaints(office);
  });

  test('a withdrawn one is blanked, and the parent counts it no longer', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'maria', 'the wrong rate', { signal_kind: 'alert' });
    await tell(office, 'sam', 'the phones were dead', { signal_kind: 'chance' });
    await publishNow(office, 'jon');
    const parent = await digestIn(office);
    await repliesTo(office, parent, 3);
    await withdraw(office, 'maria', 'NM-1');
    const blanked = await replyWith(office, parent, 'NM-1 was withdrawn. Its words have been removed.');
    expect(said(blanked)).not.toMatch(/rate|Maria|I learned/);
    await office.workspace.until(() =>
      wordsOf(office.workspace.person('jon').messages('learning').at(-1)).includes('1 story.'),
    );
    await office.workspace.until(() =>
      office.workspace
        .person('jon')
        .thread(parent.channel, parent.ts)
        .some(({ text }) => text === 'How these were noticed: By chance 1'),
    );
    await withdraw(office, 'sam', 'NM-2');
    await office.workspace.until(() =>
      wordsOf(office.workspace.person('jon').messages('learning').at(-1)).endsWith(
        'its stories are no longer shown here.',
      ),
    );
    await office.workspace.until(
      () =>
        !JSON.stringify(office.workspace.person('jon').thread(parent.channel, parent.ts)).includes(
          'By chance',
        ),
    );
    expectNoComplaints(office);
  });

  test('a narrowed one is blanked without its words, and a name that is taken back goes', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'maria', 'the wrong rate');
    await tell(office, 'sam', 'the phones were dead');
    await publishNow(office, 'jon');
    const parent = await digestIn(office);
    await repliesTo(office, parent, 2);
    await openChangeOf(office, 'sam', 'NM-2');
    expect((await changeWhoCanSee(office, 'sam', { audience: 'channel' })).errors).toEqual({});
    const blanked = await replyWith(office, parent, 'NM-2 is no longer shown here.');
    expect(said(blanked)).not.toMatch(/phones|Sam/);
    await replyWith(office, parent, 'Shared by Maria Lopez');
    await openChangeOf(office, 'maria', 'NM-1');
    expect((await changeWhoCanSee(office, 'maria', { tier: 'confidential' })).errors).toEqual({});
    await office.workspace.until(
      () =>
        !JSON.stringify(office.workspace.person('jon').thread(parent.channel, parent.ts)).includes('Maria'),
    );
    expect(said(await replyWith(office, parent, 'NM-1'))).toContain('the wrong rate');
    expectNoComplaints(office);
  });
});
