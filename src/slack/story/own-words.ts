import type { KnownBlock } from '@slack/types';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { Posted } from '../../domain/story/appearance.ts';
import { listed } from '../../domain/text/names-in-words.ts';
import { actions, button, plainText, typed } from '../platform/blocks.ts';

export const REMOVE_OWN_WORDS = 'remove_own_words';

/** For somebody who added to a near-miss, and for nobody else: the way to take their words back. */
export function removeOwnWords(nearMiss: NearMiss | undefined, personId: string): KnownBlock[] {
  if (nearMiss?.added.some(({ authorId }) => authorId === personId) !== true) return [];
  return [
    actions({
      ...button(REMOVE_OWN_WORDS, 'Remove my words', nearMiss.id),
      confirm: {
        title: plainText('Remove your words?', 100),
        text: plainText(
          'What you added is removed from the app, the card and the digest. What others told is theirs and stays.',
          300,
        ),
        confirm: plainText('Remove', 30),
        deny: plainText('Keep them', 30),
      },
    }),
  ];
}

/** The same where they can read the near-miss no longer: their words are theirs all the same. */
export function removeKeptWords(nearMiss: NearMiss | undefined, personId: string): KnownBlock[] {
  const buttons = removeOwnWords(nearMiss, personId);
  return buttons.length === 0 ? [] : [typed('What you added to it is still kept.'), ...buttons];
}

/** What was removed, and the places Slack has yet to take it off. */
export function removedWords({ card, digest }: Posted): string {
  const places = [...(card ? ['the card'] : []), ...(digest ? ['the digest'] : [])];
  const follow = places.length === 1 ? 'follows' : 'follow';
  const later = places.length === 0 ? '' : `, and ${listed(places)} ${follow} as soon as Slack accepts it`;
  return `Your words are removed from the app${later}.`;
}
