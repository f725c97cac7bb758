import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { withdraw } from '../support/change-steps.ts';
import { digestIn, lend, openSceneWithDigest, publishNow, repliesTo, tell } from '../support/digest-scene.ts';
import {
  expectNoComplaints,
  holdTheDatabase,
  modalOf,
  rows,
  said,
  typedIn,
  wordsOf,
} from '../support/doing.ts';
import type { Office } from '../support/office.ts';

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
