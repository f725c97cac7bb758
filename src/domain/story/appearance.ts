import type { Kept } from '../near-miss.ts';
import type { DeliveryState } from '../outbox/delivery.ts';

/** Where words stand outside the app. */
export type Posted = { card: boolean; digest: boolean };

export const NOWHERE: Posted = { card: false, digest: false };

/** How a near-miss and the digest stand to each other. */
export type InDigest = {
  /** Has its workspace a digest? */
  isSetUp: boolean;
  /** Is it too old for the first one, or was it left out for good? */
  isLeftOut: boolean;
  /** Was the digest it is in published? */
  isPublished: boolean;
  /** Is it known where that digest stands? One that stewards only said is there the app cannot change. */
  isFound: boolean;
};

/**
 * Does a near-miss wait for the digest before anybody else may see it? Those whose name is not on them were
 * promised so, where there is a digest.
 */
export function waitsForDigest(
  { tier, audience, card }: Pick<Kept, 'tier' | 'audience' | 'card'>,
  { isSetUp, isLeftOut, isPublished }: InDigest,
): boolean {
  if (tier === 'named' || !isSetUp || isLeftOut) return false;
  return audience === 'channel' ? card === undefined : !isPublished;
}

/** Where the words of a near-miss are posted, or may come to stand. */
export function postedAt(
  { audience, card }: Pick<Kept, 'audience' | 'card'>,
  sent: DeliveryState | undefined,
  { isPublished, isFound }: InDigest,
): Posted {
  return {
    card: card?.ts !== undefined || (sent !== undefined && mayStand(sent)),
    digest: audience === 'everyone' && isPublished && isFound,
  };
}

/** One that was dropped in the end is there no more than one that is refused; of one that was sent it is known where. */
function mayStand(state: DeliveryState): boolean {
  return state !== 'sent' && state !== 'dropped' && state !== 'refused';
}
