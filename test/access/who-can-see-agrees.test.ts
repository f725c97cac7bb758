import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayChange, mayRead, showsName, type Viewer } from '../../src/domain/access/gate.ts';
import { mayLookUp } from '../../src/domain/access/looks.ts';
import type { Place } from '../../src/domain/access/place.ts';
import { whyWider } from '../../src/domain/access/promised-place.ts';
import {
  type Sharing,
  type Steward,
  tellsOfOutsiders,
  whoCanSee,
  whoCanSeeInShort,
  whoCanSeeToOthers,
} from '../../src/domain/access/who-can-see.ts';
import { tierFor, toCapture } from '../../src/domain/capture/capture.ts';
import type { Audience, ConversationKind, Tier } from '../../src/domain/near-miss.ts';

/*
 * The sentences are read here as a person reads them, word by word, and held against what the gate does. A
 * rule that changes without its words, or words without their rule, fails.
 */

const NOW = Date.UTC(2026, 9, 14, 21, 40);
const LATER = NOW + 2 * 24 * 60 * 60 * 1000;
const CHANNEL = 'C_PLACE';

const stewards = fc.constantFrom<Steward[]>(
  [],
  [{ id: 'U_AMIRA', name: 'Amira', inConversation: true }],
  [{ id: 'U_JON', name: 'Jon', inConversation: false }],
  [
    { id: 'U_AMIRA', name: 'Amira', inConversation: true },
    { id: 'U_JON', name: 'Jon', inConversation: false },
  ],
);

const places = fc
  .record({
    kind: fc.constantFrom<ConversationKind>('public', 'private', 'direct'),
    membersKnown: fc.constantFrom(true, false, undefined),
    canPost: fc.boolean(),
    sharedOutside: fc.boolean(),
    outside: fc.constantFrom(undefined, 'pending' as const, 'unsaid' as const),
    inThread: fc.boolean(),
  })
  .map(
    (facts): Place => ({
      id: CHANNEL,
      name: facts.kind === 'direct' ? '' : 'payments-ops',
      ...facts,
      outside: facts.sharedOutside ? facts.outside : undefined,
      // Slack says of every public channel who is in it.
      membersKnown: facts.kind === 'public' ? true : facts.membersKnown,
    }),
  );

const sharings = fc
  .record({
    tier: fc.constantFrom<Tier>('named', 'confidential', 'unattributed'),
    audience: fc.constantFrom<Audience>('everyone', 'channel'),
    place: fc.option(places, { nil: undefined }),
    card: fc.boolean(),
    stewards,
    digest: fc.constantFrom(undefined, { channel: '#learning', next: 'Monday 20 October' }),
  })
  .map(
    (given): Sharing => ({
      workspace: 'Acme',
      ...given,
      audience: given.place === undefined ? 'everyone' : given.audience,
      tier: tierFor(given.tier, given.place === undefined ? 'everyone' : given.audience, given.place),
    }),
  );

/** What Save makes of it. */
function stored(sharing: Sharing) {
  const { tier, audience, place, card, stewards: then } = sharing;
  return toCapture(
    {
      id: 'random',
      teamId: 'T1',
      personId: 'U_REPORTER',
      summary: 'It nearly went wrong.',
      tier,
      audience,
      wantsCard: card,
      conversation: place && { id: place.id, name: place.name, kind: place.kind },
      cardForOutsiders: tellsOfOutsiders(sharing),
      stewards: then,
    },
    NOW,
  );
}

/** Somebody of the workspace; in the conversation as far as the app can see who is, or may turn out to see. */
function viewer(
  id: string,
  place: Place | undefined,
  isIn: boolean,
  standing: Viewer['standing'] = 'member',
) {
  const seen = isIn && place !== undefined && place.membersKnown !== false;
  return { id, standing, channels: new Set(seen ? [CHANNEL] : []) };
}

/** Those who pass the gate, and those in front of whom it is posted. */
function readers(nearMiss: ReturnType<typeof stored>, place: Place | undefined) {
  const isPosted = nearMiss.card !== undefined && place?.canPost === true;
  const reads = (id: string, isIn: boolean, standing?: Viewer['standing']) =>
    mayRead(viewer(id, place, isIn, standing), nearMiss, LATER);
  return {
    reporter: reads('U_REPORTER', false),
    inside: isPosted || reads('U1', true),
    outside: reads('U1', false),
    guest: reads('U1', true, 'guest'),
    external: reads('U1', true, 'external'),
  };
}

function hold(check: (sharing: Sharing, sentence: string, nearMiss: ReturnType<typeof stored>) => void) {
  fc.assert(
    fc.property(sharings, (sharing) => check(sharing, whoCanSee(sharing), stored(sharing))),
    { numRuns: 2000 },
  );
}

/** Exactly one of these sentences stands there, and it says who reads. */
const STORY: [RegExp, { inside: boolean; outside: boolean; alone: boolean }][] = [
  [
    /^Everyone at Acme can read the story; guests see it only where it is posted\./,
    { inside: true, outside: true, alone: false },
  ],
  [
    /^Only members of #payments-ops can read the story, for as long as they are members\./,
    { inside: true, outside: false, alone: false },
  ],
  [
    /^Only the people in this conversation can read the story\./,
    { inside: true, outside: false, alone: false },
  ],
  [/^Only you can read the story, /, { inside: false, outside: false, alone: true }],
  [/^Nobody can read the story, /, { inside: false, outside: false, alone: false }],
];

test('who the story part names can read it, and nobody else', () => {
  hold(({ place }, sentence, nearMiss) => {
    const matching = STORY.filter(([words]) => words.test(sentence));
    expect(matching).toHaveLength(1);
    const found = readers(nearMiss, place);
    const { inside, outside, reporter } = found;
    expect({ inside, outside, alone: reporter && !inside }).toEqual(matching[0]?.[1]);
    expect([found.guest, found.external]).toEqual([false, false]);
  });
});

test('nobody is told that they alone can read what is put in front of others', () => {
  hold((sharing, sentence, nearMiss) => {
    const isPosted = nearMiss.card !== undefined && sharing.place?.canPost === true;
    if (!isPosted) return;
    for (const when of [sentence, whoCanSee(sharing, 'after')])
      expect(when).not.toMatch(/Only you|Nobody can read the story/);
    expect(whoCanSeeInShort(sharing)).not.toMatch(/for you alone|for nobody/);
  });
});

test('the short form names the same readers', () => {
  hold((sharing, _sentence, nearMiss) => {
    const { inside, outside, reporter } = readers(nearMiss, sharing.place);
    const short = whoCanSeeInShort(sharing);
    expect(short.includes('for everyone at Acme')).toBe(outside);
    expect(/for (members of|the people in)/.test(short)).toBe(inside && !outside);
    expect(short.includes('for you alone')).toBe(reporter && !inside);
    expect(short.includes('for nobody')).toBe(!reporter && !inside);
  });
});

test('what is said about the name is what is stored and shown', () => {
  hold((sharing, sentence, nearMiss) => {
    const isStored = JSON.stringify(nearMiss).includes('U_REPORTER');
    expect(sentence.includes('The app does not store who you are')).toBe(!isStored);
    expect(sentence.includes('Your name is on it.')).toBe(isStored && showsName(nearMiss.tier));
    expect(sentence.includes('could find your name')).toBe(isStored && !showsName(nearMiss.tier));
    expect(sentence.includes('You can change or withdraw')).toBe(
      showsName(nearMiss.tier) && mayChange('U_REPORTER', nearMiss),
    );
    const short = whoCanSeeInShort(sharing);
    expect(short.startsWith('No name stored')).toBe(!isStored);
    expect(short.startsWith('With your name')).toBe(isStored && showsName(nearMiss.tier));
  });
});

/** Whoever is in the conversation by then, and has been made a steward since. */
function canLook(id: string, isIn: boolean, nearMiss: ReturnType<typeof stored>) {
  // A steward is asked about in person; whether the app can list everybody else is another matter.
  const asks: Viewer = { id, standing: 'member', channels: new Set(isIn ? [CHANNEL] : []) };
  return mayRead(asks, nearMiss, LATER) && mayLookUp(id, nearMiss, true);
}

test('whom the sentence names can look up the name where they are in it; nobody else can, whoever joins later', () => {
  hold(({ stewards: then, tier }, sentence, nearMiss) => {
    for (const { id, name, inConversation } of then) {
      const named = new RegExp(`\\b${name}\\b.* can look up your name`).test(sentence);
      expect(canLook(id, inConversation, nearMiss)).toBe(named);
      expect(canLook(id, true, nearMiss)).toBe(named);
    }
    expect(canLook('U_CHOSEN_LATER', true, nearMiss)).toBe(false);
    expect(sentence.includes('nobody can look up your name in Slack')).toBe(
      tier === 'confidential' && !/ can look up your name;/.test(sentence),
    );
  });
});

test('a card is promised for now where one is stored and can be posted', () => {
  hold((sharing, sentence, nearMiss) => {
    const posted = nearMiss.card !== undefined && sharing.place?.canPost === true;
    expect(/A card goes into .* when you save\./.test(sentence)).toBe(posted);
    expect(whoCanSeeInShort(sharing).includes('with a card in')).toBe(posted);
    expect(/Its card is in /.test(whoCanSee(sharing, 'after'))).toBe(posted);
    const somewhen = posted || / A card goes into #payments-ops on /.test(sentence);
    expect(/people there will see the card/i.test(sentence)).toBe(
      somewhen && sharing.place?.sharedOutside === true,
    );
  });
});

test('where a card is promised the same place takes it, and one with fewer people, but none with more', () => {
  hold((sharing, sentence, nearMiss) => {
    const { place } = sharing;
    if (place === undefined || !/ A card goes into /.test(sentence)) return;
    expect(whyWider(nearMiss, place)).toBeUndefined();
    expect(whyWider(nearMiss, { kind: 'direct', sharedOutside: false })).toBeUndefined();
    const outside = whyWider(nearMiss, { ...place, sharedOutside: true, outside: undefined });
    expect(outside).toBe(/people there will see the card/i.test(sentence) ? undefined : 'shared_outside');
    const isForFew = !sentence.startsWith('Everyone ') && place.kind !== 'public';
    const opened = whyWider(nearMiss, { ...place, sharedOutside: false, kind: 'public' });
    expect(opened).toBe(isForFew ? 'more_readers' : undefined);
  });
});

test('the digest is promised only to a workspace that has one, and never for a channel', () => {
  hold(({ digest, audience }, sentence) => {
    const promised = /in the digest in #learning/.test(sentence);
    expect(promised).toBe(digest !== undefined && audience === 'everyone');
    expect(sentence.includes('It is never in the digest.')).toBe(
      digest !== undefined && audience === 'channel',
    );
    expect(digest === undefined && sentence.includes('digest')).toBe(false);
  });
});

test('others who may read it are told the same story', () => {
  hold((sharing, _sentence, nearMiss) => {
    const { inside, outside } = readers(nearMiss, sharing.place);
    if (!inside && !outside) return;
    const words = whoCanSeeToOthers(sharing, showsName(sharing.tier) ? 'Maria' : undefined);
    expect(words.includes('everyone at Acme, guests only where it is posted')).toBe(outside);
    expect(words.includes('What you add carries your name and stays in')).toBe(!outside);
    expect(words.includes('Maria shared it under their name')).toBe(showsName(nearMiss.tier));
    expect(words.includes('The app does not know who shared it')).toBe(nearMiss.reporterId === undefined);
  });
});
