import { describe, expect, test } from 'vitest';
import { disclaimer, reachedOnCard, reachedSentence } from '../../src/domain/access/disclaimer.ts';

describe('the disclaimer', () => {
  test.each([
    ['no', 'Nobody who relies on this was affected, and there is still a lot to learn from it.'],
    [
      'not_sure',
      'As far as we know, nobody who relies on this was affected, and there is still a lot to learn from it.',
    ],
    [
      undefined,
      'As far as we know, nobody who relies on this was affected, and there is still a lot to learn from it.',
    ],
    [
      'briefly',
      'This reached people for a short while and was stopped, and there is a lot to learn from how.',
    ],
  ] as const)('reached: %s', (reached, sentence) => {
    expect(reachedSentence(reached)).toBe(sentence);
    expect(disclaimer(reached)).toBe(
      `${sentence} We want to know how it looked from where you were, with what you knew then, and what went right. We look at how the work fits together, not for someone at fault. Taking part is your choice: skip any question, and change or withdraw your own words whenever you like. The app does not count near-misses per person.`,
    );
  });

  test('on the card only what somebody said', () => {
    expect(reachedOnCard('no')).toBe('Nobody who relies on this was affected');
    expect(reachedOnCard('briefly')).toBe('Reached people for a short while');
    expect(reachedOnCard('not_sure')).toBeUndefined();
    expect(reachedOnCard(undefined)).toBeUndefined();
  });
});
