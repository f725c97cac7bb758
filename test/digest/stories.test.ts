import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { withdraw } from '../support/change-steps.ts';
import {
  DAY,
  digestIn,
  lend,
  openSceneWithDigest,
  publishNow,
  repliesTo,
  replyWith,
  tell,
} from '../support/digest-scene.ts';
import {
  callsOf,
  cardIn,
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  rows,
  said,
  wordsOf,
} from '../support/doing.ts';

describe('what goes in', () => {
  test('worth borrowing first, then the newest; what is for a channel is absent without a trace', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'maria', 'the oldest', { signal_kind: 'alert' });
    await tell(office, 'maria', 'for the ledger only', { signal_kind: 'alert' }, { channel: 'ledger' });
    await tell(office, 'sam', 'in the middle');
    await tell(office, 'amira', 'the newest');
    await lend(office, 'sam', 'NM-3', 'ask the desk');
    await publishNow(office, 'jon');
    const parent = await digestIn(office);
    const replies = await repliesTo(office, parent, 4);
    expect(replies.map(({ text }) => text)).toEqual([
      'How these were noticed: An alert or alarm 1',
      'NM-3: in the middle',
      'NM-4: the newest',
      'NM-1: the oldest',
    ]);
    expect(wordsOf(parent)).toContain('3 stories, 1 thing worth borrowing.');
    expect([parent, ...replies].map(said).join()).not.toMatch(/ledger|NM-2|hidden|restricted/);
    expectNoComplaints(office);
  });

  test('for a channel and without a name everybody sees: a card in that channel when the digest comes, with its day', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'maria', 'two reports differed', {}, { channel: 'ledger', tier: 'confidential' });
    await tell(office, 'sam', 'a quiet one', {}, { channel: 'ledger', tier: 'unattributed' });
    await tell(office, 'sam', 'for everyone');
    expect(office.workspace.person('jon').messages('ledger')).toEqual([]);
    await office.goTo(office.now() + DAY);
    await publishNow(office, 'jon');
    const cards = await Promise.all(
      ['two reports differed', 'a quiet one'].map((words) => cardIn(office, 'ledger', 'jon', words)),
    );
    for (const card of cards) {
      expect(said(card)).toContain('Tuesday 14 October');
      expect(said(card)).not.toMatch(/Maria|Sam|Shared by/);
    }
    expect((await repliesTo(office, await digestIn(office), 1)).map(said).join()).not.toMatch(
      /reports|quiet/,
    );
    await office.workspace
      .person('maria')
      .press(
        { channel: cards[0]?.channel ?? '', ts: cards[0]?.ts ?? '' },
        'card_more',
        `who_can_see:${rows<{ id: string }>(office, "select id from near_misses where tier = 'confidential'")[0]?.id}`,
      );
    expect(wordsOf(await modalOf(office, 'maria', 'Who can see this', 'look up'))).toContain(
      'Its card is in #ledger. It is never in the digest.',
    );
    expectNoComplaints(office);
  });

  test('one without a name appears with the digest and gets its number there; who can see it says nothing of a date any more', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    await tell(office, 'maria', 'only the stewards', {}, { tier: 'confidential' });
    await tell(office, 'sam', 'a quiet one', {}, { tier: 'unattributed' });
    await office.goTo(office.now() + DAY);
    await workspace.person('amira').openHome();
    await workspace.until(() => workspace.person('amira').home());
    expect(wordsOf(workspace.person('amira').home())).not.toMatch(/quiet|only the stewards/);
    await publishNow(office, 'jon');
    const parent = await digestIn(office);
    expect((await repliesTo(office, parent, 2)).map(({ text }) => text)).toEqual([
      'NM-1: only the stewards',
      'NM-2: a quiet one',
    ]);
    await workspace.person('amira').command('payments-ops', '/nearmiss show NM-2');
    await ephemeralOf(office, 'amira', 'a quiet one');
    await workspace.person('maria').command('payments-ops', '/nearmiss show NM-1');
    const shown = await ephemeralOf(office, 'maria', 'only the stewards');
    const [mine] = rows<{ id: string }>(office, "select id from near_misses where tier = 'confidential'");
    await workspace
      .person('maria')
      .press({ channel: shown.channel, ts: shown.ts }, 'card_more', `who_can_see:${mine?.id}`);
    expect(wordsOf(await modalOf(office, 'maria', 'Who can see this', 'look up'))).not.toContain('appears');
    expectNoComplaints(office);
  });
});

describe('more stories than replies', () => {
  const NAMES = Array.from({ length: 14 }, (_, at) => `NM-${at + 1}`);

  test('all of them are behind More, page by page; a guest does not see what was not posted', async () => {
    const office = await openSceneWithDigest({ replies: '2' });
    const { workspace } = office;
    for (const name of NAMES) await tell(office, 'maria', `the story of ${name}.`);
    await publishNow(office, 'jon');
    const parent = await digestIn(office);
    expect(wordsOf(parent)).toContain('14 stories.');
    const replies = await repliesTo(office, parent, 3);
    const more = replies.at(-1) as Message;
    expect(more.text).toBe('12 more stories are in this digest.');
    const found = new Set(NAMES.filter((name) => replies.some((reply) => said(reply).includes(`${name}.`))));
    expect(found.size).toBe(2);
    // One that stands in the thread is taken back: none of the others may get lost for it.
    await withdraw(office, 'maria', 'NM-14');
    await workspace.person('sam').press({ channel: more.channel, ts: more.ts }, 'more_stories');
    for (const first of ['NM-12', 'NM-7', 'NM-2']) {
      const page = await modalOf(office, 'sam', 'In this digest', `the story of ${first}.`);
      for (const name of NAMES) if (wordsOf(page).includes(`the story of ${name}.`)) found.add(name);
      if (first !== 'NM-2') await workspace.person('sam').press('view', 'more_stories');
    }
    expect(found.size).toBe(14);
    expect(wordsOf(workspace.person('sam').view())).not.toMatch(/More/);
    await workspace.person('gus').press({ channel: more.channel, ts: more.ts }, 'more_stories');
    const refused = await modalOf(
      office,
      'gus',
      'In this digest',
      'The rest of this digest is for the members of Acme.',
    );
    expect(wordsOf(refused)).not.toContain('story of');
    // And one behind More is not counted there any longer.
    await withdraw(office, 'maria', 'NM-1');
    await replyWith(office, parent, '11 more stories are in this digest.');
    expect(callsOf(office, 'views.open').every(({ outcome }) => outcome === 'ok')).toBe(true);
    expectNoComplaints(office);
  });
});
