import { describe, expect, test } from 'vitest';
import {
  type Sharing,
  whoCanSee,
  whoCanSeeInShort,
  whoCanSeeToOthers,
} from '../../src/domain/access/who-can-see.ts';
import { JON, ops, sharing, WAYS } from '../support/example-near-misses.ts';

describe('the six, to the person who shares it', () => {
  const sentences = [
    'Everyone at Acme can read the story; guests see it only where it is posted. Your name is on it. A card goes into this thread when you save. It can be in the digest in #learning. You can change or withdraw your words at any time.',
    'Only members of #payments-ops can read the story, for as long as they are members. Your name is on it. A card goes into this thread when you save. It is never in the digest. You can change or withdraw your words at any time.',
    "Everyone at Acme can read the story; guests see it only where it is posted. Amira and Jon can look up your name; each look is written down and you can see it. Nobody else can in Slack. Nothing is posted now. It first appears in the digest in #learning on Monday 20 October, showing the day but not the time. The people who run the app's server could find your name there.",
    "Only members of #payments-ops can read the story, for as long as they are members. Amira can look up your name; each look is written down and you can see it. Nobody else can in Slack. Nothing is posted now. A card goes into #payments-ops on Monday 20 October, showing the day but not the time. It is never in the digest. The people who run the app's server could find your name there.",
    'Everyone at Acme can read the story; guests see it only where it is posted. The app does not store who you are, so nobody can look it up here. Nothing is posted now. It first appears in the digest in #learning on Monday 20 October, showing the day but not the time. This cannot be changed later, since the app will not know that it was you. Slack may keep its own record that you used the app, and in a small team people may guess from the details.',
    'Only members of #payments-ops can read the story, for as long as they are members. The app does not store who you are, so nobody can look it up here. Nothing is posted now. A card goes into #payments-ops on Monday 20 October, showing the day but not the time. It is never in the digest. This cannot be changed later, since the app will not know that it was you. Slack may keep its own record that you used the app, and in a small team people may guess from the details.',
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
    'Who can see this: everyone at Acme, guests only where it is posted. The name of the person who shared it can be looked up by Amira and Jon only; each look is written down. Please do not try to work it out. What you add carries your name.',
    'Who can see this: members of #payments-ops, for as long as they are members. The name of the person who shared it can be looked up by Amira only; each look is written down. Please do not try to work it out. What you add carries your name and stays in #payments-ops.',
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
