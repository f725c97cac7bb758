import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Facts } from '../../src/slack/platform/conversation-facts.ts';
import { asNamed, contradicts, namedAs } from '../../src/slack/platform/conversation-names.ts';

const ORDER = ['direct', 'private', 'public'] as const;
const facts: fc.Arbitrary<Facts> = fc.record({
  id: fc.constant('C1'),
  name: fc.constantFrom('ops', 'ops-old', ''),
  kind: fc.constantFrom(...ORDER),
  membersKnown: fc.constantFrom(true, false, undefined),
  canPost: fc.constantFrom(true, false, undefined),
  sharedOutside: fc.boolean(),
});
const name = fc.constantFrom('ops', 'privategroup', 'directmessage', 'mpdm-ana--jon-1');
const isMember = fc.constantFrom(true, false, undefined);

test('of what was known and what a payload says the more private counts, and nothing more is promised', () => {
  fc.assert(
    fc.property(facts, name, isMember, (known, called, member) => {
      const named = namedAs({ id: 'C1', name: called });
      const now = asNamed(known, named, member);
      const rank = (kind: (typeof ORDER)[number]) => ORDER.indexOf(kind);
      expect(rank(now.kind)).toBe(Math.min(rank(known.kind), rank(named.kind)));
      expect(now.kind === 'direct' && now.name !== '').toBe(false);
      expect(now.membersKnown).toBe(now.kind === known.kind ? known.membersKnown : member);
      expect(now.canPost === true && known.canPost !== true).toBe(false);
      expect(now.sharedOutside).toBe(known.sharedOutside);
    }),
  );
});

test.each([
  ['ops', 'public', false],
  ['ops', 'private', true],
  ['privategroup', 'public', true],
  ['privategroup', 'private', false],
  // Slack says so of some that are a conversation of a few people.
  ['privategroup', 'direct', false],
  ['mpdm-ana--jon-1', 'private', true],
] as const)('called %s, and known as %s: Slack is asked again: %s', (called, kind, isAsked) => {
  const known: Facts = {
    id: 'C1',
    name: 'ops',
    kind,
    membersKnown: true,
    canPost: true,
    sharedOutside: false,
  };
  expect(contradicts(namedAs({ id: 'C1', name: called }), known)).toBe(isAsked);
});

test('a private channel keeps the name it is known by, as a payload gives it none', () => {
  const known: Facts = {
    id: 'C1',
    name: 'ledger',
    kind: 'private',
    membersKnown: true,
    canPost: true,
    sharedOutside: false,
  };
  expect(asNamed(known, namedAs({ id: 'C1', name: 'privategroup' }), true)).toEqual(known);
});
