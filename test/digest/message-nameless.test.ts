import { expect, test } from 'vitest';
import { parentWords } from '../../src/domain/digest/digest.ts';
import { borrowedMessage } from '../../src/slack/digest/digest-message.ts';
import { digestOf, phones, plain } from '../support/example-near-misses.ts';
import { read } from '../support/screen.ts';

test('one that has no number yet is told without a name', () => {
  const nameless = { number: undefined, system: undefined };
  expect(parentWords(digestOf([{ ...plain, ...nameless }]), 1).lines).toEqual(['Two reports differed.']);
  expect(parentWords(digestOf([{ ...phones, ...nameless }]), 1).lines).toEqual([
    'Keep one phone line on a second supplier for the first hour of the day.',
  ]);
  const adoption = { team: 'Support', sentence: 'open ten by hand', nearMissName: '' };
  expect(read(borrowedMessage([adoption]))).toContain('Support now uses: open ten by hand.');
  expect(read(borrowedMessage([adoption]))).not.toContain('From');
});
