/*
 * What the rest of the app asks of its store. `src/storage` answers it with SQLite; a store for several
 * replicas can one day, which is why everything returns a promise.
 */
import type { Capture } from './capture.ts';
import type { NearMissLists } from './lists.ts';
import type { NearMiss, Reached, Telling } from './near-miss.ts';
import type { Outbox } from './outbox.ts';

export type Storage = {
  workspaces: Workspaces;
  nearMisses: NearMisses;
  lists: NearMissLists;
  outbox: Outbox;
  close: () => void;
};

/** What a workspace has settled. */
export type Settings = {
  /** User ids of those who look after near-misses. */
  stewards: string[];
};

export type Workspaces = {
  /** Notes a workspace, or its new name. */
  remember: (workspace: { teamId: string; name: string }) => Promise<void>;
  /** The settings of a workspace; those of a new one if it is not known. */
  settings: (teamId: string) => Promise<Settings>;
};

export type NearMisses = {
  /**
   * Stores a capture durably, once per id: a second one with the same id changes the same near-miss.
   * Its card and its confirmation (at `confirmBy` at the latest) go into the outbox with it.
   * @returns its number, absent while unattributed.
   */
  capture: (capture: Capture, now: number, confirmBy: number) => Promise<{ number?: number }>;
  byId: (teamId: string, id: string) => Promise<NearMiss | undefined>;
  byNumber: (teamId: string, number: number) => Promise<NearMiss | undefined>;
  /** Has this person shared one with their id kept? */
  hasShared: (teamId: string, personId: string) => Promise<boolean>;
  /** Puts a telling in place of the author's earlier one; `reached` and the end of the draft belong to the reporter. */
  tell: (tell: Tell) => Promise<void>;
  /** The reporter's own first words and system. */
  reword: (change: {
    teamId: string;
    id: string;
    summary: string;
    system?: string | undefined;
    now: number;
  }) => Promise<void>;
  /** Changes who may read it and who may see who shared it. Going unattributed un-stores what the tier does not keep. */
  changeWhoCanSee: (change: Capture, now: number) => Promise<{ number?: number }>;
  /** Blanks the reporter's words, and what was posted. What others added stays theirs. */
  withdraw: (of: { teamId: string; id: string; now: number }) => Promise<void>;
  /** Numbers the unattributed near-misses of earlier days, in an order `shuffle` makes. */
  numberThoseAppearing: (
    teamId: string,
    now: number,
    shuffle: <Item>(items: Item[]) => Item[],
  ) => Promise<void>;
};

export type Tell = {
  teamId: string;
  id: string;
  /** Absent: the reporter, named or not. */
  authorId?: string | undefined;
  telling: Telling;
  reached?: Reached | undefined;
  /** Set when step 2 was sent: it is a draft no more. */
  toldAt?: number | undefined;
  now: number;
};
