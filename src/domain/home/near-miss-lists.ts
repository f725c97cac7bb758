import type { NearMiss } from '../near-miss.ts';

/** A line of a list: enough for the gate and for one row on a screen. */
export type Listed = Pick<
  NearMiss,
  | 'id'
  | 'number'
  | 'tier'
  | 'audience'
  | 'reporterId'
  | 'conversation'
  | 'capturedAt'
  | 'summary'
  | 'system'
  | 'waitsForDigest'
>;

/** Lists, newest first and bounded by `limit`. They choose candidates; the gate decides (`access/gate.ts`). */
export type NearMissLists = {
  /** What a person shared and did not withdraw. */
  sharedBy: (teamId: string, personId: string, limit: number) => Promise<Listed[]>;
  /** What others shared for everyone or for one of these channels, captured by `until`. */
  fromOthers: (of: {
    teamId: string;
    personId: string;
    channels: string[];
    until: number;
    limit: number;
  }) => Promise<Listed[]>;
  /** The conversations something is kept for that only those in them may read, in no order that says anything. */
  channelsWithTheirOwn: (teamId: string) => Promise<string[]>;
  /** Names of systems like what was typed, of near-misses that are the person's own, or for everyone, or for these channels. */
  systemsLike: (of: SystemsWanted) => Promise<string[]>;
};

type SystemsWanted = {
  teamId: string;
  typed: string;
  personId: string;
  /** May the person read what is for everyone? */
  everyone: boolean;
  channels: string[];
  /** The day before which those without a name have appeared. */
  until: number;
  limit: number;
};
