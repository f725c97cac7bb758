import type { Place } from '../../src/domain/access/place.ts';
import { EMPTY_TELLING, type NearMiss } from '../../src/domain/near-miss.ts';
import type { Around } from '../../src/slack/access/sharing-facts.ts';

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
  summary: "The invoices had last year's tax rate. We saw it an hour before they went out.",
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
export const names = new Map([
  ['U_MARIA', 'Maria Lopez'],
  ['U_JON', 'Jon Park'],
]);

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
