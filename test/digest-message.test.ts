import { describe, expect, test } from 'vitest';
import type { Adoption, Digest } from '../src/domain/digest.ts';
import { EMPTY_TELLING, type NearMiss, type Telling } from '../src/domain/near-miss.ts';
import type { Message } from '../src/slack/card.ts';
import {
  blankedStory,
  borrowedMessage,
  digestParent,
  digestParts,
  digestStory,
  emptiedParent,
  fromTheArchive,
  noticedPart,
} from '../src/slack/digest-message.ts';
import { wordsOf } from './doing.ts';

const names = new Map([
  ['U_MARIA', 'Maria Lopez'],
  ['U_TOM', 'Tom Weber'],
]);

function nearMiss(changes: Partial<NearMiss> & { answers?: Telling['answers'] } = {}): NearMiss {
  const { answers = {}, ...others } = changes;
  return {
    id: 'a-near-miss',
    teamId: 'T1',
    number: 12,
    tier: 'named',
    audience: 'everyone',
    reporterId: 'U_MARIA',
    stewardsThen: [],
    capturedAt: Date.UTC(2025, 9, 14, 20, 40),
    summary:
      "The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.",
    system: 'Invoices',
    told: { ...EMPTY_TELLING, answers },
    added: [],
    ...others,
  };
}

const practice = 'Before a large send, open ten items by hand and compare one number you know.';

const invoices = nearMiss({
  told: {
    saves: [
      { text: 'We open ten invoices by hand before every run' },
      { text: 'The person who can stop the send is in the same channel' },
      { text: 'the send was planned for 10:00, not overnight', kind: 'luck' },
    ],
    signal: { kind: 'routine_check', noticed: "the total looked low next to last month's." },
    keyPlayers: [
      { personId: 'U_JON', madePossible: 'Someone who can stop the send' },
      { personId: 'U_TOM', madePossible: 'Someone who knows the tax table.' },
    ],
    answers: {
      closeness: 'One hour later, 400 customers would have had a wrong invoice.',
      expected: 'The job was green',
      instead: 'It checks that the invoices exist, not that they are right.',
      protecting: 'Customers, and the colleagues who answer their calls.',
      practice,
    },
  },
});

const phones = nearMiss({
  id: 'another',
  number: 13,
  system: 'Phones',
  summary: 'The main number was dead at night and back before opening.',
  capturedAt: Date.UTC(2025, 9, 16, 6, 0),
  answers: { practice: 'Keep one phone line on a second supplier\nfor the first hour of the day.' },
});

const plain = nearMiss({ id: 'a-third', number: 14, system: undefined, summary: 'Two reports differed.' });

function digestOf(stories: NearMiss[], borrowed: Adoption[] = []): Digest {
  return { from: Date.UTC(2025, 9, 13), to: Date.UTC(2025, 9, 19), zone: 'Europe/London', stories, borrowed };
}

/** As people read it, the notification above it. */
function read({ text, blocks }: Message): string {
  return `[${text}]\n${wordsOf({ blocks: blocks as never })}`;
}

describe('the parent', () => {
  test('with things worth borrowing', () => {
    expect(read(digestParent(digestOf([invoices, phones, plain])))).toMatchInlineSnapshot(`
      "[What we learned from near-misses, 13 to 19 October: 3 stories]
      What we learned from near-misses, 13 to 19 October

      3 stories, 2 things worth borrowing. About a minute; the stories are in the thread.

      Worth borrowing
      Before a large send, open ten items by hand and compare one number you know. (NM-12, Invoices)
      Keep one phone line on a second supplier for the first hour of the day. (NM-13, Phones)
      Share a near-miss"
    `);
  });

  test('without any: a line for each story', () => {
    const bare = nearMiss({ summary: "last year's tax rate,\nseen an hour before sending" });
    expect(read(digestParent(digestOf([bare, plain])))).toMatchInlineSnapshot(`
      "[What we learned from near-misses, 13 to 19 October: 2 stories]
      What we learned from near-misses, 13 to 19 October

      2 stories. About a minute; the stories are in the thread.
      Invoices: last year's tax rate, seen an hour before sending (NM-12)
      Two reports differed. (NM-14)
      Share a near-miss"
    `);
  });

  test('one story', () => {
    expect(read(digestParent(digestOf([phones])))).toMatchInlineSnapshot(`
      "[What we learned from near-misses, 13 to 19 October: 1 story]
      What we learned from near-misses, 13 to 19 October

      1 story, 1 thing worth borrowing. About a minute; the story is in the thread.

      Worth borrowing
      Keep one phone line on a second supplier for the first hour of the day. (NM-13, Phones)
      Share a near-miss"
    `);
    expect(read(digestParent(digestOf([plain])))).toMatchInlineSnapshot(`
      "[What we learned from near-misses, 13 to 19 October: 1 story]
      What we learned from near-misses, 13 to 19 October

      1 story. About a minute; the story is in the thread.
      Two reports differed. (NM-14)
      Share a near-miss"
    `);
  });

  test('more than five lines, of practices and of stories', () => {
    const many = (story: NearMiss) => Array.from({ length: 7 }, (_, at) => ({ ...story, number: at + 1 }));
    expect(read(digestParent(digestOf(many(phones))))).toMatchInlineSnapshot(`
      "[What we learned from near-misses, 13 to 19 October: 7 stories]
      What we learned from near-misses, 13 to 19 October

      7 stories, 7 things worth borrowing. About a minute; the stories are in the thread.

      Worth borrowing
      Keep one phone line on a second supplier for the first hour of the day. (NM-1, Phones)
      Keep one phone line on a second supplier for the first hour of the day. (NM-2, Phones)
      Keep one phone line on a second supplier for the first hour of the day. (NM-3, Phones)
      Keep one phone line on a second supplier for the first hour of the day. (NM-4, Phones)
      Keep one phone line on a second supplier for the first hour of the day. (NM-5, Phones)
      and 2 more in the thread
      Share a near-miss"
    `);
    expect(read(digestParent(digestOf(many(plain))))).toContain('(NM-5)\nand 2 more in the thread');
  });

  test.each([
    [1, 'About a minute;'],
    [200, 'About a minute;'],
    [201, 'About two minutes;'],
    [2000, 'About ten minutes;'],
    [2001, 'About 11 minutes;'],
  ])('%i words take %s', (words, minutes) => {
    const told = nearMiss({ summary: Array(words).fill('word').join(' ') });
    expect(read(digestParent(digestOf([told])))).toContain(minutes);
  });

  test('when nothing is left of it', () => {
    expect(read(emptiedParent(digestOf([])))).toBe(
      '[What we learned from near-misses, 13 to 19 October: its stories are no longer shown here.]\nWhat we learned from near-misses, 13 to 19 October: its stories are no longer shown here.',
    );
  });
});

describe('one reply', () => {
  test('with a line for each of the five kinds of learning', () => {
    expect(read(digestStory(invoices, 'Europe/London', names))).toMatchInlineSnapshot(`
      "[NM-12 · Invoices: The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.]
      NM-12 · Invoices

      The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.

      What went right
      We open ten invoices by hand before every run
      The person who can stop the send is in the same channel
      Luck: the send was planned for 10:00, not overnight
      How close it was 
      One hour later, 400 customers would have had a wrong invoice.
      What surprised us 
      The job was green. It checks that the invoices exist, not that they are right.
      How it was noticed 
      A routine check: the total looked low next to last month's.
      Who it took 
      Someone who can stop the send. Someone who knows the tax table.
      Who we were protecting 
      Customers, and the colleagues who answer their calls.
      Worth borrowing 
      Before a large send, open ten items by hand and compare one number you know.
      Shared by Maria Lopez · Tuesday 14 October
      I learned something
      We could use this
      I've seen this too
      The number of presses is shown, never who pressed."
    `);
  });

  test('with nothing told, and with presses', () => {
    expect(
      read(digestStory(plain, 'Europe/London', names, { learned: 4, use: 1, seen: 0 })),
    ).toMatchInlineSnapshot(`
      "[NM-14: Two reports differed.]
      NM-14

      Two reports differed.
      Shared by Maria Lopez · Tuesday 14 October
      I learned something (4)
      We could use this (1)
      I've seen this too
      The number of presses is shown, never who pressed."
    `);
  });

  test('what others added carries their name, below what the reporter said', () => {
    const added = { authorId: 'U_TOM', saves: [{ text: 'the old row was there' }], keyPlayers: [] };
    const told = digestStory(
      {
        ...invoices,
        added: [{ ...added, signal: { kind: 'chance' }, answers: { closeness: 'Two hours.' } }],
      },
      'Europe/London',
      names,
    );
    expect(read(told)).toContain('the old row was there (Tom Weber)');
    expect(read(told)).toContain('a wrong invoice.\nTwo hours. (Tom Weber)');
  });

  test('shared by only where anyone may see the name; and the day, not the time', () => {
    const quiet = { ...plain, tier: 'confidential' as const };
    expect(read(digestStory(plain, 'Europe/London', names))).toContain(
      'Shared by Maria Lopez · Tuesday 14 October\n',
    );
    expect(read(digestStory(quiet, 'Europe/London', names))).not.toContain('Maria');
    expect(read(digestStory(quiet, 'Europe/London', names))).toContain('\nTuesday 14 October\n');
    expect(JSON.stringify(digestStory(quiet, 'Europe/London', names))).not.toMatch(/U_MARIA|:40/);
  });

  test.each(['America/Los_Angeles', 'Pacific/Kiritimati'])(
    'of one without a name the day that was kept is shown, also in %s',
    (zone) => {
      const nobody = nearMiss({
        tier: 'unattributed',
        reporterId: undefined,
        capturedAt: Date.UTC(2025, 9, 14),
      });
      expect(read(digestStory(nobody, zone, names))).toContain('\nTuesday 14 October\n');
    },
  );

  test('withdrawn, and for fewer people: the words go', () => {
    expect(read(blankedStory({ ...plain, withdrawnAt: 1 }))).toBe(
      '[NM-14 was withdrawn. Its words have been removed.]\nNM-14 was withdrawn. Its words have been removed.',
    );
    expect(read(blankedStory({ ...plain, audience: 'channel' }))).toBe(
      '[NM-14 is no longer shown here.]\nNM-14 is no longer shown here.',
    );
  });
});

describe('how these were noticed', () => {
  const noticed = (...kinds: (Telling['signal']['kind'] | undefined)[]) =>
    noticedPart(kinds.map((kind) => nearMiss({ told: { ...EMPTY_TELLING, signal: { kind } } })));

  test('is a chart, a table and words that say the same numbers, most often first', () => {
    const [part] = noticed('feeling', 'customer', undefined, 'customer', 'alert');
    const [chart, table, list, ...others] = part?.variants ?? [];
    expect(others).toEqual([]);
    expect([chart, table, list].map((variant) => variant?.text)).toEqual(
      Array(3).fill('How these were noticed: A customer or caller 2, An alert or alarm 1, A feeling 1'),
    );
    expect(chart?.blocks).toEqual([
      {
        type: 'data_visualization',
        title: 'How these were noticed',
        chart: {
          type: 'bar',
          series: [
            {
              name: 'Near-misses',
              data: [
                { label: 'A customer or caller', value: 2 },
                { label: 'An alert or alarm', value: 1 },
                { label: 'A feeling', value: 1 },
              ],
            },
          ],
          axis_config: { categories: ['A customer or caller', 'An alert or alarm', 'A feeling'] },
        },
      },
    ]);
    expect(wordsOf({ blocks: table?.blocks as never })).toBe(
      'How these were noticed\nNoticed by\nNear-misses\nA customer or caller\n2\nAn alert or alarm\n1\nA feeling\n1',
    );
    expect(wordsOf({ blocks: list?.blocks as never })).toBe(
      'How these were noticed\nA customer or caller: 2\nAn alert or alarm: 1\nA feeling: 1',
    );
  });

  test('is left out when nobody said', () => {
    expect(noticed(undefined, undefined)).toEqual([]);
    expect(digestParts(digestOf([plain]), { replies: 30, names, id: 'D' }).map(({ kind }) => kind)).toEqual([
      'parent',
      'story',
    ]);
  });
});

test('what was borrowed since', () => {
  const borrowed = {
    team: 'Support',
    sentence: 'open ten items by hand before a large send',
    nearMissName: 'NM-12',
  };
  expect(read(borrowedMessage([borrowed]))).toBe(
    '[Borrowed since last week: 1]\nBorrowed since last week\nSupport now uses: open ten items by hand before a large send. From NM-12.',
  );
  const many = read(borrowedMessage(Array.from({ length: 23 }, () => borrowed)));
  expect(many).toContain('[Borrowed since last week: 23]');
  expect(many).toMatch(/\nand 3 more$/);
});

test('one from the archive', () => {
  const [part] = fromTheArchive(phones, 'Europe/London', names);
  expect(read(part?.variants[0] ?? { text: '', blocks: [] })).toMatchInlineSnapshot(`
    "[From the archive: NM-13 · Phones]
    From the archive: NM-13 · Phones

    The main number was dead at night and back before opening.

    Worth borrowing 
    Keep one phone line on a second supplier
    for the first hour of the day.
    Shared by Maria Lopez · Thursday 16 October
    Is this still true?
    Still true
    It changed"
  `);
});

test('the parts of a digest in order; beyond the number of replies, the rest behind More', () => {
  const stories = Array.from({ length: 4 }, (_, at) => ({ ...invoices, id: `story-${at}`, number: at + 1 }));
  const borrowed = { team: 'Support', sentence: 'ten by hand', nearMissName: 'NM-1' };
  const parts = digestParts(digestOf(stories, [borrowed]), { replies: 2, names, id: 'D' });
  expect(parts.map(({ kind, nearMissId }) => nearMissId ?? kind)).toEqual([
    'parent',
    'chart',
    'story-0',
    'story-1',
    'more',
    'borrowed',
  ]);
  expect(read(parts[4]?.variants[0] as Message)).toBe(
    '[2 more stories are in this digest.]\n2 more stories are in this digest.\nMore',
  );
  expect(
    read(digestParts(digestOf(stories), { replies: 3, names, id: 'D' }).at(-1)?.variants[0] as Message),
  ).toBe('[One more story is in this digest.]\nOne more story is in this digest.\nMore');
});
