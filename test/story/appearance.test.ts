import { expect, test } from 'vitest';
import type { DeliveryState } from '../../src/domain/outbox/delivery.ts';
import { type InDigest, postedAt, waitsForDigest } from '../../src/domain/story/appearance.ts';
import { shared } from '../support/example-near-misses.ts';

const NONE: InDigest = { isSetUp: true, isLeftOut: false, isPublished: false, isFound: false };
const TOLD: InDigest = { ...NONE, isPublished: true, isFound: true };
const quiet = { ...shared, tier: 'confidential' as const, card: undefined };
const ofChannel = { ...quiet, audience: 'channel' as const };

test.each([
  ['a named one never does', shared, NONE, false],
  ['one without a name does', quiet, NONE, true],
  ['until a digest has told it', quiet, TOLD, false],
  ['where there is no digest, none does', quiet, { ...NONE, isSetUp: false }, false],
  ['nor one that no digest will tell', quiet, { ...NONE, isLeftOut: true }, false],
  ['one for a channel waits for its card', ofChannel, NONE, true],
  ['whatever the digest tells', ofChannel, TOLD, true],
  ['until it has it', { ...ofChannel, card: { channelId: 'C1' } }, NONE, false],
])('waiting for the digest: %s', (_what, nearMiss, digest, waits) => {
  expect(waitsForDigest(nearMiss, digest)).toBe(waits);
});

test.each<[DeliveryState, boolean]>([
  ['pending', true],
  ['sending', true],
  ['unsure', true],
  ['asked', true],
  ['believed', true],
  ['sent', false],
  ['dropped', false],
  ['refused', false],
])(
  'a card of which nobody knows where it stands, and that is %s, stands or may come to: %s',
  (state, stands) => {
    expect(postedAt(quiet, state, NONE).card).toBe(stands);
  },
);

test('a card stands where its message is known, and none where none was ever on its way', () => {
  const card = { channelId: 'C1', ts: '3.4' };
  expect(postedAt({ ...shared, card }, undefined, NONE).card).toBe(true);
  expect(postedAt({ ...shared, card: { channelId: 'C1' } }, undefined, NONE).card).toBe(false);
});

test('words are in a digest that was published, that the app can find, and that everyone may read', () => {
  const isInDigest = (nearMiss: typeof shared, digest: InDigest) =>
    postedAt(nearMiss, undefined, digest).digest;
  expect(isInDigest(shared, TOLD)).toBe(true);
  expect(isInDigest(shared, { ...TOLD, isPublished: false })).toBe(false);
  expect(isInDigest(shared, { ...TOLD, isFound: false })).toBe(false);
  expect(isInDigest({ ...shared, audience: 'channel' }, TOLD)).toBe(false);
});
