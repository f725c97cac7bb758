import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf } from '../../src/domain/access/gate.ts';
import { type NamedSteward, type Submission, tierFor, toCapture } from '../../src/domain/capture/capture.ts';
import type { Audience, Conversation, Tier } from '../../src/domain/near-miss.ts';

const NOW = Date.UTC(2026, 9, 14, 21, 40, 12, 345);

const place = (kind: Conversation['kind']): Conversation => ({ id: 'C_PLACE', name: 'payments-ops', kind });

function submission(changes: Partial<Submission> = {}): Submission {
  return {
    id: 'random',
    teamId: 'T1',
    personId: 'U_REPORTER',
    summary: 'The export had last month rates.',
    system: 'Invoices',
    tier: 'named',
    audience: 'everyone',
    wantsCard: true,
    conversation: place('public'),
    threadTs: '1.2',
    stewards: [{ id: 'U_STEWARD', inConversation: false }],
    ...changes,
  };
}

describe('what is stored of a submission', () => {
  test('named: who, where, when, and the card in the thread', () => {
    expect(toCapture(submission(), NOW)).toEqual({
      id: 'random',
      teamId: 'T1',
      summary: 'The export had last month rates.',
      system: 'Invoices',
      tier: 'named',
      audience: 'everyone',
      reporterId: 'U_REPORTER',
      stewardsThen: [],
      conversation: place('public'),
      card: { channelId: 'C_PLACE', threadTs: '1.2' },
      capturedAt: NOW,
    });
  });

  test('named, without a card: no thread is kept either', () => {
    const capture = toCapture(submission({ wantsCard: false }), NOW);
    expect(capture.card).toBeUndefined();
    expect(JSON.stringify(capture)).not.toContain('1.2');
  });

  test('confidential for everyone: who, when and where, the stewards of now, no thread and no card', () => {
    const capture = toCapture(submission({ tier: 'confidential' }), NOW);
    expect(capture).toMatchObject({
      reporterId: 'U_REPORTER',
      capturedAt: NOW,
      stewardsThen: ['U_STEWARD'],
      conversation: place('public'),
    });
    expect(capture).not.toHaveProperty('card');
    expect(JSON.stringify(capture)).not.toContain('1.2');
  });

  test('confidential for a channel: the channel, as it says who may read, and no card', () => {
    const capture = toCapture(submission({ tier: 'confidential', audience: 'channel' }), NOW);
    expect(capture.conversation).toEqual(place('public'));
    expect(capture).not.toHaveProperty('card');
  });

  test('unattributed for everyone: the words, the system and the day, and nothing else', () => {
    expect(toCapture(submission({ tier: 'unattributed' }), NOW)).toEqual({
      id: 'random',
      teamId: 'T1',
      summary: 'The export had last month rates.',
      system: 'Invoices',
      tier: 'unattributed',
      audience: 'everyone',
      stewardsThen: [],
      capturedAt: dayOf(NOW),
    });
  });

  test('unattributed for a channel: also the channel', () => {
    const capture = toCapture(submission({ tier: 'unattributed', audience: 'channel' }), NOW);
    expect(capture.conversation).toEqual(place('public'));
    expect(Object.keys(capture)).not.toContain('reporterId');
    expect(Object.keys(capture)).not.toContain('card');
  });

  test('shared from nowhere in particular it is for everyone, and has no card', () => {
    const capture = toCapture(submission({ conversation: undefined, audience: 'channel' }), NOW);
    expect(capture.audience).toBe('everyone');
    expect(capture).not.toHaveProperty('card');
    expect(capture).not.toHaveProperty('conversation');
  });
});

describe('who may see that it was you, where the others would know', () => {
  const kinds: Conversation['kind'][] = ['public', 'private', 'direct'];
  const tiers: Tier[] = ['named', 'confidential', 'unattributed'];

  test.each(
    tiers.flatMap((tier) =>
      (['everyone', 'channel'] as Audience[]).flatMap((audience) =>
        kinds.map((kind) => ({ tier, audience, kind })),
      ),
    ),
  )('$tier, for $audience, in a $kind conversation', ({ tier, audience, kind }) => {
    const theyWouldKnow = audience === 'channel' && kind === 'direct';
    expect(tierFor(tier, audience, place(kind))).toBe(theyWouldKnow ? 'named' : tier);
    expect(tierFor(tier, audience, undefined)).toBe(tier);
  });

  test('Save applies it, whatever the screen showed', () => {
    const capture = toCapture(
      submission({ tier: 'unattributed', audience: 'channel', conversation: place('direct') }),
      NOW,
    );
    expect(capture).toMatchObject({ tier: 'named', reporterId: 'U_REPORTER' });
  });
});

test('whatever is submitted, an unattributed capture holds no id of a person, no thread and no time', () => {
  const anything = fc.record({
    audience: fc.constantFrom<Audience>('everyone', 'channel'),
    conversation: fc.option(
      fc.constantFrom('public', 'private', 'direct').map((kind) => place(kind)),
      {
        nil: undefined,
      },
    ),
    threadTs: fc.option(fc.constant('1771020012.345678'), { nil: undefined }),
    wantsCard: fc.boolean(),
    stewards: fc.constantFrom<NamedSteward[]>([], [{ id: 'U_STEWARD', inConversation: true }]),
    system: fc.option(fc.constant('Invoices'), { nil: undefined }),
  });
  fc.assert(
    fc.property(anything, fc.integer({ min: 0, max: 4e12 }), (given, now) => {
      const capture = toCapture(submission({ ...given, tier: 'unattributed' }), now);
      if (given.audience === 'channel' && given.conversation?.kind === 'direct') return;
      const kept = JSON.stringify(capture);
      expect(kept).not.toMatch(/U_REPORTER|U_STEWARD|1771020012/);
      expect(capture.capturedAt % (24 * 60 * 60 * 1000)).toBe(0);
      expect(capture.card).toBeUndefined();
    }),
  );
});
