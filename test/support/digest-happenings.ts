import * as fc from 'fast-check';
import type { Audience, Tier } from '../../src/domain/near-miss.ts';
import { DAY, HOUR } from './digest-desk.ts';

export type Sharing = { tier: Tier; audience: Audience };

/** What happens in a history, in the order it happens. `which` picks one of those there are. */
export type Happening =
  | { kind: 'captured'; of: Sharing }
  | { kind: 'shared_otherwise'; which: number; to: Sharing }
  | { kind: 'withdrawn'; which: number }
  | { kind: 'left_out'; which: number; forGood: boolean }
  | { kind: 'closed'; as: 'published' | 'preview'; weekly: boolean; catchesUp: boolean; keepsQuiet: boolean }
  | { kind: 'published'; which: number }
  | { kind: 'clock_moves'; by: number };

const sharing: fc.Arbitrary<Sharing> = fc.record({
  tier: fc.constantFrom('named', 'confidential', 'unattributed'),
  audience: fc.constantFrom('everyone', 'everyone', 'channel'),
});
const which = fc.nat({ max: 20 });
export const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('captured' as const), of: sharing }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('shared_otherwise' as const), which, to: sharing }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdrawn' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('left_out' as const), which, forGood: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('closed' as const),
      as: fc.constantFrom('published' as const, 'preview' as const),
      weekly: fc.boolean(),
      catchesUp: fc.boolean(),
      keepsQuiet: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('published' as const), which }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('clock_moves' as const),
      by: fc.oneof(fc.integer({ min: 0, max: 12 * HOUR }), fc.integer({ min: -2 * DAY, max: 9 * DAY })),
    }),
  },
);
