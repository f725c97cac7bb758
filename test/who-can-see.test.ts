import { describe, expect, test } from 'vitest';
import type { Audience, Tier } from '../src/domain/near-miss.ts';
import {
  disclaimer,
  listed,
  type Place,
  reachedOnCard,
  reachedSentence,
  type Sharing,
  type Steward,
  whoCanSee,
  whoCanSeeInShort,
  whoCanSeeToOthers,
} from '../src/domain/who-can-see.ts';
import { ops } from './near-miss.ts';

const AMIRA: Steward = { id: 'U1', name: 'Amira', inConversation: true };
const JON: Steward = { id: 'U2', name: 'Jon', inConversation: false };

/** A thread in #payments-ops, digest in #learning, card ticked. */
function sharing(changes: Partial<Sharing> = {}): Sharing {
  return {
    workspace: 'Acme',
    tier: 'named',
    audience: 'everyone',
    place: ops,
    card: true,
    stewards: [AMIRA, JON],
    digest: { channel: '#learning', next: 'Monday 20 October' },
    ...changes,
  };
}

const WAYS: [Tier, Audience][] = [
  ['named', 'everyone'],
  ['named', 'channel'],
  ['confidential', 'everyone'],
  ['confidential', 'channel'],
  ['unattributed', 'everyone'],
  ['unattributed', 'channel'],
];

describe('the six, to the person who shares it', () => {
  const sentences = [
    'Everyone at Acme can read the story; guests see it only where it is posted. Your name is on it. A card goes into this thread when you save. It can be in the digest in #learning. You can change or withdraw your words at any time.',
    'Only members of #payments-ops can read the story, for as long as they are members. Your name is on it. A card goes into this thread when you save. It is never in the digest. You can change or withdraw your words at any time.',
    "Everyone at Acme can read the story; guests see it only where it is posted. Amira and Jon can look up your name; each look is written down and you can see it. Nobody else can in Slack. Nothing is posted now. It first appears in the digest in #learning on Monday 20 October, showing the day but not the time. The people who run the app's server could find your name there.",
    "Only members of #payments-ops can read the story, for as long as they are members. Amira can look up your name; each look is written down and you can see it. Nobody else can in Slack. Nothing is posted now. A card goes into #payments-ops on Monday 20 October, showing the day but not the time. It is never in the digest. The people who run the app's server could find your name there.",
    'Everyone at Acme can read the story; guests see it only where it is posted. The app does not store who you are, so nobody can look it up here. Nothing is posted now. It first appears in the digest in #learning on Monday 20 October, showing the day but not the time. Slack may keep its own record that you used the app, and in a small team people may guess from the details.',
    'Only members of #payments-ops can read the story, for as long as they are members. The app does not store who you are, so nobody can look it up here. Nothing is posted now. A card goes into #payments-ops on Monday 20 October, showing the day but not the time. It is never in the digest. Slack may keep its own record that you used the app, and in a small team people may guess from the details.',
  ];
  test.each(WAYS.map(([tier, audience], at) => ({ tier, audience, sentence: sentences[at] })))(
    '$tier, $audience',
    ({ tier, audience, sentence }) => {
      expect(whoCanSee(sharing({ tier, audience }))).toBe(sentence);
    },
  );
});

describe('the six, to others', () => {
  const sentences = [
    'Who can see this: everyone at Acme, guests only where it is posted. Maria Lopez shared it under their name. What you add carries your name.',
    'Who can see this: members of #payments-ops, for as long as they are members. Maria Lopez shared it under their name. What you add carries your name and stays in #payments-ops.',
    'Who can see this: everyone at Acme, guests only where it is posted. The name of the person who shared it is known to Amira and Jon only. Please do not try to work it out. What you add carries your name.',
    'Who can see this: members of #payments-ops, for as long as they are members. The name of the person who shared it is known to Amira only. Please do not try to work it out. What you add carries your name and stays in #payments-ops.',
    'Who can see this: everyone at Acme, guests only where it is posted. The app does not know who shared it. Please do not try to work it out. What you add carries your name.',
    'Who can see this: members of #payments-ops, for as long as they are members. The app does not know who shared it. Please do not try to work it out. What you add carries your name and stays in #payments-ops.',
  ];
  test.each(WAYS.map(([tier, audience], at) => ({ tier, audience, sentence: sentences[at] })))(
    '$tier, $audience',
    ({ tier, audience, sentence }) => {
      const reporter = tier === 'named' ? 'Maria Lopez' : undefined;
      expect(whoCanSeeToOthers(sharing({ tier, audience }), reporter)).toBe(sentence);
    },
  );

  test('in a direct message it stays there', () => {
    const direct = sharing({ audience: 'channel', place: { ...ops, kind: 'direct', name: '' } });
    expect(whoCanSeeToOthers(direct, 'Maria Lopez')).toBe(
      'Who can see this: the people in this conversation. Maria Lopez shared it under their name. What you add carries your name and stays in this conversation.',
    );
  });

  test('where no steward may look, it says so', () => {
    const alone = sharing({ tier: 'confidential', audience: 'channel', stewards: [JON] });
    expect(whoCanSeeToOthers(alone, undefined)).toContain(
      'Nobody can look up the name of the person who shared it. Please do not try to work it out.',
    );
  });
});

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
      'name, confidential, every steward of then has left',
      { tier: 'confidential', stewards: [] },
      'Nobody who was a steward then is one now, so nobody can look up your name in Slack.',
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
      'Slack may keep its own record that you used the app, and in a small team people may guess from the details.',
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
    expect(whoCanSeeToOthers(confidential, undefined)).toContain(`is known to ${ALL} only.`);
  });
});

describe('the short form', () => {
  const rows: [Partial<Sharing>, string][] = [
    [{}, 'With your name, for everyone at Acme, with a card in this thread. Change it below.'],
    [
      { audience: 'channel', place: { ...ops, inThread: false } },
      'With your name, for members of #payments-ops, with a card in #payments-ops. Change it below.',
    ],
    [
      { audience: 'channel', place: { ...ops, kind: 'direct', name: '' }, card: false },
      'With your name, for the people in this conversation, nothing posted now. Change it below.',
    ],
    [
      { tier: 'confidential' },
      'Name only to the stewards, for everyone at Acme, nothing posted now. Change it below.',
    ],
    [
      { tier: 'unattributed', audience: 'channel' },
      'No name stored, for members of #payments-ops, nothing posted now. Change it below.',
    ],
    [
      { audience: 'channel', place: { ...ops, membersKnown: false, canPost: false } },
      'With your name, for you alone, nothing posted now. Change it below.',
    ],
    [
      { tier: 'unattributed', audience: 'channel', place: { ...ops, membersKnown: false, canPost: false } },
      'No name stored, for nobody until the app is invited, nothing posted now. Change it below.',
    ],
  ];
  test.each(rows)('%#', (changes, words) => {
    expect(whoCanSeeInShort(sharing(changes))).toBe(words);
  });
});

describe('the disclaimer', () => {
  test.each([
    ['no', 'Nobody who relies on this was affected, and there is still a lot to learn from it.'],
    [
      'not_sure',
      'As far as we know, nobody who relies on this was affected, and there is still a lot to learn from it.',
    ],
    [
      undefined,
      'As far as we know, nobody who relies on this was affected, and there is still a lot to learn from it.',
    ],
    [
      'briefly',
      'This reached people for a short while and was stopped, and there is a lot to learn from how.',
    ],
  ] as const)('reached: %s', (reached, sentence) => {
    expect(reachedSentence(reached)).toBe(sentence);
    expect(disclaimer(reached)).toBe(
      `${sentence} We want to know how it looked from where you were, with what you knew then, and what went right. We look at how the work fits together, not for someone at fault. Taking part is your choice: skip any question, and change or withdraw your own words whenever you like. The app does not count near-misses per person.`,
    );
  });

  test('on the card only what somebody said', () => {
    expect(reachedOnCard('no')).toBe('Nobody who relies on this was affected');
    expect(reachedOnCard('briefly')).toBe('Reached people for a short while');
    expect(reachedOnCard('not_sure')).toBeUndefined();
    expect(reachedOnCard(undefined)).toBeUndefined();
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
