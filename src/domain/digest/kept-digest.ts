import type { NearMiss } from '../near-miss.ts';
import type { Digest, DigestSettings } from './digest.ts';
import type { Part } from './parts.ts';
import type { LastSlot } from './timetable.ts';

/**
 * `preview`: closed, and stewards are looking. `held`: a steward keeps it back. `published`: its messages are in
 * the outbox, or went from there. `quiet`: its week had nothing to say.
 */
export type DigestState = 'preview' | 'held' | 'published' | 'quiet';

export type KeptDigest = {
  id: string;
  teamId: string;
  /** The definition it is one of. */
  definitionId: string;
  /** Of the timetable, unless it leaves its slot to another. */
  week?: string | undefined;
  /** When its preview was due by the timetable of then; one without previews at its slot. */
  previewDueAt?: number | undefined;
  state: DigestState;
  from: number;
  closedAt: number;
  publishAt: number;
  zone: string;
  channelId: string;
  /** Its channel was chosen knowing that people of other organisations are in it. */
  sharedOutside: boolean;
  replies: number;
  /** The steward who decided, and what. */
  decidedBy?: string | undefined;
  decision?: string | undefined;
};

/** Stewards look at it, or hold it back. */
export function isOpen({ state }: Pick<KeptDigest, 'state'>): boolean {
  return state === 'preview' || state === 'held';
}

export type KeptPart = Part & { digestId: string; position: number; ts?: string | undefined };

export type Freezing = {
  id: string;
  teamId: string;
  definitionId: string;
  /** Of a timetable's digest; absent for one that was asked for by hand. */
  week?: string | undefined;
  previewDueAt?: number | undefined;
  /** A week with nothing to say is noted as quiet; absent where somebody only asked, so that its digest may still come. */
  keepsQuiet?: boolean | undefined;
  /** Open digests whose time has come as well: this one tells their stories, so that one is posted. */
  insteadOf?: string[] | undefined;
  closedAt: number;
  publishAt: number;
  state: 'preview' | 'published';
  channelId: string;
  /** Its channel was chosen knowing that people of other organisations are in it. */
  sharedOutside: boolean;
  zone: string;
  replies: number;
  shuffle: <Item>(items: Item[]) => Item[];
  /** What a week with nothing new shows: nothing, or one of what was in a digest before. */
  quietWeek: DigestSettings['quietWeek'];
};

export type Press = 'learned' | 'seen' | 'use';
export type PressCounts = Record<Press, number>;

/** Digests as they are kept. */
export type Digests = {
  /** The last one of the timetable. */
  last: (teamId: string) => Promise<LastSlot | undefined>;
  /** Dates now what was dated by a clock that was far ahead; says how much that was. */
  putClockRight: (of: { teamId: string; now: number }) => Promise<number>;
  /** What a digest frozen at `closedAt` would tell. */
  next: (teamId: string, closedAt: number) => Promise<NearMiss[]>;
  /** Is there anything to show, new or, if that is what a quiet week does, from the archive? */
  hasSomething: (
    teamId: string,
    closedAt: number,
    quietWeek: DigestSettings['quietWeek'],
  ) => Promise<boolean>;
  /** Posts the cards of quiet near-misses that are for one channel, where there is no digest to come with. */
  showQuietCards: (
    of: { teamId: string; now: number } & Pick<Freezing, 'closedAt' | 'shuffle'>,
  ) => Promise<void>;
  /**
   * Chooses, numbers and stores a digest in one transaction: what was publishable then is in this one and in no
   * other. Undefined when its week has one already, by another process or before.
   */
  freeze: (freezing: Freezing) => Promise<KeptDigest | undefined>;
  byId: (teamId: string, id: string) => Promise<KeptDigest | undefined>;
  /** Those that stewards look at or hold, whose time to publish has come. */
  due: (teamId: string, now: number) => Promise<KeptDigest[]>;
  /** The one stewards look at or hold. */
  open: (teamId: string) => Promise<KeptDigest | undefined>;
  /** The one stewards look at or hold that tells this near-miss. */
  openWith: (teamId: string, nearMissId: string) => Promise<KeptDigest | undefined>;
  /** Puts it on its way to `channelId`, with what is in it by now. False when somebody decided before. */
  publish: (
    of: Decision & {
      by?: string | undefined;
      channelId: string;
    } & Pick<Freezing, 'sharedOutside' | 'quietWeek' | 'shuffle'>,
  ) => Promise<boolean>;
  /** Keeps it back, which its previews show. False when somebody decided before. */
  hold: (of: Decision & { by: string; until: number }) => Promise<boolean>;
  /** Takes a story out, for next week or for good, with a steward's line to whoever shared it. */
  leaveOut: (
    of: Decision & { nearMissId: string; by: string; line: string; forGood: boolean },
  ) => Promise<boolean>;
  /** Its messages in order: which stories have one of their own. */
  parts: (teamId: string, digestId: string) => Promise<KeptPart[]>;
  part: (teamId: string, digestId: string, position: number) => Promise<KeptPart | undefined>;
  /** Those of its stories, as they are now, that have no message of their own. */
  behindMore: (digest: KeptDigest) => Promise<NearMiss[]>;
  /** A story in the words the digest carries. */
  story: (teamId: string, nearMissId: string) => Promise<NearMiss | undefined>;
  /** A digest as it would read now: what was withdrawn or narrowed since is gone from it. */
  asItIsNow: (digest: KeptDigest) => Promise<Digest>;
  /** Who left a story out, for good or for the next one, and the line they wrote to whoever shared it. */
  lineFor: (of: { teamId: string; digestId: string; nearMissId: string }) => Promise<LeftOut | undefined>;
  /** Puts its preview into the stewards' direct messages. */
  showPreviews: (of: Decision & { stewards: string[] }) => Promise<void>;
  previews: (of: {
    teamId: string;
    digestId: string;
    personId: string;
  }) => Promise<{ position: number; channelId: string; ts: string }[]>;
  /** Notes whether the channel takes messages. Stewards hear when it begins not to: once, not at every look. */
  noteChannel: (of: { teamId: string; channelId: string; canPost: boolean; now: number }) => Promise<void>;
};

/** A steward left a story out: who, the line they wrote, and whether no later digest tells it either. */
export type LeftOut = { by: string; line: string; forGood: boolean };

type Decision = { teamId: string; id: string; now: number };

/** A story in words a steward proposes for the digest, and what its reporter said. */
export type Wording = { wording: string; by: string; state: 'proposed' | 'agreed' | 'declined' };

export type Wordings = {
  /** False where the story is not in this digest, or stewards do not look at it any more. */
  propose: (of: {
    teamId: string;
    digestId: string;
    nearMissId: string;
    by: string;
    wording: string;
    now: number;
  }) => Promise<boolean>;
  of: (teamId: string, nearMissId: string) => Promise<Wording | undefined>;
  /** Yes or no to these words. False when others were proposed since: it is no answer to those. */
  answer: (of: {
    teamId: string;
    nearMissId: string;
    wording: string;
    agreed: boolean;
    now: number;
  }) => Promise<boolean>;
};

/** Where published digests tell a story: channels in which a message of its own stands; none where it is behind *More* alone. */
export type Told = { channels: string[] };

type ByPerson = { teamId: string; nearMissId: string; personId: string };
type Pressed = ByPerson & { press: Exclude<Press, 'use'>; now: number };

export type Presses = {
  /** Undefined where no published digest of the workspace tells it: there is nothing to press then. */
  toldWhere: (teamId: string, nearMissId: string) => Promise<Told | undefined>;
  /** Only sets. False where this person pressed it before, or no digest tells the story. */
  press: (of: Pressed) => Promise<boolean>;
  takeBack: (of: Pressed) => Promise<void>;
  counts: (teamId: string, nearMissId: string) => Promise<PressCounts>;
  adoptionOf: (of: ByPerson) => Promise<{ team: string; sentence: string } | undefined>;
  takeBackAdoption: (of: ByPerson & { now: number }) => Promise<void>;
  /** False where no digest tells the story. */
  adopt: (of: ByPerson & { team: string; sentence: string; now: number }) => Promise<boolean>;
};
