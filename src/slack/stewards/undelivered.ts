import type { KnownBlock } from '@slack/types';
import { widerWords } from '../../domain/access/promised-place.ts';
import type { Undelivered } from '../../domain/outbox/undelivered.ts';
import { type FormerSteward, formerStewardWords } from '../../domain/stewards/standing.ts';
import { actions, button, escapeText, header, typed } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';

/** As they stand on Homes that were drawn before. */
export const UNDELIVERED_ACTIONS = { tryAgain: 'try_letter_again', letGo: 'let_letter_go' } as const;

/** The same with the words for where it is about. */
type PlacedUndelivered = Undelivered & { place: string };

const REASONS: Record<string, string> = {
  is_archived: 'the channel is archived',
  restricted_action: 'posting is restricted',
  not_in_channel: 'the app is not in the channel',
  channel_not_found: 'the app is not in the channel',
};

/** What waits for those who look after near-misses. `former` are those who were chosen and are stewards no longer. */
export type ForStewards = {
  hasDigest: boolean;
  undelivered: PlacedUndelivered[];
  former: { name: string; standing: FormerSteward['standing'] }[];
};

/**
 * What stewards see on their Home: one of them is missing, the digest has nowhere to go, or something did not arrive.
 * Nobody's words.
 */
export function stewardBlocks({ hasDigest, undelivered, former }: ForStewards): KnownBlock[] {
  if (hasDigest && undelivered.length === 0 && former.length === 0) return [];
  return [
    header('For stewards'),
    ...former.map(({ name, standing }) =>
      typed(`${formerStewardWords(name, standing)} Stewards are chosen with /nearmiss settings.`),
    ),
    ...(hasDigest
      ? []
      : [typed('No digest is posted until its channel is chosen with /nearmiss digest settings.')]),
    ...undelivered.flatMap((one) => [typed(wordsOf(one)), buttonsOf(one)]),
  ];
}

function wordsOf({ about, state, why, place }: PlacedUndelivered): string {
  const reason = REASONS[why ?? ''] ?? widerWords(why, 'it') ?? 'Slack refused it';
  switch (about) {
    case 'parent':
      return state === 'asked'
        ? 'Slack did not say whether the digest was posted, and the app cannot look. If it is not in the channel, try again. If it is, let it go, and its stories do not follow; or have a workspace admin delete it, and then try again.'
        : `The digest could not be posted: ${reason}.`;
    case 'part':
      return state === 'asked'
        ? 'Slack did not say whether a part of the digest was posted, and the app cannot look. If it is not in the channel, try again; if it is, let it go.'
        : `A part of the digest could not be posted: ${reason}.`;
    case 'change':
      return `A story of the digest changed, and its message could not be updated: ${reason}.`;
    case 'card':
      return state === 'asked'
        ? `Slack did not say whether a card was posted in ${place}, and the app cannot look. If it is not there, try again; if it is, let it go.`
        : `A card could not be posted in ${place}: ${reason}.`;
    case 'removal':
      return `A card that was taken back could not be removed from ${place}: ${reason}. A workspace admin can delete it.`;
    case 'search':
      return `A card that was taken back may still stand in ${place}, and the app cannot look. A workspace admin can delete it.`;
  }
}

/** To the stewards, once: where to look. */
export function cardWaits(): Message {
  const words =
    "A card could not be posted, or one that was taken back could not be removed. It waits on the app's Home, where you can try again or let it go.";
  return { text: escapeText(words), blocks: [typed(words)] };
}

function buttonsOf({ seq }: PlacedUndelivered) {
  return actions(
    button(UNDELIVERED_ACTIONS.tryAgain, 'Try again', String(seq)),
    button(UNDELIVERED_ACTIONS.letGo, 'Let it go', String(seq)),
  );
}
