import type { Capture } from '../capture/capture.ts';
import type { NearMiss, Telling } from '../near-miss.ts';
import type { UnseenCard } from '../outbox/outbox.ts';
import type { Posted } from './appearance.ts';
import type { Reached } from './choices.ts';

/** Near-misses as they are kept. Each is one workspace's: none is found, counted or changed from another. */
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
  reword: (rewording: Rewording) => Promise<boolean>;
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

export type Rewording = Pick<Tell, 'teamId' | 'id' | 'reached' | 'now'> & {
  summary: string;
  system?: string | undefined;
};
