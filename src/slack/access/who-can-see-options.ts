import type { PlainTextOption } from '@slack/types';
import { whoCanLookUp } from '../../domain/access/gate.ts';
import { channelWords, type Place } from '../../domain/access/place.ts';
import type { Steward } from '../../domain/access/who-can-see.ts';
import type { Audience, Tier } from '../../domain/near-miss.ts';
import { LIMITS, option, sentLength } from '../platform/blocks.ts';

/**
 * The choices for who may see that it was you; the stewards only where there are some, or where it was chosen: a choice
 * that is gone from the screen would turn into another.
 */
export function tierOptions(
  stewards: Steward[],
  chosen: { tier: Tier; audience: Audience },
): PlainTextOption[] {
  return [
    option('named', 'Anyone who can read it', 'Colleagues can thank you and ask you about it.'),
    ...(stewards.length === 0 && chosen.tier !== 'confidential'
      ? []
      : [option('confidential', 'Only the stewards', stewardsInShort(stewards, chosen.audience))]),
    option('unattributed', 'Nobody', 'The app stores no name. It cannot send you replies.'),
  ];
}

/** The same people as the sentence below names. */
function stewardsInShort(all: Steward[], audience: Audience): string {
  if (all.length === 0) return 'There is no steward now, so nobody can look it up.';
  const stewards = whoCanLookUp(audience, all);
  if (stewards.length === 0) return 'No steward is in this conversation, so nobody can look it up.';
  const words = (who: string) => `${who}. You can see when they look.`;
  const named = words(stewards.map(({ name }) => name).join(' and '));
  if (stewards.length <= 2 && sentLength(named) <= LIMITS.option) return named;
  return words(stewards.length === 1 ? '1 person, named below' : `${stewards.length} people, named below`);
}

/** The choices for who may read it: everyone, or the people where it was shared. */
export function audienceOptions(place: Pick<Place, 'name' | 'kind'>, workspace: string): PlainTextOption[] {
  const here =
    place.kind === 'direct'
      ? 'Only the people in this conversation'
      : `Only members of ${channelWords(place)}`;
  return [option('everyone', `Everyone at ${workspace}`), option('channel', here)];
}
