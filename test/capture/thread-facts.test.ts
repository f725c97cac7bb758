import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ThreadMessage } from '../../src/domain/capture/thread/message.ts';
import { MOST_PARTICIPANTS, threadFacts } from '../../src/domain/capture/thread-facts.ts';

const at = Date.UTC(2026, 9, 14, 21, 40);
const parts = (text: string) => (text === '' ? [] : text.split('\n').map((line) => ({ text: line })));
const by = (personId: string, text: string, later = 0): ThreadMessage => ({
  at: at + later,
  personId,
  parts: parts(text),
});
const alert = (text: string, bot = 'Monitor'): ThreadMessage => ({ at, bot, parts: parts(text) });

describe('what a thread says by itself', () => {
  test('an incident thread: the first line, how many, since when, who, and the alert', () => {
    const facts = threadFacts(
      [
        alert('Send volume is low'),
        by('U_MARIA', '\n  The total looks wrong.  \nLooking now.', 60_000),
        by('U_JON', 'I can stop the send.', 90_000),
        by('U_JON', 'Stopped.', 120_000),
        { at: at + 130_000, bot: 'Monitor', parts: parts('Recovered') },
      ],
      'U_MARIA',
    );
    expect(facts).toEqual({
      firstLine: 'The total looks wrong.',
      takenFrom: { source: 'reply', personId: 'U_MARIA' },
      messages: 5,
      people: 2,
      startedAt: at,
      participants: ['U_JON'],
      alert: 'Send volume is low',
    });
  });

  test.each([
    ['one message', [by('U1', 'It broke.')], { firstLine: 'It broke.', messages: 1, people: 1 }],
    ['a bot alone', [alert('Disk is full')], { firstLine: 'Disk is full', messages: 1, people: 0 }],
    ['a picture, then words', [by('U1', ''), by('U2', 'It broke.')], { firstLine: 'It broke.' }],
    ['nothing anybody could read', [by('U1', ' \u200B\n\u0007')], { firstLine: '', people: 1 }],
    ['a bot that says nothing', [alert(' '), by('U1', 'It broke.')], { firstLine: 'It broke.' }],
  ])('%s', (_what, messages, expected) => {
    expect(threadFacts(messages, 'U_ASKING')).toMatchObject(expected);
  });

  test('no messages say nothing', () => {
    expect(threadFacts([], 'U1')).toBeUndefined();
  });

  test('below a first message that was deleted a bot is believed where it says what is wrong', () => {
    const gone: ThreadMessage = { at, parts: [], isDeleted: true };
    expect(threadFacts([gone, alert('The list of common questions')], 'U1')).not.toHaveProperty('alert');
    expect(threadFacts([gone, alert('The backup failed')], 'U1')?.alert).toBe('The backup failed');
    expect(threadFacts([alert('The list of common questions')], 'U1')).toHaveProperty('alert');
  });

  test('of one message the sentence that says what is wrong, rather than what led to it', () => {
    const said = by('U1', 'Prices moved to the new table yesterday. The counter screens show wrong prices.');
    expect(threadFacts([said], 'U9')?.firstLine).toBe('The counter screens show wrong prices.');
  });

  test('a thread without a bot has no alert', () => {
    expect(threadFacts([by('U1', 'It broke.'), alert(' ')], 'U1')).not.toHaveProperty('alert');
  });

  test('the most active come first, those who asked and bots never, ten at most', () => {
    const messages = Array.from({ length: 15 }, (_, person) =>
      Array.from({ length: person + 1 }, () => by(`U${person}`, 'Looking.')),
    ).flat();
    const facts = threadFacts([alert('Low'), ...messages], 'U14');
    expect(facts?.participants).toEqual(['U13', 'U12', 'U11', 'U10', 'U9', 'U8', 'U7', 'U6', 'U5', 'U4']);
    expect(facts?.people).toBe(15);
  });

  test('people who wrote as much as each other stay in the order they came', () => {
    expect(threadFacts([by('U2', 'a'), by('U1', 'b'), by('U3', 'c')], 'U9')?.participants).toEqual([
      'U2',
      'U1',
      'U3',
    ]);
  });
});

test('whatever a thread of up to a thousand messages holds, what it says stays small and true', () => {
  const message = fc.record({
    at: fc.integer({ min: 0, max: 2e12 }),
    text: fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.constantFrom('"'.repeat(2000), '\u0001'.repeat(2000), '\n'.repeat(9), '🦺'.repeat(2000)),
    ),
    from: fc.constantFrom('bot', ...Array.from({ length: 30 }, (_, person) => `U${person}`)),
  });
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 1000 }), (given) => {
      const messages = given.map(
        ({ from, text, at: when }): ThreadMessage => ({
          at: when,
          parts: parts(text),
          ...(from === 'bot' ? { bot: 'Monitor' } : { personId: from }),
        }),
      );
      const facts = threadFacts(messages, 'U0');
      const people = new Set(given.map(({ from }) => from).filter((from) => from !== 'bot'));
      expect(facts).toMatchObject({ messages: given.length, people: people.size, startedAt: given[0]?.at });
      expect(facts?.participants.length).toBeLessThanOrEqual(MOST_PARTICIPANTS);
      expect(facts?.participants).not.toContain('U0');
      expect(facts?.participants.every((person) => people.has(person))).toBe(true);
      expect(facts?.firstLine).not.toMatch(/[\r\n]/);
      expect(facts?.firstLine.length).toBeLessThanOrEqual(3000);
      expect(JSON.stringify(facts?.alert ?? '').length).toBeLessThanOrEqual(452);
    }),
    { numRuns: 60 },
  );
});
