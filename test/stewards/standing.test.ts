import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ableOf,
  areAllFormer,
  type Chosen,
  formerByNow,
  formerOf,
  isSameFormer,
  stillStewards,
} from '../../src/domain/stewards/standing.ts';

const STANDINGS = ['member', 'guest', 'external', 'app', 'gone', undefined] as const;
const chosen: fc.Arbitrary<Chosen[]> = fc.uniqueArray(
  fc.record({ id: fc.constantFrom('U1', 'U2', 'U3', 'U4'), standing: fc.constantFrom(...STANDINGS) }),
  { selector: ({ id }) => id },
);

test.each([
  ['member', true, false],
  ['guest', false, true],
  ['external', false, true],
  ['app', false, true],
  ['gone', false, true],
  [undefined, false, false],
] as const)(
  'somebody who was chosen and is %s by now: a steward %s, surely none any more %s',
  (standing, able, former) => {
    const one: Chosen[] = [{ id: 'U1', standing }];
    expect(ableOf(one)).toEqual(able ? ['U1'] : []);
    expect(formerOf(one).map(({ id }) => id)).toEqual(former ? ['U1'] : []);
    expect(areAllFormer(one)).toBe(former);
  },
);

test('where nobody was chosen an admin chooses', () => expect(areAllFormer([])).toBe(true));

test('nobody is a steward and a former one at once, and whom nobody knows is neither', () => {
  fc.assert(
    fc.property(chosen, (all) => {
      const able = ableOf(all);
      const former = formerOf(all).map(({ id }) => id);
      const unsaid = all.filter(({ standing }) => standing === undefined).map(({ id }) => id);
      expect([...able, ...former, ...unsaid].toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    }),
  );
});

test('what was noted of somebody stands only while Slack says nothing of them', () => {
  fc.assert(
    fc.property(chosen, chosen, (before, now) => {
      const noted = formerOf(before);
      const former = formerByNow(now, noted);
      for (const { id, standing } of now) {
        const said = former.find((one) => one.id === id)?.standing;
        const stands = standing ?? noted.find((one) => one.id === id)?.standing;
        expect(said).toBe(stands === 'member' ? undefined : stands);
      }
      expect(former.every(({ id }) => now.some((one) => one.id === id))).toBe(true);
      expect(isSameFormer(former, former.toReversed())).toBe(true);
      const stewards = now.map(({ id }) => id);
      expect(stillStewards({ stewards, formerStewards: former })).toEqual(
        stewards.filter((id) => former.every((one) => one.id !== id)),
      );
    }),
  );
});

test('another standing of the same person is news', () => {
  expect(isSameFormer([{ id: 'U1', standing: 'guest' }], [{ id: 'U1', standing: 'gone' }])).toBe(false);
  expect(isSameFormer([], [{ id: 'U1', standing: 'gone' }])).toBe(false);
});
