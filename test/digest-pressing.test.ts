import { describe, expect, test } from 'vitest';
import type { Message } from '../sandbox/state.ts';
import {
  changeMenu,
  DAY,
  digestIn,
  lend,
  openSceneWithDigest,
  publishNow,
  repliesTo,
  replyWith,
  tell,
  tellMoreOf,
  withdraw,
} from './digest-scene.ts';
import {
  callsOf,
  cardIn,
  ephemeralOf,
  expectNoComplaints,
  holdTheDatabase,
  modalOf,
  rows,
  said,
  typedIn,
  wordsOf,
} from './doing.ts';
import type { Office } from './office.ts';

/** A digest with one story in it. */
async function published() {
  const office = await openSceneWithDigest();
  await tell(office, 'maria', 'the wrong rate, seen in time');
  await lend(office, 'maria', 'NM-1', 'Open ten by hand.');
  await publishNow(office, 'jon');
  const parent = await digestIn(office);
  const [story] = (await repliesTo(office, parent, 1)) as [Message];
  return { office, parent, story, at: { channel: story.channel, ts: story.ts } };
}

/** The labels under the story once one of them is this. */
async function buttonsSay(office: Office, { channel, ts }: Message, label: string): Promise<string[]> {
  const labels = () => {
    const message = office.workspace.state.messages.find(
      (each) => each.channel === channel && each.ts === ts,
    );
    return wordsOf(message)
      .split('\n')
      .filter((line) => /^(I learned|We could|I've seen)/.test(line));
  };
  await office.workspace.until(() => labels().includes(label), { what: `a button "${label}"` });
  return labels();
}

describe.each([
  ['learned_something', 'I learned something'],
  ['seen_this_too', "I've seen this too"],
])('%s', (action, label) => {
  test('one each per person, taken back by pressing again; only the number is shown, in the same message', async () => {
    const { office, parent, story, at } = await published();
    const { workspace } = office;
    await workspace.person('jon').press(at, action);
    await buttonsSay(office, story, `${label} (1)`);
    // A guest may: it was posted in front of them.
    await workspace.person('gus').press(at, action);
    await buttonsSay(office, story, `${label} (2)`);
    await workspace.person('jon').press(at, action);
    const labels = await buttonsSay(office, story, `${label} (1)`);
    expect(labels).toHaveLength(3);
    await workspace.person('gus').press(at, action);
    await buttonsSay(office, story, label);
    expect(await repliesTo(office, parent, 1)).toHaveLength(1);
    for (const who of ['Jon Park', 'Gus Guest']) expect(said(story)).not.toContain(who);
    expectNoComplaints(office);
  });

  test('of two people at once both count', async () => {
    const { office, story, at } = await published();
    await Promise.all(['jon', 'amira', 'sam'].map((who) => office.workspace.person(who).press(at, action)));
    await buttonsSay(office, story, `${label} (3)`);
    expectNoComplaints(office);
  });
});

describe('We could use this', () => {
  async function adopt(
    office: Office,
    who: string,
    at: { channel: string; ts: string },
    team: string,
    sentence?: string,
  ) {
    const person = office.workspace.person(who);
    await person.press(at, 'could_use_this');
    await modalOf(office, who, 'We could use this', 'team');
    await person.change('view', 'team', team);
    if (sentence !== undefined) await person.change('view', 'sentence', sentence);
    return person.submit();
  }

  test('asks for team and sentence, and is told once in the next digest', async () => {
    const { office, story, at } = await published();
    const { workspace } = office;
    await workspace.person('sam').press(at, 'could_use_this');
    const asked = await modalOf(office, 'sam', 'We could use this', 'team');
    expect(typedIn(asked, 'sentence')).toBe('Open ten by hand.');
    await workspace.person('sam').change('view', 'team', '  ');
    expect((await workspace.person('sam').submit()).errors).toEqual({ team: 'A few words are enough.' });
    await workspace.person('sam').change('view', 'team', 'Support');
    await workspace.person('sam').change('view', 'sentence', ' . ');
    expect((await workspace.person('sam').submit()).errors).toEqual({ sentence: 'A few words are enough.' });
    await workspace.person('sam').change('view', 'sentence', 'open ten items by hand before a large send.');
    expect((await workspace.person('sam').submit()).errors).toEqual({});
    await buttonsSay(office, story, 'We could use this (1)');
    await tell(office, 'maria', 'another one');
    await publishNow(office, 'jon');
    const next = await digestIn(office, 'learning', 2);
    const [, borrowed] = (await repliesTo(office, next, 2)) as [Message, Message];
    expect(wordsOf(borrowed)).toBe(
      'Borrowed since last week\nSupport now uses: open ten items by hand before a large send. From NM-1.',
    );
    await tell(office, 'maria', 'a third one');
    await publishNow(office, 'jon');
    await repliesTo(office, await digestIn(office, 'learning', 3), 1);
    expectNoComplaints(office);
  });

  test('pressed again it is taken back, and the next digest does not tell it', async () => {
    const { office, story, at } = await published();
    await adopt(office, 'sam', at, 'Support');
    await buttonsSay(office, story, 'We could use this (1)');
    await office.workspace.person('sam').press(at, 'could_use_this');
    await buttonsSay(office, story, 'We could use this');
    expect(rows(office, 'select * from adoptions')).toEqual([]);
    await tell(office, 'maria', 'another one');
    await publishNow(office, 'jon');
    await repliesTo(office, await digestIn(office, 'learning', 2), 1);
    expectNoComplaints(office);
  });

  test('when it cannot be stored it stays in the modal; when the story is gone, it says so', async () => {
    const { office, at } = await published();
    const sam = office.workspace.person('sam');
    await sam.press(at, 'could_use_this');
    await modalOf(office, 'sam', 'We could use this', 'team');
    await sam.change('view', 'team', 'Support');
    const release = holdTheDatabase(office);
    const { errors } = await sam.submit();
    release();
    expect(errors.team).toContain('This could not be saved just now.');
    await withdraw(office, 'maria', 'NM-1');
    await sam.submit();
    expect(wordsOf(sam.view())).toBe(
      'This near-miss could not be found. It may not exist, or it may be for other people.',
    );
    expectNoComplaints(office);
  });
});

async function changeWho(
  office: Office,
  who: string,
  name: string,
  input: string,
  value: string,
): Promise<void> {
  const person = office.workspace.person(who);
  await changeMenu(office, who, name);
  await person.press('view', 'change_who_can_see');
  await modalOf(office, who, 'Who can see this', 'tier');
  await person.change('view', input, value);
  expect((await person.submit()).errors).toEqual({});
}

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
    await changeWho(office, 'sam', 'NM-2', 'audience', 'channel');
    const blanked = await replyWith(office, parent, 'NM-2 is no longer shown here.');
    expect(said(blanked)).not.toMatch(/phones|Sam/);
    await replyWith(office, parent, 'Shared by Maria Lopez');
    await changeWho(office, 'maria', 'NM-1', 'tier', 'confidential');
    await office.workspace.until(
      () =>
        !JSON.stringify(office.workspace.person('jon').thread(parent.channel, parent.ts)).includes('Maria'),
    );
    expect(said(await replyWith(office, parent, 'NM-1'))).toContain('the wrong rate');
    expectNoComplaints(office);
  });
});

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
