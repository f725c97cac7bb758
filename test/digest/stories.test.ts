import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { DAY } from '../support/bot-on-a-store.ts';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { rows } from '../support/database.ts';
import { botWithDigest, digestIn, publishNow, repliesTo, replyWith } from '../support/digest.ts';
import { cardIn, ephemeralOf, modalOf, said, wordsOf } from '../support/screen.ts';
import { lend, tell, withdraw } from '../support/story.ts';
import { callsOf } from '../support/workspace.ts';

describe('what goes in', () => {
  test('worth borrowing first, then the newest; what is for a channel is absent without a trace', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'the oldest', { signal_kind: 'alert' });
    await tell(bot, 'maria', 'for the ledger only', { signal_kind: 'alert' }, { channel: 'ledger' });
    await tell(bot, 'sam', 'in the middle');
    await tell(bot, 'amira', 'the newest');
    await lend(bot, 'sam', 'NM-3', 'ask the desk');
    await publishNow(bot, 'jon');
    const parent = await digestIn(bot);
    const replies = await repliesTo(bot, parent, 4);
    expect(replies.map(({ text }) => text)).toEqual([
      'How these were noticed: An alert or alarm 1',
      'NM-3: in the middle',
      'NM-4: the newest',
      'NM-1: the oldest',
    ]);
    expect(wordsOf(parent)).toContain('3 stories, 1 thing worth borrowing.');
    expect([parent, ...replies].map(said).join()).not.toMatch(/ledger|NM-2|hidden|restricted/);
    expectNoComplaints(bot);
  });

  test('for a channel and without a name everybody sees: a card in that channel when the digest comes, with its day', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'two reports differed', {}, { channel: 'ledger', tier: 'confidential' });
    await tell(bot, 'sam', 'a quiet one', {}, { channel: 'ledger', tier: 'unattributed' });
    await tell(bot, 'sam', 'for everyone');
    expect(bot.workspace.person('jon').messages('ledger')).toEqual([]);
    await bot.goTo(bot.now() + DAY);
    await publishNow(bot, 'jon');
    const cards = await Promise.all(
      ['two reports differed', 'a quiet one'].map((words) => cardIn(bot, 'ledger', 'jon', words)),
    );
    for (const card of cards) {
      expect(said(card)).toContain('Tuesday 14 October');
      expect(said(card)).not.toMatch(/Maria|Sam|Shared by/);
    }
    expect((await repliesTo(bot, await digestIn(bot), 1)).map(said).join()).not.toMatch(/reports|quiet/);
    await bot.workspace
      .person('maria')
      .press(
        { channel: cards[0]?.channel ?? '', ts: cards[0]?.ts ?? '' },
        'card_more',
        `who_can_see:${rows<{ id: string }>(bot, "select id from near_misses where tier = 'confidential'")[0]?.id}`,
      );
    expect(wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'look up'))).toContain(
      'Its card is in #ledger. It is never in the digest.',
    );
    expectNoComplaints(bot);
  });

  test('one without a name appears with the digest and gets its number there; who can see it says nothing of a date any more', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    await tell(bot, 'maria', 'only the stewards', {}, { tier: 'confidential' });
    await tell(bot, 'sam', 'a quiet one', {}, { tier: 'unattributed' });
    await bot.goTo(bot.now() + DAY);
    await workspace.person('amira').openHome();
    await workspace.until(() => workspace.person('amira').home());
    expect(wordsOf(workspace.person('amira').home())).not.toMatch(/quiet|only the stewards/);
    await publishNow(bot, 'jon');
    const parent = await digestIn(bot);
    expect((await repliesTo(bot, parent, 2)).map(({ text }) => text)).toEqual([
      'NM-1: only the stewards',
      'NM-2: a quiet one',
    ]);
    await workspace.person('amira').command('payments-ops', '/nearmiss show NM-2');
    await ephemeralOf(bot, 'amira', 'a quiet one');
    await workspace.person('maria').command('payments-ops', '/nearmiss show NM-1');
    const shown = await ephemeralOf(bot, 'maria', 'only the stewards');
    const [mine] = rows<{ id: string }>(bot, "select id from near_misses where tier = 'confidential'");
    await workspace
      .person('maria')
      .press({ channel: shown.channel, ts: shown.ts }, 'card_more', `who_can_see:${mine?.id}`);
    expect(wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'look up'))).not.toContain('appears');
    expectNoComplaints(bot);
  });
});

describe('more stories than replies', () => {
  const NAMES = Array.from({ length: 14 }, (_, at) => `NM-${at + 1}`);

  test('all of them are behind More, page by page; a guest does not see what was not posted', async () => {
    const bot = await botWithDigest({ replies: '2' });
    const { workspace } = bot;
    for (const name of NAMES) await tell(bot, 'maria', `the story of ${name}.`);
    await publishNow(bot, 'jon');
    const parent = await digestIn(bot);
    expect(wordsOf(parent)).toContain('14 stories.');
    const replies = await repliesTo(bot, parent, 3);
    const more = replies.at(-1) as Message;
    expect(more.text).toBe('12 more stories are in this digest.');
    const found = new Set(NAMES.filter((name) => replies.some((reply) => said(reply).includes(`${name}.`))));
    expect(found.size).toBe(2);
    // One that stands in the thread is taken back: none of the others may get lost for it.
    await withdraw(bot, 'maria', 'NM-14');
    await workspace.person('sam').press({ channel: more.channel, ts: more.ts }, 'more_stories');
    for (const first of ['NM-12', 'NM-7', 'NM-2']) {
      const page = await modalOf(bot, 'sam', 'In this digest', `the story of ${first}.`);
      for (const name of NAMES) if (wordsOf(page).includes(`the story of ${name}.`)) found.add(name);
      if (first !== 'NM-2') await workspace.person('sam').press('view', 'more_stories');
    }
    expect(found.size).toBe(14);
    expect(wordsOf(workspace.person('sam').view())).not.toMatch(/More/);
    await workspace.person('gus').press({ channel: more.channel, ts: more.ts }, 'more_stories');
    const refused = await modalOf(
      bot,
      'gus',
      'In this digest',
      'The rest of this digest is for the members of Acme.',
    );
    expect(wordsOf(refused)).not.toContain('story of');
    // And one behind More is not counted there any longer.
    await withdraw(bot, 'maria', 'NM-1');
    await replyWith(bot, parent, '11 more stories are in this digest.');
    expect(callsOf(bot, 'views.open').every(({ outcome }) => outcome === 'ok')).toBe(true);
    expectNoComplaints(bot);
  });
});
