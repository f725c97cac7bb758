import { describe, expect, test } from 'vitest';
import {
  asReadBy,
  channelsDeciding,
  dayOf,
  hasAppeared,
  isForEveryone,
  keepsReporter,
  mayChange,
  mayPostCardNow,
  mayRead,
  type Readable,
  showsName,
  type Viewer,
  whoCanLookUp,
} from '../../src/domain/access/gate.ts';
import { type Audience, EMPTY_TELLING, type NearMiss, type Tier } from '../../src/domain/near-miss.ts';

const TIERS: Tier[] = ['named', 'confidential', 'unattributed'];
const CHANNEL = 'C1';
const SHARED_AT = Date.UTC(2026, 9, 14, 21, 40);
const MIDNIGHT = Date.UTC(2026, 9, 15);
/** The end of that day. */
const FOUR = Date.UTC(2026, 9, 15, 4);

const inside = new Set([CHANNEL, 'C2']);
const outside = new Set(['C2']);
const viewers: Record<string, Viewer> = {
  'the reporter': { id: 'U_REPORTER', standing: 'member', channels: inside },
  'the reporter, outside now': { id: 'U_REPORTER', standing: 'member', channels: outside },
  'the reporter, a guest now': { id: 'U_REPORTER', standing: 'guest', channels: inside },
  'the reporter, unknown now': { id: 'U_REPORTER', standing: 'unknown', channels: new Set() },
  'a member inside': { id: 'U1', standing: 'member', channels: inside },
  'a member outside': { id: 'U1', standing: 'member', channels: outside },
  'a guest inside': { id: 'U1', standing: 'guest', channels: inside },
  'a guest outside': { id: 'U1', standing: 'guest', channels: outside },
  'an external person inside': { id: 'U1', standing: 'external', channels: inside },
  'an external person outside': { id: 'U1', standing: 'external', channels: outside },
  'somebody unknown inside': { id: 'U1', standing: 'unknown', channels: inside },
  'somebody unknown outside': { id: 'U1', standing: 'unknown', channels: outside },
};

const REPORTERS = [
  'the reporter',
  'the reporter, outside now',
  'the reporter, a guest now',
  'the reporter, unknown now',
];
/** The person who shared it under *Nobody* is, to the app, any member. */
const INSIDE = ['the reporter', 'a member inside'];
const ANYWHERE = ['the reporter', 'the reporter, outside now', 'a member inside', 'a member outside'];

/** Who may read, written down apart from the rule. Everyone else may not. */
const TABLE: [Tier, Audience, 'that day' | 'the day after', string[]][] = [
  ['named', 'everyone', 'that day', [...REPORTERS, 'a member inside', 'a member outside']],
  ['named', 'everyone', 'the day after', [...REPORTERS, 'a member inside', 'a member outside']],
  ['named', 'channel', 'that day', [...REPORTERS, 'a member inside']],
  ['named', 'channel', 'the day after', [...REPORTERS, 'a member inside']],
  ['confidential', 'everyone', 'that day', REPORTERS],
  ['confidential', 'everyone', 'the day after', [...REPORTERS, 'a member inside', 'a member outside']],
  ['confidential', 'channel', 'that day', REPORTERS],
  ['confidential', 'channel', 'the day after', [...REPORTERS, 'a member inside']],
  ['unattributed', 'everyone', 'that day', []],
  ['unattributed', 'everyone', 'the day after', ANYWHERE],
  ['unattributed', 'channel', 'that day', []],
  ['unattributed', 'channel', 'the day after', INSIDE],
];

function stored(tier: Tier, audience: Audience): Readable {
  return {
    tier,
    audience,
    capturedAt: tier === 'unattributed' ? dayOf(SHARED_AT) : SHARED_AT,
    conversation: { id: CHANNEL, name: 'payments-ops', kind: 'public' },
    ...(tier !== 'unattributed' && { reporterId: 'U_REPORTER' }),
  };
}

describe('the gate', () => {
  test.each(TABLE)('%s, for %s, %s', (tier, audience, when, mayReadIt) => {
    const times = when === 'that day' ? [SHARED_AT, MIDNIGHT, FOUR - 1] : [FOUR, FOUR + 9e9];
    for (const now of times) {
      const allowed = Object.entries(viewers)
        .filter(([, viewer]) => mayRead(viewer, stored(tier, audience), now))
        .map(([name]) => name);
      expect(new Set(allowed)).toEqual(new Set(mayReadIt));
    }
  });

  test('covers every tier, audience and time once', () => {
    expect(new Set(TABLE.map(([tier, audience, when]) => `${tier} ${audience} ${when}`)).size).toBe(12);
  });

  test('a channel nobody can name opens to nobody but the reporter', () => {
    const { conversation: _gone, ...nowhere } = stored('named', 'channel');
    const allowed = Object.entries(viewers).filter(([, viewer]) => mayRead(viewer, nowhere, SHARED_AT));
    expect(allowed.map(([name]) => name)).toEqual(REPORTERS);
  });

  test('nobody is the reporter of one that stores no reporter, not even somebody without an id', () => {
    const nobody = { id: '', standing: 'unknown', channels: inside } as const;
    expect(mayRead(nobody, stored('unattributed', 'everyone'), SHARED_AT)).toBe(false);
    expect(mayChange('', {})).toBe(false);
  });
});

describe('the conversations that decide', () => {
  const near = (tier: Tier, audience: Audience, staysInChannel?: true): NearMiss => ({
    ...stored(tier, audience),
    id: 'n1',
    teamId: 'T1',
    summary: 'The rates were wrong',
    stewardsThen: [],
    added: [{ ...EMPTY_TELLING, authorId: 'U2', staysInChannel }],
    told: EMPTY_TELLING,
  });
  const cases = TIERS.flatMap((tier) =>
    (['everyone', 'channel'] as const).flatMap((audience) =>
      [undefined, true as const].map((stays) => near(tier, audience, stays)),
    ),
  );

  test('are enough for the gate to answer as if it knew of all, for the words others added too', () => {
    for (const one of cases)
      for (const viewer of Object.values(viewers)) {
        const deciding = channelsDeciding([one]);
        const known = { ...viewer, channels: new Set([...deciding].filter((id) => viewer.channels.has(id))) };
        expect(mayRead(known, one, MIDNIGHT)).toBe(mayRead(viewer, one, MIDNIGHT));
        expect(asReadBy(known, one)).toEqual(asReadBy(viewer, one));
      }
  });

  test('are none for what is for everyone, words and all', () => {
    expect(channelsDeciding([near('named', 'everyone')])).toEqual(new Set());
    expect(channelsDeciding([near('named', 'everyone'), near('named', 'channel')])).toEqual(
      new Set([CHANNEL]),
    );
  });
});

describe('what else the rules say', () => {
  test.each([
    [0, 0],
    [1, 0],
    [MIDNIGHT - 1, Date.UTC(2026, 9, 14)],
    [MIDNIGHT, MIDNIGHT],
    [-1, Date.UTC(1969, 11, 31)],
  ])('the day of %d begins at %d', (at, day) => {
    expect(dayOf(at)).toBe(day);
  });

  test('a named one appears at once, the others at four in the morning after their day', () => {
    const appears = (tier: Tier, now: number, capturedAt = SHARED_AT) =>
      hasAppeared({ tier, capturedAt }, now);
    expect(TIERS.map((tier) => appears(tier, SHARED_AT))).toEqual([true, false, false]);
    expect(TIERS.map((tier) => appears(tier, FOUR - 1))).toEqual([true, false, false]);
    expect(TIERS.map((tier) => appears(tier, FOUR))).toEqual([true, true, true]);
    expect(
      TIERS.map((tier) => appears(tier, FOUR, MIDNIGHT)),
      'shared after midnight',
    ).toEqual([true, false, false]);
  });

  test('only a named one shows the name and may have a card at once; only an unattributed one keeps no reporter', () => {
    expect(TIERS.map(showsName)).toEqual([true, false, false]);
    expect(TIERS.map(mayPostCardNow)).toEqual([true, false, false]);
    expect(TIERS.map(keepsReporter)).toEqual([true, true, false]);
  });

  test('only the person who shared it may change it', () => {
    const shared: Pick<NearMiss, 'reporterId'> = { reporterId: 'U_REPORTER' };
    expect(mayChange('U_REPORTER', shared)).toBe(true);
    expect(mayChange('U1', shared)).toBe(false);
    expect(mayChange('U_REPORTER', {})).toBe(false);
  });

  test('everyone may read what is for everyone and was not withdrawn', () => {
    expect(isForEveryone({ audience: 'everyone' })).toBe(true);
    expect(isForEveryone({ audience: 'everyone', withdrawnAt: MIDNIGHT })).toBe(false);
    expect(isForEveryone({ audience: 'channel' })).toBe(false);
  });

  test('stewards look up a name only where they may read the story', () => {
    const amira = { id: 'U_AMIRA', inConversation: true };
    const jon = { id: 'U_JON', inConversation: false };
    expect(whoCanLookUp('everyone', [amira, jon])).toEqual([amira, jon]);
    expect(whoCanLookUp('channel', [amira, jon])).toEqual([amira]);
    expect(whoCanLookUp('channel', [jon])).toEqual([]);
  });
});
