import { describe, expect, test } from 'vitest';
import { EMPTY_TELLING, type Telling } from '../../src/domain/near-miss.ts';
import { noticedMessages } from '../../src/slack/digest/chart.ts';
import { borrowedMessage } from '../../src/slack/digest/digest-message.ts';
import { archiveMessage } from '../../src/slack/digest/digest-story.ts';
import type { Message } from '../../src/slack/platform/message.ts';
import { drawnDigest } from '../support/drawn-digest.ts';
import { digestOf, invoices, names, nearMiss, phones, plain } from '../support/example-near-misses.ts';
import { read, wordsOf } from '../support/screen.ts';

describe('how these were noticed', () => {
  const noticed = (...kinds: (Telling['signal']['kind'] | undefined)[]) =>
    noticedMessages(kinds.map((kind) => nearMiss({ told: { ...EMPTY_TELLING, signal: { kind } } })));

  test('is a chart, a table and words that say the same numbers, most often first', () => {
    const [chart, table, list, ...others] = noticed('feeling', 'customer', undefined, 'customer', 'alert');
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
    expect(drawnDigest(digestOf([plain]), { replies: 30, names, id: 'D' }).map(({ kind }) => kind)).toEqual([
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
  expect(read(archiveMessage(phones, 'Europe/London', names, phones.capturedAt))).toMatchInlineSnapshot(`
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
  const parts = drawnDigest(digestOf(stories, [borrowed]), { replies: 2, names, id: 'D' });
  expect(parts.map(({ kind, nearMissId }) => nearMissId ?? kind)).toEqual([
    'parent',
    'chart',
    'story-0',
    'story-1',
    'more',
    'borrowed',
  ]);
  expect(read(parts[4]?.forms[0] as Message)).toBe(
    '[2 more stories are in this digest.]\n2 more stories are in this digest.\nMore',
  );
  expect(
    read(drawnDigest(digestOf(stories), { replies: 3, names, id: 'D' }).at(-1)?.forms[0] as Message),
  ).toBe('[One more story is in this digest.]\nOne more story is in this digest.\nMore');
});
