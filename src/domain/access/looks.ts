import type { NearMiss } from '../near-miss.ts';
import { showsName } from './gate.ts';

/** A steward looked up who shared a near-miss, and why. */
export type Look = { nearMissId: string; stewardId: string; line: string; at: number };

/** The log of looks: whoever is looked up reads it, and so do the stewards. */
export type Looks = {
  /**
   * Writes a look down, durably; one of the same id is written once.
   * @returns the id of who shared it; undefined where nobody is kept any more, and nothing was written.
   */
  writeDown: (of: {
    id: string;
    teamId: string;
    nearMissId: string;
    stewardId: string;
    line: string;
    now: number;
  }) => Promise<string | undefined>;
  /** Those at one near-miss, newest first. */
  at: (teamId: string, nearMissId: string) => Promise<Look[]>;
  /** Those at what somebody shared and did not withdraw, newest first. */
  atThoseOf: (teamId: string, personId: string, limit: number) => Promise<(Look & { number?: number })[]>;
};

/**
 * May this person, who may read it, look up who shared it? They were a steward when it was shared, and still are.
 * What shows its name, or keeps none, is not looked up.
 */
export function mayLookUp(
  personId: string,
  nearMiss: Pick<NearMiss, 'tier' | 'reporterId' | 'stewardsThen' | 'withdrawnAt'>,
  isSteward: boolean,
): boolean {
  const { tier, reporterId, stewardsThen, withdrawnAt } = nearMiss;
  const isKept = reporterId !== undefined && reporterId !== personId && withdrawnAt === undefined;
  return isKept && !showsName(tier) && isSteward && stewardsThen.includes(personId);
}
