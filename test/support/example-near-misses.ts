import type { Place } from '../../src/domain/access/place.ts';
import type { Sharing, Steward } from '../../src/domain/access/who-can-see.ts';
import type { Adoption, Digest } from '../../src/domain/digest/digest.ts';
import {
  type Audience,
  EMPTY_TELLING,
  type NearMiss,
  type Telling,
  type Tier,
} from '../../src/domain/near-miss.ts';
import type { Around } from '../../src/slack/access/sharing-facts.ts';

/* Near-misses, and ways to share them, for tests of one function each. */

export const names = new Map([
  ['U_MARIA', 'Maria Lopez'],
  ['U_JON', 'Jon Park'],
  ['U_TOM', 'Tom Weber'],
]);

export const around: Around = { workspace: 'Acme', app: 'nearmiss', stewards: [] };

export const ops: Place = {
  id: 'C1',
  name: 'payments-ops',
  kind: 'public',
  membersKnown: true,
  canPost: true,
  sharedOutside: false,
  inThread: true,
};

/** As it is after Save. */
export const shared: NearMiss = {
  id: 'id',
  teamId: 'T1',
  number: 12,
  tier: 'named',
  audience: 'everyone',
  reporterId: 'U_MARIA',
  stewardsThen: [],
  conversation: ops,
  card: { channelId: 'C1', threadTs: '1.2' },
  capturedAt: 1,
  summary:
    "The invoices had last year's tax rate for one group of customers. We saw it an hour before they went out.",
  system: 'Invoices',
  told: EMPTY_TELLING,
  added: [],
};

/** The same with an answer to each question. */
export const told: NearMiss = {
  ...shared,
  toldAt: 2,
  reached: 'no',
  told: {
    saves: [
      { text: 'We open ten invoices by hand before every run' },
      { text: 'the send was planned for 10:00', kind: 'luck' },
    ],
    signal: { kind: 'routine_check', noticed: "The total looked low next to last month's" },
    keyPlayers: [{ personId: 'U_JON', madePossible: 'Could stop the send' }],
    answers: {
      closeness: 'One hour later, 400 customers would have had a wrong invoice.',
      expected: 'A green job means right invoices.',
      instead: 'It checks that they exist.',
      protecting: 'Customers, and the colleagues who answer their calls.',
      practice: 'Before a large send, open ten items by hand.',
    },
  },
};

/** What was told of it, from how close it was on, as whoever opens it reads it in a transcript. */
export const REST_OF_IT = `*How close it was*
One hour later, 400 customers would have had a wrong invoice.

*What surprised us*
It checks that they exist.
We expected: A green job means right invoices.

*How it was noticed*
A routine check
The total looked low next to last month's

*Who it took*
Could stop the send

*Who we were protecting*
Customers, and the colleagues who answer their calls.

*Worth borrowing*
Before a large send, open ten items by hand.
`;

/** With what went right and how close it was. */
export const toldInPart: NearMiss = {
  ...shared,
  reached: 'no',
  told: {
    ...EMPTY_TELLING,
    saves: [
      { text: 'We open ten invoices by hand before every run' },
      { text: 'The person who can stop the send is in this channel' },
      { text: 'the send was planned for 10:00, not overnight', kind: 'luck' },
    ],
    answers: { closeness: 'One hour later, 400 customers would have had a wrong invoice.' },
  },
};

/** Changes of it, and the answers it has, for a digest. */
export function nearMiss(changes: Partial<NearMiss> & { answers?: Telling['answers'] } = {}): NearMiss {
  const { answers = {}, ...others } = changes;
  return {
    ...shared,
    capturedAt: Date.UTC(2025, 9, 14, 20, 40),
    told: { ...EMPTY_TELLING, answers },
    ...others,
  };
}

const practice = 'Before a large send, open ten items by hand and compare one number you know.';

export const invoices = nearMiss({
  told: {
    saves: [
      { text: 'We open ten invoices by hand before every run' },
      { text: 'The person who can stop the send is in the same channel' },
      { text: 'the send was planned for 10:00, not overnight', kind: 'luck' },
    ],
    signal: { kind: 'routine_check', noticed: "the total looked low next to last month's." },
    keyPlayers: [
      { personId: 'U_JON', madePossible: 'Someone who can stop the send' },
      { personId: 'U_TOM', madePossible: 'Someone who knows the tax table.' },
    ],
    answers: {
      closeness: 'One hour later, 400 customers would have had a wrong invoice.',
      expected: 'A green job means right invoices.',
      instead: 'The job was green. It checks that the invoices exist, not that they are right.',
      protecting: 'Customers, and the colleagues who answer their calls.',
      practice,
    },
  },
});

export const phones = nearMiss({
  id: 'another',
  number: 13,
  system: 'Phones',
  summary: 'The main number was dead at night and back before opening.',
  capturedAt: Date.UTC(2025, 9, 16, 6, 0),
  answers: { practice: 'Keep one phone line on a second supplier\nfor the first hour of the day.' },
});

export const plain = nearMiss({
  id: 'a-third',
  number: 14,
  system: undefined,
  summary: 'Two reports differed.',
});

export function digestOf(stories: NearMiss[], borrowed: Adoption[] = []): Digest {
  return { from: Date.UTC(2025, 9, 13), to: Date.UTC(2025, 9, 19), zone: 'Europe/London', stories, borrowed };
}

export const AMIRA: Steward = { id: 'U1', name: 'Amira', inConversation: true };

export const JON: Steward = { id: 'U2', name: 'Jon', inConversation: false };

/** A thread in #payments-ops, digest in #learning, card ticked. */
export function sharing(changes: Partial<Sharing> = {}): Sharing {
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

/** Every tier with every audience. */
export const WAYS: [Tier, Audience][] = [
  ['named', 'everyone'],
  ['named', 'channel'],
  ['confidential', 'everyone'],
  ['confidential', 'channel'],
  ['unattributed', 'everyone'],
  ['unattributed', 'channel'],
];
