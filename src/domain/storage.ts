/*
 * What the rest of the app asks of its store. `src/storage` answers it with SQLite; a store for several
 * replicas can one day, which is why everything returns a promise.
 */
import type { Looks } from './access/looks.ts';
import type { Digests, Presses, Wordings } from './digest/kept-digest.ts';
import type { NearMissLists } from './home/near-miss-lists.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Stewards } from './stewards/stewards.ts';
import type { NearMisses } from './story/near-misses.ts';
import type { Workspaces } from './workspaces.ts';

export type Storage = {
  workspaces: Workspaces;
  stewards: Stewards;
  nearMisses: NearMisses;
  looks: Looks;
  lists: NearMissLists;
  outbox: Outbox;
  digests: Digests;
  presses: Presses;
  wordings: Wordings;
  /** Can something be stored just now? Proved by writing, since a disk fills up later. */
  isWritable: () => Promise<boolean>;
  /** Sentences on why nothing can be stored just now, for whoever runs the app, which anybody may read. */
  notes: () => string[];
  close: () => void;
};
