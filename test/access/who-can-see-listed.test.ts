import { describe, expect, test } from 'vitest';
import { type Steward, whoCanSee, whoCanSeeToOthers } from '../../src/domain/access/who-can-see.ts';
import { listed } from '../../src/domain/text/names-in-words.ts';
import { sharing } from '../support/example-near-misses.ts';

describe('more than five stewards', () => {
  const many = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gina'].map(
    (name): Steward => ({ id: name, name, inConversation: true }),
  );
  const confidential = sharing({ tier: 'confidential', stewards: many });
  const ALL = 'Ana, Ben, Cleo, Dan, Eve, Finn and Gina';

  test('before Save the first five are named', () => {
    expect(whoCanSee(confidential)).toContain('Ana, Ben, Cleo, Dan, Eve and 2 more can look up your name;');
  });

  test('*Who can see this* names them all, to the person who shared it and to others', () => {
    expect(whoCanSee(confidential, 'after')).toContain(`${ALL} can look up your name;`);
    expect(whoCanSeeToOthers(confidential, undefined)).toContain(
      `can be looked up by ${ALL} only; each look is written down.`,
    );
  });
});

test.each([
  [[], ''],
  [['A'], 'A'],
  [['A', 'B'], 'A and B'],
  [['A', 'B', 'C'], 'A, B and C'],
  [['A', 'B', 'C', 'D', 'E'], 'A, B, C, D and E'],
  [['A', 'B', 'C', 'D', 'E', 'F'], 'A, B, C, D, E and 1 more'],
  [['A', 'B', 'C', 'D', 'E', 'F', 'G'], 'A, B, C, D, E and 2 more'],
])('people are listed: %j', (names, words) => {
  expect(listed(names)).toBe(words);
});
