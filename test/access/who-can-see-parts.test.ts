import { describe, expect, test } from 'vitest';
import { type Place } from '../../src/domain/access/place.ts';
import { type Sharing, whoCanSee } from '../../src/domain/access/who-can-see.ts';
import { JON, ops, sharing, WAYS } from '../support/example-near-misses.ts';

describe('each part, by its rule', () => {
  const direct: Place = { ...ops, kind: 'direct', name: '', inThread: false };
  const hidden: Place = { ...ops, kind: 'private', name: '', membersKnown: false, canPost: false };
  const notIn: Place = { ...ops, canPost: false };
  const rows: [string, Partial<Sharing>, string][] = [
    [
      'story, everyone',
      {},
      'Everyone at Acme can read the story; guests see it only where it is posted. Your name',
    ],
    [
      'story, channel',
      { audience: 'channel' },
      'Only members of #payments-ops can read the story, for as long as they are members.',
    ],
    [
      'story, direct message',
      { audience: 'channel', place: direct },
      'Only the people in this conversation can read the story. Your name is on it.',
    ],
    [
      'story, a channel the app cannot look into',
      { audience: 'channel', place: hidden },
      'Only you can read the story, until the app is invited to this conversation. Your name is on it. Nothing is posted when you save.',
    ],
    [
      'story, the same where nobody is kept',
      { tier: 'unattributed', audience: 'channel', place: hidden },
      'Nobody can read the story, until the app is invited to this conversation. The app does not store',
    ],
    [
      'story, a direct message the app is not in',
      { audience: 'channel', place: { ...direct, membersKnown: false, canPost: false } },
      'Only you can read the story, because the app is not in this conversation. Your name is on it.',
    ],
    ['name, named', {}, 'Your name is on it.'],
    [
      'name, confidential',
      { tier: 'confidential' },
      'Amira and Jon can look up your name; each look is written down and you can see it. Nobody else can in Slack.',
    ],
    [
      'name, confidential, no steward may read it',
      { tier: 'confidential', audience: 'channel', stewards: [JON] },
      'No steward is in #payments-ops, so nobody can look up your name in Slack.',
    ],
    [
      'name, confidential, no steward is left',
      { tier: 'confidential', stewards: [] },
      'Nobody is a steward now, so nobody can look up your name in Slack.',
    ],
    [
      'name, unattributed',
      { tier: 'unattributed' },
      'The app does not store who you are, so nobody can look it up here.',
    ],
    ['place, card now in a thread', {}, 'A card goes into this thread when you save.'],
    [
      'place, card now in a channel',
      { place: { ...ops, inThread: false } },
      'A card goes into #payments-ops when you save.',
    ],
    ['place, named without a card', { card: false }, 'Nothing is posted when you save.'],
    ['place, named from nowhere', { place: undefined }, 'Nothing is posted when you save.'],
    ['place, named where the app cannot post', { place: notIn }, 'Nothing is posted when you save.'],
    [
      'place, later, digest',
      { tier: 'confidential' },
      'Nothing is posted now. It first appears in the digest in #learning on Monday 20 October, showing the day but not the time.',
    ],
    [
      'place, later, channel',
      { tier: 'unattributed', audience: 'channel' },
      'Nothing is posted now. A card goes into #payments-ops on Monday 20 October, showing the day but not the time.',
    ],
    [
      'place, later, no digest',
      { tier: 'unattributed', digest: undefined },
      'Nothing is posted. People find it in the app.',
    ],
    [
      'place, later, the app cannot post there',
      { tier: 'unattributed', audience: 'channel', place: notIn },
      'Nothing is posted, because the app is not in #payments-ops.',
    ],
    ['digest, everyone and named', {}, 'It can be in the digest in #learning.'],
    ['digest, channel', { audience: 'channel' }, 'It is never in the digest.'],
    [
      'outside, a card now',
      { place: { ...ops, sharedOutside: true } },
      '#payments-ops is shared with another organisation. People there will see the card.',
    ],
    [
      'outside, a card later',
      { tier: 'unattributed', audience: 'channel', place: { ...ops, sharedOutside: true } },
      '#payments-ops is shared with another organisation. People there will see the card.',
    ],
    ['limits, named', {}, 'You can change or withdraw your words at any time.'],
    [
      'limits, confidential',
      { tier: 'confidential' },
      "The people who run the app's server could find your name there.",
    ],
    [
      'limits, unattributed',
      { tier: 'unattributed' },
      'This cannot be changed later, since the app will not know that it was you. Slack may keep its own record that you used the app, and in a small team people may guess from the details.',
    ],
  ];
  test.each(rows)('%s', (_rule, changes, words) => {
    expect(whoCanSee(sharing(changes))).toContain(words);
  });

  test('after saving, the card is there, or nothing was posted', () => {
    expect(whoCanSee(sharing(), 'after')).toContain('Its card is in this thread.');
    expect(whoCanSee(sharing({ place: { ...ops, inThread: false } }), 'after')).toContain(
      'Its card is in #payments-ops.',
    );
    expect(whoCanSee(sharing({ card: false }), 'after')).toContain('Nothing was posted.');
  });

  test('what does not apply is left out', () => {
    for (const [tier, audience] of WAYS) {
      expect(whoCanSee(sharing({ tier, audience, digest: undefined }))).not.toContain('digest');
    }
    expect(whoCanSee(sharing({ card: false, place: { ...ops, sharedOutside: true } }))).not.toContain(
      'organisation',
    );
    expect(
      whoCanSee(sharing({ tier: 'unattributed', audience: 'channel', place: hidden, digest: undefined })),
    ).not.toContain('People find it');
  });
});
