import { describe, expect, test } from 'vitest';
import type { Message } from '../sandbox/state.ts';
import {
  askForPreview,
  chooseStewards,
  DAY,
  digestIn,
  lend,
  openSceneWithDigest,
  previewOf,
  publishNow,
  repliesTo,
  replyWith,
  tell,
  withdraw,
} from './digest-scene.ts';
import {
  callsOf,
  dmOf,
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  rows,
  said,
  titleOf,
  wordsOf,
} from './doing.ts';
import type { Office } from './office.ts';

const SENT =
  'The preview is in the messages of all stewards. It is posted on Monday 20 October if nobody does anything.';
const MONDAY = Date.UTC(2025, 9, 20, 8, 30);

/** Two named stories and a preview of them in both stewards' messages. */
async function previewed(settings: Record<string, string> = {}) {
  const office = await openSceneWithDigest(settings);
  await tell(office, 'maria', 'the wrong rate, seen in time', { signal_kind: 'routine_check' });
  await tell(office, 'sam', 'the phones were dead at night', {});
  await lend(office, 'maria', 'NM-1', 'open ten by hand');
  await askForPreview(office, 'jon', SENT);
  const [toJon, toAmira] = await Promise.all([threadOf(office, 'jon', 4), threadOf(office, 'amira', 4)]);
  return { office, toJon, toAmira };
}

/** A preview with its thread, once it has so many messages. */
async function threadOf(office: Office, who: string, count: number): Promise<Message[]> {
  const { channel, ts } = await previewOf(office, who);
  return office.workspace.until(
    () => {
      const thread = office.workspace.person(who).thread(channel, ts);
      return thread.length === count ? thread : undefined;
    },
    { what: `${count} messages in the preview of ${who}` },
  );
}

function storyIn(thread: Message[], name: string): Message {
  const found = thread.find(({ text }) => text.startsWith(`Preview. ${name}`));
  if (found === undefined) throw new Error(`No ${name} in the preview.`);
  return found;
}

async function press(office: Office, who: string, message: Message, action: string) {
  await office.workspace.person(who).press({ channel: message.channel, ts: message.ts }, action);
}

/** *Leave this out*, answered. */
async function leaveOut(office: Office, who: string, message: Message, line: string, until = 'next_week') {
  const person = office.workspace.person(who);
  await press(office, who, message, 'leave_one_out');
  await modalOf(office, who, 'Leave this out', 'line');
  await person.change('view', 'until', until);
  await person.change('view', 'line', line);
  return person.submit();
}

/** Everything that stands in a preview now, waiting until it says this. */
async function previewSays(office: Office, who: string, has: string): Promise<string> {
  const { channel, ts } = await previewOf(office, who);
  const words = () => office.workspace.person(who).thread(channel, ts).map(said).join('\n');
  await office.workspace.until(() => words().includes(has), {
    what: `the preview of ${who} to say "${has}"`,
  });
  return words();
}

const gone = (office: Office, who: string) =>
  office.workspace.until(
    () =>
      office.workspace
        .person(who)
        .dm()
        .every(({ text }) => !text.startsWith('Preview')),
    { what: `no preview left with ${who}` },
  );

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

describe('Publish now', () => {
  test('the first press wins, the others see who, and the preview is removed', async () => {
    const { office, toJon, toAmira } = await previewed();
    await Promise.all([
      press(office, 'amira', toAmira[0] as Message, 'publish_digest'),
      press(office, 'jon', toJon[0] as Message, 'publish_digest'),
    ]);
    const parent = await digestIn(office);
    await repliesTo(office, parent, 3);
    const told = (who: string) =>
      [...office.workspace.person(who).ephemerals(), ...office.workspace.person(who).dm()].filter(
        ({ text }) => text.endsWith(' published it already.'),
      );
    await office.workspace.until(() => told('jon').length + told('amira').length === 1);
    expect([...told('jon'), ...told('amira')][0]?.text).toBe(
      told('jon').length === 1 ? 'Amira Haddad published it already.' : 'Jon Park published it already.',
    );
    await gone(office, 'jon');
    await gone(office, 'amira');
    await digestIn(office, 'learning', 1);
    expect(
      callsOf(office, 'chat.postMessage').filter(({ args }) => args.channel === parent.channel),
    ).toHaveLength(4);
    expectNoComplaints(office);
  });

  test('digest now, with a preview that is open: says how many and where, and publishes that one', async () => {
    const { office } = await previewed();
    await office.workspace.person('amira').command('payments-ops', '/nearmiss digest now');
    const asked = await modalOf(office, 'amira', 'Publish the digest now?', 'posted in');
    expect(wordsOf(asked)).toBe('2 stories are posted in #learning, for everyone who is there.');
    await office.workspace.person('amira').submit();
    await modalOf(office, 'amira', 'The weekly digest', 'It is on its way.');
    await repliesTo(office, await digestIn(office), 3);
    await gone(office, 'jon');
    await office.workspace.person('jon').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(office, 'jon', 'There is nothing new for a digest yet.');
    expectNoComplaints(office);
  });

  test('digest now from two modals at once publishes one digest, and the second hears that nothing is left', async () => {
    const office = await openSceneWithDigest();
    await tell(office, 'maria', 'the wrong rate');
    const { workspace } = office;
    for (const who of ['jon', 'amira']) {
      await workspace.person(who).command('payments-ops', '/nearmiss digest now');
      await modalOf(office, who, 'Publish the digest now?', 'One story is posted in #learning');
    }
    await workspace.person('jon').submit();
    await workspace.person('amira').submit();
    await modalOf(office, 'jon', 'The weekly digest', 'It is on its way.');
    await modalOf(office, 'amira', 'The weekly digest', 'There is nothing new for a digest yet.');
    await repliesTo(office, await digestIn(office), 1);
    expectNoComplaints(office);
  });
});

describe('Hold', () => {
  test('asks until when; the others see who holds it; it is posted then', async () => {
    const { office, toJon, toAmira } = await previewed();
    const { workspace } = office;
    await press(office, 'amira', toAmira[0] as Message, 'hold_digest');
    const asked = await modalOf(office, 'amira', 'Hold the digest', 'until');
    expect(asked.state.values.until?.until).toMatchObject({ selected_date: '2025-10-21' });
    await workspace.person('amira').change('view', 'until', '2025-10-13');
    expect((await workspace.person('amira').submit()).errors).toEqual({ until: 'A day to come, please.' });
    await workspace.person('amira').change('view', 'until', '2025-10-22');
    await workspace.person('amira').submit();
    expect(wordsOf(workspace.person('amira').view())).toBe('It is held until Wednesday 22 October.');
    await previewSays(office, 'jon', 'Amira Haddad holds it until Wednesday 22 October.');
    // A press on what stood there a moment ago.
    await press(office, 'jon', toJon[0] as Message, 'hold_digest').catch(() => undefined);
    await office.goTo(MONDAY + DAY);
    expect(workspace.person('jon').messages('learning')).toEqual([]);
    await office.goTo(MONDAY + 2 * DAY + 60_000);
    await repliesTo(office, await digestIn(office), 3);
    await gone(office, 'jon');
    expectNoComplaints(office);
  });

  test('two at once: the second hears whose hold it is', async () => {
    const { office, toJon, toAmira } = await previewed();
    const { workspace } = office;
    await press(office, 'jon', toJon[0] as Message, 'hold_digest');
    await modalOf(office, 'jon', 'Hold the digest', 'until');
    await press(office, 'amira', toAmira[0] as Message, 'hold_digest');
    await modalOf(office, 'amira', 'Hold the digest', 'until');
    await workspace.person('amira').submit();
    await workspace.person('jon').submit();
    expect(wordsOf(workspace.person('jon').view())).toBe('Amira Haddad holds it until Tuesday 21 October.');
    await previewSays(office, 'jon', 'Amira Haddad holds it until Tuesday 21 October.');
    const [parent] = await threadOf(office, 'jon', 4);
    await workspace.person('jon').close();
    await press(office, 'jon', parent as Message, 'publish_digest');
    await digestIn(office);
    expectNoComplaints(office);
  });
});

describe('Leave this out', () => {
  test('next week: the previews show it, the reporter reads the line, the digest goes without it, the next with it', async () => {
    const { office, toAmira } = await previewed();
    expect(
      (await leaveOut(office, 'amira', storyIn(toAmira, 'NM-2'), 'we wait for the supplier')).errors,
    ).toEqual({});
    expect(office.workspace.person('amira').view()).toBeUndefined();
    const words = await previewSays(office, 'jon', 'Left out of this digest.');
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
    await previewSays(office, 'jon', 'Left out of this digest.');
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
    const words = await previewSays(office, 'amira', 'Left out of this digest.');
    expect(words).toContain('its stories are no longer shown here.');
    expect(office.workspace.person('sam').dm()).toEqual([]);
    expectNoComplaints(office);
  });
});

describe('Propose a wording', () => {
  async function propose(office: Office, who: string, story: Message, words: string) {
    await press(office, who, story, 'propose_wording');
    const asked = await modalOf(office, who, 'Propose a wording', 'wording');
    await office.workspace.person(who).change('view', 'wording', words);
    await office.workspace.person(who).submit();
    await modalOf(office, who, 'Propose a wording', 'Sent. The digest carries these words');
    await office.workspace.person(who).close();
    return asked;
  }

  test('the reporter agrees: preview and digest carry it, everywhere else their own words stay', async () => {
    const { office, toAmira } = await previewed();
    const { workspace } = office;
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen before sending');
    const letter = await dmOf(office, 'maria', 'proposes these words');
    expect(said(letter)).toContain(
      'Amira Haddad proposes these words for NM-1 in the digest. Everywhere else yours stay as they are.',
    );
    expect(said(letter)).toContain('A wrong rate was seen before sending\nUse these words\nKeep mine');
    await press(office, 'maria', letter, 'agree_to_wording');
    await dmOf(office, 'maria', 'Thank you. The digest carries these words.');
    await previewSays(office, 'jon', 'A wrong rate was seen before sending');
    await publishNow(office, 'jon');
    const reply = await replyWith(office, await digestIn(office), 'NM-1');
    expect(said(reply)).toContain('A wrong rate was seen before sending');
    expect(said(reply)).not.toContain('the wrong rate, seen in time');
    await workspace.person('jon').command('payments-ops', '/nearmiss show NM-1');
    await ephemeralOf(office, 'jon', 'the wrong rate, seen in time');
    expectNoComplaints(office);
  });

  test('the reporter keeps their own', async () => {
    const { office, toAmira } = await previewed();
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen');
    await press(office, 'maria', await dmOf(office, 'maria', 'proposes'), 'keep_my_words');
    await dmOf(office, 'maria', 'Thank you. The digest carries your own words.');
    await publishNow(office, 'jon');
    expect(said(await replyWith(office, await digestIn(office), 'NM-1'))).toContain(
      'the wrong rate, seen in time',
    );
    expectNoComplaints(office);
  });

  test('agreed, and then withdrawn: the proposed words go with the others', async () => {
    const { office, toAmira } = await previewed();
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'A wrong rate was seen');
    const letter = await dmOf(office, 'maria', 'proposes');
    await withdraw(office, 'maria', 'NM-1');
    expect(rows(office, 'select * from wordings')).toEqual([]);
    await press(office, 'maria', letter, 'agree_to_wording');
    await dmOf(office, 'maria', 'This near-miss could not be found.');
    await previewSays(office, 'jon', 'NM-1 was withdrawn. Its words have been removed.');
    await publishNow(office, 'jon');
    const [story] = await repliesTo(office, await digestIn(office), 1);
    expect(said(story as Message)).toContain('NM-2');
    expectNoComplaints(office);
  });

  test('yes to an earlier proposal is not yes to a later one', async () => {
    const { office, toAmira } = await previewed();
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'first words');
    const first = await dmOf(office, 'maria', 'first words');
    await propose(office, 'amira', storyIn(toAmira, 'NM-1'), 'second words');
    await dmOf(office, 'maria', 'second words');
    await press(office, 'maria', first, 'agree_to_wording');
    await dmOf(office, 'maria', 'Other words were proposed since. They are in a message below.');
    expect(rows(office, 'select state from wordings')).toEqual([{ state: 'proposed' }]);
    expectNoComplaints(office);
  });
});

describe('somebody who is a steward no longer', () => {
  test.each(['publish_digest', 'hold_digest', 'leave_one_out', 'propose_wording'])(
    'presses %s',
    async (action) => {
      const { office, toAmira } = await previewed();
      const { workspace } = office;
      await chooseStewards(office, 'jon', ['jon']);
      const onStory = action === 'leave_one_out' || action === 'propose_wording';
      await press(office, 'amira', onStory ? storyIn(toAmira, 'NM-2') : (toAmira[0] as Message), action);
      const kind = 'Only the stewards can change this. They are Jon Park.';
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
    expect(wordsOf(amira.view())).toBe('Only the stewards can change this. They are Jon Park.');
    expect(rows(office, 'select state from digests')).toEqual([{ state: 'preview' }]);
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
    expect(wordsOf(amira.view())).toBe('Only the stewards can change this. They are Jon Park.');
    expect(rows(office, 'select * from digests')).toEqual([]);
    expectNoComplaints(office);
  });
});
