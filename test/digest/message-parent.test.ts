import { describe, expect, test } from 'vitest';
import type { NearMiss } from '../../src/domain/near-miss.ts';
import { digestParent, emptiedParent } from '../../src/slack/digest/digest-message.ts';
import { digestOf, invoices, nearMiss, phones, plain } from '../support/example-near-misses.ts';
import { read } from '../support/screen.ts';

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

  test('with everything that is worth borrowing from a story, whoever said it', () => {
    const also = { authorId: 'U_TOM', saves: [], signal: {}, keyPlayers: [] };
    const both = { ...phones, added: [{ ...also, answers: { practice: 'Ring the line before opening.' } }] };
    const words = read(digestParent(digestOf([both, plain])));
    expect(words).toContain('2 stories, 2 things worth borrowing.');
    expect(words).toContain(
      'for the first hour of the day. (NM-13, Phones)\nRing the line before opening. (NM-13, Phones)\n',
    );
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
