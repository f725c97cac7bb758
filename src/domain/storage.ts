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
  waitingRoom: WaitingRoom;
  rebuild: Rebuild;
  /** Can something be stored just now? Proved by writing, since a disk fills up later. */
  isWritable: () => Promise<boolean>;
  /** Sentences on why nothing can be stored just now, for whoever runs the app, which anybody may read. */
  notes: () => string[];
  /** At once, but for what goes on by itself: it resolves when that is over. */
  close: () => Promise<void>;
};

/** Where near-misses without a name wait until their day is over. */
export type WaitingRoom = {
  /**
   * Takes those whose day is over to the others. Called every ten minutes, it dates the room anew whether anybody
   * shared something or not; whatever shows near-misses that appear sees to the first by itself.
   */
  tend: (now: number) => Promise<void>;
};

/** What was forgotten leaves copies until the store is built anew, which goes on by itself. */
type Rebuild = {
  /** Called every ten minutes: begins what is due by now. @throws why it failed since the last time. */
  tend: (now: number) => Promise<void>;
};
