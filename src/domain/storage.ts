/*
 * What the rest of the app asks of its store. `src/storage` answers it with SQLite; a store for several
 * replicas can one day, which is why everything returns a promise.
 */
import type { Capture } from './capture.ts';
import type { DigestSettings } from './digest.ts';
import type { Digests, Presses, Wordings } from './digests.ts';
import type { NearMissLists } from './lists.ts';
import type { NearMiss, Reached, Telling } from './near-miss.ts';
import type { Outbox, UnseenCard } from './outbox.ts';
import type { FormerSteward } from './stewards.ts';

export type Storage = {
  workspaces: Workspaces;
  stewards: Stewards;
  nearMisses: NearMisses;
  lists: NearMissLists;
  outbox: Outbox;
  digests: Digests;
  presses: Presses;
  wordings: Wordings;
  /** Can something be stored just now? Proved by writing, since a disk fills up later. */
  isWritable: () => Promise<boolean>;
  close: () => void;
};

/** What a workspace has settled. */
export type Settings = {
  /** User ids of those who look after near-misses. */
  stewards: string[];
  /** Absent until a channel was chosen. */
  digest?: DigestSettings | undefined;
  /** When Slack last refused a chart here; it is not tried again for a week. */
  chartRefusedAt?: number | undefined;
  /** The channel that takes no digest, of which stewards were told. */
  refusedChannel?: string | undefined;
  /** Those of the stewards who are none any more, as the others were told. */
  formerStewards?: FormerSteward[] | undefined;
};

export type Workspaces = {
  /** Notes a workspace, or its new name. */
  remember: (workspace: { teamId: string; name: string }) => Promise<void>;
  /** The settings of a workspace; those of a new one if it is not known. */
  settings: (teamId: string) => Promise<Settings>;
  /** Settles something anew; the rest stays as it is. */
  change: (teamId: string, settings: Partial<Settings>) => Promise<void>;
  /** The channel of the digest is called this by now. Nothing where the digest goes elsewhere meanwhile. */
  renameDigestChannel: (of: { teamId: string; channelId: string; name: string }) => Promise<void>;
};

export type Stewards = {
  /**
   * Notes which of those who were chosen are stewards no longer, if that is news: their previews are taken away, and
   * the Homes of all are drawn again. @returns whether it was.
   */
  noteFormer: (of: { teamId: string; former: FormerSteward[]; now: number }) => Promise<boolean>;
};

export type NearMisses = {
  /**
   * Stores a capture durably, once per id: a second one with the same id changes the same near-miss.
   * Its card and its confirmation (at `confirmBy` at the latest) go into the outbox with it.
   * @returns its number, absent while unattributed; undefined where it was withdrawn meanwhile and nothing was stored.
   */
  capture: (capture: Capture, now: number, confirmBy: number) => Promise<{ number?: number } | undefined>;
  byId: (teamId: string, id: string) => Promise<NearMiss | undefined>;
  byNumber: (teamId: string, number: number) => Promise<NearMiss | undefined>;
  /** Has this person shared one with their id kept? */
  hasShared: (teamId: string, personId: string) => Promise<boolean>;
  /**
   * Changes what an author told; `reached` and the end of the draft belong to the reporter.
   * @returns the near-miss as it is kept now, and what its author told, people in the order they were chosen;
   * undefined where it is gone or withdrawn, and nothing was stored.
   */
  tell: (tell: Tell) => Promise<{ nearMiss: NearMiss; telling: Telling } | undefined>;
  /** The reporter's own first words, system, and whether it reached anyone, as in `Tell`. False where it is gone or withdrawn, and nothing was stored. */
  reword: (change: {
    teamId: string;
    id: string;
    summary: string;
    system?: string | undefined;
    reached?: Reached | null | undefined;
    now: number;
  }) => Promise<boolean>;
  /**
   * Changes who may read it and who may see who shared it. Going unattributed un-stores what the tier does not keep.
   * @returns as `capture` does; or what is not known of the card that would have to go. It might stay, with a name
   * on it, and afterwards nobody could be told, so nothing was changed.
   */
  changeWhoCanSee: (
    change: Capture,
    now: number,
  ) => Promise<{ number?: number } | { cardUnseen: UnseenCard } | undefined>;
  /**
   * Blanks the reporter's words, and what was posted. What others added stays theirs.
   * @returns where it was posted, and Slack has yet to take the words off; the same when it was withdrawn before.
   */
  withdraw: (of: { teamId: string; id: string; now: number }) => Promise<Posted>;
  /** Forgets what this person added, whatever became of the near-miss since. @returns as `withdraw` does. */
  forgetAdded: (of: { teamId: string; id: string; authorId: string; now: number }) => Promise<Posted>;
  /** Numbers the unattributed near-misses of earlier days, in an order `shuffle` makes. */
  numberThoseAppearing: (
    teamId: string,
    now: number,
    shuffle: <Item>(items: Item[]) => Item[],
  ) => Promise<void>;
};

/** Where words stand outside the app. */
export type Posted = { card: boolean; digest: boolean };

export type Tell = {
  teamId: string;
  id: string;
  /** Absent: the reporter, named or not. */
  authorId?: string | undefined;
  /**
   * What the author told, out of what they told before. It is read and written in one transaction, so that two
   * changes at once are both kept; it may run again and has to do nothing else.
   */
  change: (before: Telling) => Telling;
  /** What others add was promised to stay in the channel when they were asked, whoever may read the story by now. */
  staysInChannel?: boolean | undefined;
  /** Null: asked and not answered. Absent: not asked, so what was answered before stands. */
  reached?: Reached | null | undefined;
  /** Set when step 2 was sent: it is a draft no more. */
  toldAt?: number | undefined;
  now: number;
};
