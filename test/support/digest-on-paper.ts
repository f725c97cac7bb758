import { DAY } from './digest-desk.ts';
import type { Sharing } from './digest-happenings.ts';

/** A near-miss as a reader of the issue would keep it, on paper. */
export type Kept = Sharing & {
  id: string;
  capturedAt: number;
  withdrawn: boolean;
  neverInOne: boolean;
  /** The digest it was chosen for. */
  digest?: string;
  wasPublishable: boolean;
  /** The digests whose readers were told. */
  toldIn: string[];
};

export const midnight = (at: number) => Math.floor(at / DAY) * DAY;

/** What the issue says about what goes in. */
export function isPublishable(kept: Kept, closedAt: number): boolean {
  if (kept.audience !== 'everyone' || kept.withdrawn) return false;
  return kept.tier === 'named' ? kept.capturedAt < closedAt : kept.capturedAt < midnight(closedAt);
}
