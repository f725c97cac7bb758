import { createHash } from 'node:crypto';
import type { LeftOut } from '../../domain/digest/kept-digest.ts';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import type { Undelivered } from '../../domain/outbox/undelivered.ts';
import { actions, button, escapeText, fit, paragraph, richText } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';

export const WORDING_ACTIONS = { agree: 'agree_to_wording', keep: 'keep_my_words' } as const;

/** To the person who shared it, when a digest goes without it because a steward left it out. */
export function leftOut(
  nearMiss: NearMiss,
  steward: string | undefined,
  { line, forGood }: Pick<LeftOut, 'line' | 'forGood'>,
): string {
  const said = /[.!?…]$/u.test(line) ? line : `${line}.`;
  return `${nameOf(nearMiss) ?? 'Your near-miss'} is not in this week's digest. ${steward ?? 'A steward'} wrote: ${said} ${forGood ? 'It is saved as before.' : 'It may be in the next one.'}`;
}

/** To the person who shared it: other words for the digest, to agree to or not. */
export function wordingProposed(nearMiss: NearMiss, steward: string | undefined, wording: string): Message {
  const name = nameOf(nearMiss) ?? 'your near-miss';
  const about = `${nearMiss.id}:${wordingKey(wording)}`;
  const asks = `${steward ?? 'A steward'} proposes these words for ${name} in the digest. Everywhere else yours stay as they are.`;
  return {
    text: escapeText(asks),
    blocks: [
      richText(paragraph(asks), {
        type: 'rich_text_quote',
        elements: [{ type: 'text', text: fit(wording) }],
      }),
      actions(
        button(WORDING_ACTIONS.agree, 'Use these words', about),
        button(WORDING_ACTIONS.keep, 'Keep mine', about),
      ),
    ],
  };
}

/** Which words a button is about. */
export function wordingKey(wording: string): string {
  return createHash('sha256').update(wording).digest('hex').slice(0, 16);
}

export const WORDING_ANSWERED = {
  agreed: 'Thank you. The digest carries these words.',
  kept: 'Thank you. The digest carries your own words.',
  outdated: 'Other words were proposed since. They are in a message below.',
} as const;

const channel = (name: string | undefined) =>
  name === undefined || name === '' ? 'its channel' : `#${name}`;

/** To the stewards, when the digest has nowhere to go. */
export function channelRefused(channelName: string | undefined): string {
  return `The digest could not be posted in ${channel(channelName)}: the app is not in it, it is archived, posting there is restricted, or it was shared with another organisation. Invite the app there, or choose the channel anew with /nearmiss digest settings. It is posted as soon as it can be.`;
}

/** To the stewards, when a message of it, or a change to one, did not arrive: `first` is what waits on their Home. */
export function partRefused(
  channelName: string | undefined,
  first: Pick<Undelivered, 'about' | 'state'> | undefined,
): string {
  return `${notArrived(channel(channelName), first)} It waits on the app's Home, where you can try again or let it go.`;
}

function notArrived(where: string, first: Pick<Undelivered, 'about' | 'state'> | undefined): string {
  if (first?.about === 'change')
    return `A story of the digest changed, and its message in ${where} could not be updated.`;
  const what = first?.about === 'parent' ? 'the digest' : 'a part of the digest';
  return first?.state === 'asked'
    ? `Slack did not say whether ${what} was posted in ${where}.`
    : `${what.charAt(0).toUpperCase()}${what.slice(1)} could not be posted in ${where}.`;
}
