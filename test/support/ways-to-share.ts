import type { Sharing, Steward } from '../../src/domain/access/who-can-see.ts';
import type { Audience, Tier } from '../../src/domain/near-miss.ts';
import { ops } from './near-miss.ts';

const AMIRA: Steward = { id: 'U1', name: 'Amira', inConversation: true };
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
