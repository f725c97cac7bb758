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
  | 'toldAt'
  | 'waitsForDigest'
>;

/** Lists, newest first and bounded by `limit`. They choose candidates; the gate decides (`access/gate.ts`). */
export type NearMissLists = {
  /** What a person shared and did not withdraw. */
  sharedBy: (teamId: string, personId: string, limit: number) => Promise<Listed[]>;
  /** Of those, the ones whose second step was sent. */
  finishedBy: (teamId: string, personId: string, limit: number) => Promise<Listed[]>;
  /** And those whose second step was not. */
  draftsOf: (teamId: string, personId: string, limit: number) => Promise<Listed[]>;
  /** What others shared for everyone or for one of these channels, captured by `until`. */
  fromOthers: (of: {
    teamId: string;
    personId: string;
    channels: string[];
    until: number;
    limit: number;
  }) => Promise<Listed[]>;
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
