import type { KnownBlock } from '@slack/types';
import type { DeadLetter } from '../domain/outbox.ts';
import { button, header, typed } from './blocks.ts';
import { actions } from './card.ts';

export const LETTER_ACTIONS = { tryAgain: 'try_letter_again', letGo: 'let_letter_go' } as const;

const REASONS: Record<string, string> = {
  is_archived: 'the channel is archived',
  not_in_channel: 'the app is not in the channel',
  channel_not_found: 'the app is not in the channel',
};

/** What stewards see on their Home: the digest has nowhere to go, or parts of it did not arrive. Nobody's words. */
export function stewardBlocks({
  hasDigest,
  letters,
}: {
  hasDigest: boolean;
  letters: DeadLetter[];
}): KnownBlock[] {
  if (hasDigest && letters.length === 0) return [];
  return [
    header('For stewards'),
    ...(hasDigest
      ? []
      : [typed('No digest is posted until its channel is chosen with /nearmiss digest settings.')]),
    ...letters.flatMap((letter) => [typed(letterWords(letter)), letterButtons(letter)]),
  ];
}

function letterWords({ isChange, state, why }: DeadLetter): string {
  if (state === 'asked') {
    return 'Slack did not say whether a part of the digest was posted, and the app cannot look. If it is not in the channel, try again; if it is, let it go.';
  }
  const reason = REASONS[why ?? ''] ?? 'Slack refused it';
  return isChange
    ? `What changed in a story of the digest could not be changed in its message: ${reason}.`
    : `A part of the digest could not be posted: ${reason}.`;
}

function letterButtons({ seq }: DeadLetter) {
  return actions(
    button(LETTER_ACTIONS.tryAgain, 'Try again', String(seq)),
    button(LETTER_ACTIONS.letGo, 'Let it go', String(seq)),
  );
}
