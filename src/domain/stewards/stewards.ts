import type { FormerSteward } from './standing.ts';

/** What is noted of those who look after near-misses. */
export type Stewards = {
  /**
   * Notes which of those who were chosen are stewards no longer, if that is news: their previews are taken away, and
   * the Homes of all are drawn again. @returns whether it was.
   */
  noteFormer: (of: { teamId: string; former: FormerSteward[]; now: number }) => Promise<boolean>;
};
