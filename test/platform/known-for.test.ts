import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownFor } from '../../src/slack/platform/known-for.ts';

const LONG = 600_000;
const NOW = Date.UTC(2026, 9, 14);

test('what is known is known for so long by the clock, and no longer where that is set back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3 * LONG, max: 3 * LONG }), (moved) => {
      let now = NOW;
      const known = knownFor<string>(10, LONG, () => now);
      known.set('C1', 'public');
      now += moved;
      const isFresh = Math.abs(moved) < LONG;
      known.change('C1', 'private');
      expect(known.get('C1')).toBe(isFresh ? 'private' : undefined);
      expect(known.delete('C1')).toBe(isFresh);
      expect(known.get('C1')).toBeUndefined();
    }),
  );
});

test('another value for it makes it no fresher', () => {
  let now = NOW;
  const known = knownFor<string>(10, LONG, () => now);
  known.set('C1', 'public');
  now += LONG - 1;
  known.change('C1', 'private');
  now += 1;
  expect(known.get('C1')).toBeUndefined();
});
