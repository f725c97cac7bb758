import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { holdTheDatabase, rows } from '../support/database.ts';
import { botWithDigest, digestIn, publishNow, repliesTo } from '../support/digest.ts';
import { ephemeralOf, modalOf, said, typedIn, wordsOf } from '../support/screen.ts';
import { lend, tell, withdraw } from '../support/story.ts';

/** A digest with one story in it. */
async function published() {
  const bot = await botWithDigest();
  await tell(bot, 'maria', 'the wrong rate, seen in time');
  await lend(bot, 'maria', 'NM-1', 'Open ten by hand.');
  await publishNow(bot, 'jon');
  const parent = await digestIn(bot);
  const [story] = (await repliesTo(bot, parent, 1)) as [Message];
  return { bot, parent, story, at: { channel: story.channel, ts: story.ts } };
}

/** The labels under the story once one of them is this. */
async function buttonsSay(bot: BotOnTheWire, { channel, ts }: Message, label: string): Promise<string[]> {
  const labels = () => {
    const message = bot.workspace.state.messages.find((each) => each.channel === channel && each.ts === ts);
    return wordsOf(message)
      .split('\n')
      .filter((line) => /^(I learned|We could|I've seen)/.test(line));
  };
  await bot.workspace.until(() => labels().includes(label), { what: `a button "${label}"` });
  return labels();
}

describe.each([
  ['learned_something', 'I learned something', 'take_back_learned'],
  ['seen_this_too', "I've seen this too", 'take_back_seen'],
])('%s', (action, label, takeBack) => {
  test('one each per person; only the number is shown, in the same message', async () => {
    const { bot, parent, story, at } = await published();
    const { workspace } = bot;
    await workspace.person('jon').press(at, action);
    await buttonsSay(bot, story, `${label} (1)`);
    // A guest may: it was posted in front of them.
    await workspace.person('gus').press(at, action);
    const labels = await buttonsSay(bot, story, `${label} (2)`);
    expect(labels).toHaveLength(3);
    expect(await repliesTo(bot, parent, 1)).toHaveLength(1);
    for (const who of ['Jon Park', 'Gus Guest']) expect(said(story)).not.toContain(who);
    expectNoComplaints(bot);
  });

  test('pressed again it still counts once; the presser alone is told, and can take it back', async () => {
    const { bot, story, at } = await published();
    const { workspace } = bot;
    const jon = workspace.person('jon');
    await jon.press(at, action);
    await buttonsSay(bot, story, `${label} (1)`);
    await jon.press(at, action);
    const before = await ephemeralOf(bot, 'jon', 'You said this before.');
    expect(workspace.person('amira').ephemerals()).toEqual([]);
    await buttonsSay(bot, story, `${label} (1)`);
    await jon.press({ channel: before.channel, ts: before.ts }, takeBack);
    await buttonsSay(bot, story, label);
    expect(jon.ephemerals()).not.toContainEqual(before);
    await jon.press(at, action);
    await buttonsSay(bot, story, `${label} (1)`);
    expectNoComplaints(bot);
  });

  test('of two people at once both count', async () => {
    const { bot, story, at } = await published();
    await Promise.all(['jon', 'amira', 'sam'].map((who) => bot.workspace.person(who).press(at, action)));
    await buttonsSay(bot, story, `${label} (3)`);
    expectNoComplaints(bot);
  });
});

describe('We could use this', () => {
  async function adopt(
    bot: BotOnTheWire,
    who: string,
    at: { channel: string; ts: string },
    team: string,
    sentence?: string,
  ) {
    const person = bot.workspace.person(who);
    await person.press(at, 'could_use_this');
    await modalOf(bot, who, 'We could use this', 'team');
    await person.change('view', 'team', team);
    if (sentence !== undefined) await person.change('view', 'sentence', sentence);
    return person.submit();
  }

  test('asks for team and sentence, and is told once in the next digest', async () => {
    const { bot, story, at } = await published();
    const { workspace } = bot;
    await workspace.person('sam').press(at, 'could_use_this');
    const asked = await modalOf(bot, 'sam', 'We could use this', 'team');
    expect(typedIn(asked, 'sentence')).toBe('Open ten by hand.');
    await workspace.person('sam').change('view', 'team', '  ');
    expect((await workspace.person('sam').submit()).errors).toEqual({ team: 'A few words are enough.' });
    await workspace.person('sam').change('view', 'team', 'Support');
    await workspace.person('sam').change('view', 'sentence', ' . ');
    expect((await workspace.person('sam').submit()).errors).toEqual({ sentence: 'A few words are enough.' });
    await workspace.person('sam').change('view', 'sentence', 'open ten items by hand before a large send.');
    expect((await workspace.person('sam').submit()).errors).toEqual({});
    await buttonsSay(bot, story, 'We could use this (1)');
    await tell(bot, 'maria', 'another one');
    await publishNow(bot, 'jon');
    const next = await digestIn(bot, 'learning', 2);
    const [, borrowed] = (await repliesTo(bot, next, 2)) as [Message, Message];
    expect(wordsOf(borrowed)).toBe(
      'Borrowed since last week\nSupport now uses: open ten items by hand before a large send. From NM-1.',
    );
    await tell(bot, 'maria', 'a third one');
    await publishNow(bot, 'jon');
    await repliesTo(bot, await digestIn(bot, 'learning', 3), 1);
    expectNoComplaints(bot);
  });

  test('pressed again it can be taken back, and the next digest does not tell it', async () => {
    const { bot, story, at } = await published();
    const sam = bot.workspace.person('sam');
    await adopt(bot, 'sam', at, 'Support');
    await buttonsSay(bot, story, 'We could use this (1)');
    await sam.press(at, 'could_use_this');
    const before = await ephemeralOf(bot, 'sam', 'You said that Support uses this.');
    await buttonsSay(bot, story, 'We could use this (1)');
    await sam.press({ channel: before.channel, ts: before.ts }, 'take_back_adoption');
    await buttonsSay(bot, story, 'We could use this');
    expect(rows(bot, 'select * from adoptions')).toEqual([]);
    await tell(bot, 'maria', 'another one');
    await publishNow(bot, 'jon');
    await repliesTo(bot, await digestIn(bot, 'learning', 2), 1);
    expectNoComplaints(bot);
  });

  test('pressed again it can be changed, also where a digest told it already', async () => {
    const { bot, at } = await published();
    const sam = bot.workspace.person('sam');
    await adopt(bot, 'sam', at, 'Support', 'open ten');
    await tell(bot, 'maria', 'another one');
    await publishNow(bot, 'jon');
    const [, borrowed] = (await repliesTo(bot, await digestIn(bot, 'learning', 2), 2)) as [Message, Message];
    expect(wordsOf(borrowed)).toContain('Support now uses: open ten.');
    await sam.press(at, 'could_use_this');
    const before = await ephemeralOf(bot, 'sam', 'You said that Support uses this.');
    await sam.press({ channel: before.channel, ts: before.ts }, 'change_adoption');
    const asked = await modalOf(bot, 'sam', 'We could use this', 'team');
    expect([typedIn(asked, 'team'), typedIn(asked, 'sentence')]).toEqual(['Support', 'open ten']);
    await sam.change('view', 'team', 'Phone support');
    expect((await sam.submit()).errors).toEqual({});
    await bot.workspace.until(() => wordsOf(borrowed).includes('Phone support now uses: open ten.'), {
      what: 'the changed line',
    });
    expectNoComplaints(bot);
  });

  test('when it cannot be stored it stays in the modal; when the story is gone, it says so', async () => {
    const { bot, at } = await published();
    const sam = bot.workspace.person('sam');
    await sam.press(at, 'could_use_this');
    await modalOf(bot, 'sam', 'We could use this', 'team');
    await sam.change('view', 'team', 'Support');
    const release = holdTheDatabase(bot);
    const { errors } = await sam.submit();
    release();
    expect(errors.team).toContain('This could not be saved just now.');
    await withdraw(bot, 'maria', 'NM-1');
    await sam.submit();
    expect(wordsOf(sam.view())).toBe(
      'This near-miss could not be found. It may not exist, or it may be for other people.',
    );
    expectNoComplaints(bot);
  });
});
