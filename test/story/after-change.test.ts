import { describe, expect, test } from 'vitest';
import { EMPTY_TELLING, type Kept, type Telling } from '../../src/domain/near-miss.ts';
import {
  afterRemoval,
  afterRewording,
  afterTelling,
  afterWithdrawal,
} from '../../src/domain/story/after-change.ts';
import type { Tell } from '../../src/domain/story/near-misses.ts';
import { shared } from '../support/example-near-misses.ts';

const DAY = Date.UTC(2026, 9, 14);
const NOON = DAY + 43_200_000;

const named: Kept = shared;
const quiet: Kept = { ...shared, tier: 'confidential', card: undefined };
const unattributed: Kept = { ...quiet, tier: 'unattributed', reporterId: undefined };

const CARD = {
  do: 'announce',
  announcement: { kind: 'card_change', nearMissId: shared.id, channelId: 'C1' },
};
const HOME = { do: 'announce', announcement: { kind: 'home', personId: 'U_MARIA' } };
const DIGESTS = { do: 'redraw_digests' };
const WORDING = { do: 'forget_wording' };
const LOOKS = { do: 'forget_looks' };
const TELLING = { do: 'forget_telling' };

test.each([
  ['with a card', named, [CARD, HOME, DIGESTS]],
  ['without a card', quiet, [HOME, DIGESTS]],
  ['without a name', unattributed, [DIGESTS]],
])('everything that shows it shows a change, %s', (_what, before, effects) => {
  expect(afterRewording(before, { summary: before.summary }).effects).toEqual(effects);
  const other = afterRewording(before, { summary: 'Other words' }).effects;
  expect(other, 'agreed words were for the words before').toEqual([WORDING, ...effects]);
  expect(afterWithdrawal(before, NOON).effects).toEqual([TELLING, WORDING, LOOKS, ...effects]);
});

test('whether it reached anyone changes only where it was asked', () => {
  const before: Kept = { ...named, reached: 'no' };
  const reached = (asked: { reached?: Tell['reached'] }) =>
    afterRewording(before, { summary: 'Words', ...asked }).reached;
  expect([reached({}), reached({ reached: null }), reached({ reached: 'briefly' })]).toEqual([
    'no',
    null,
    'briefly',
  ]);
});

test('when it was withdrawn is kept to the day where nobody is kept', () => {
  expect(afterWithdrawal(named, NOON).withdrawnAt).toBe(NOON);
  expect(afterWithdrawal(unattributed, NOON).withdrawnAt).toBe(DAY);
});

test('what somebody removed stands where the near-miss does, but never in a digest if it stayed in the channel', () => {
  const posted = { card: true, digest: true };
  const standsIn = (staysInChannel: true | undefined, before = named) =>
    afterRemoval(before, { staysInChannel }, posted).standsIn;
  expect(standsIn(undefined)).toEqual(posted);
  expect(standsIn(true)).toEqual({ card: true, digest: false });
  const withdrawn = { ...named, withdrawnAt: NOON };
  expect(standsIn(undefined, withdrawn)).toEqual({ card: false, digest: false });
  expect(afterRemoval(withdrawn, {}, posted).effects).toEqual([]);
});

describe('what is kept of what somebody told', () => {
  const words: Telling = {
    ...EMPTY_TELLING,
    keyPlayers: [{ personId: 'U_JON' }],
    answers: { closeness: 'Close' },
  };
  const tellings = { told: EMPTY_TELLING, added: [{ ...EMPTY_TELLING, authorId: 'U_OLD' }] };
  const staying = {
    ...tellings,
    added: [{ ...EMPTY_TELLING, authorId: 'U_OLD', staysInChannel: true as const }],
  };
  const told = (before: Kept, tell: Partial<Tell>, others: typeof tellings | typeof staying = tellings) =>
    afterTelling(
      { ...before, ...others },
      { teamId: 'T1', id: before.id, now: NOON, change: () => words, ...tell },
    );

  test('no people, where the reporter is not kept either', () => {
    expect(told(named, {}).telling.keyPlayers).toEqual([{ personId: 'U_JON' }]);
    expect(told(unattributed, {}).telling.keyPlayers).toEqual([]);
    expect(told(unattributed, { authorId: 'U_AMIRA' }).telling.keyPlayers).toEqual([{ personId: 'U_JON' }]);
  });

  test('the end of the draft, which is the day it was shared where nobody is kept; what others add ends none', () => {
    expect(told(named, { toldAt: NOON }).toldAt).toBe(NOON);
    expect(told(unattributed, { toldAt: NOON }).toldAt).toBe(unattributed.capturedAt);
    expect(told(unattributed, { toldAt: NOON + 86_400_000 }).toldAt).toBe(unattributed.capturedAt);
    expect(told({ ...named, toldAt: 5 }, {}).toldAt).toBe(5);
    expect(told({ ...named, toldAt: 5 }, { authorId: 'U_AMIRA', toldAt: NOON }).toldAt).toBe(5);
  });

  test('that it stays in the channel: if it was promised, if only the channel reads it, if earlier words stay', () => {
    const channel: Kept = { ...named, audience: 'channel' };
    const stays = (before: Kept, tell: Partial<Tell>, others?: typeof staying) =>
      told(before, tell, others).staysInChannel;
    expect(stays(named, { authorId: 'U_OLD' })).toBe(false);
    expect(stays(named, { authorId: 'U_OLD', staysInChannel: true })).toBe(true);
    expect(stays(channel, { authorId: 'U_OLD' })).toBe(true);
    expect(stays(named, { authorId: 'U_OLD' }, staying)).toBe(true);
    expect(stays(named, { authorId: 'U_AMIRA' }, staying)).toBe(false);
    expect(stays(channel, {}), 'the reporter chose who reads it').toBe(false);
  });

  test('what they told, and nothing of how it is kept', () => {
    const change = (before: Telling) => ({ ...before, answers: { closeness: 'Close' } });
    const { telling } = told(named, { authorId: 'U_OLD', change }, staying);
    expect(telling).toEqual({ ...EMPTY_TELLING, answers: { closeness: 'Close' } });
  });
});
