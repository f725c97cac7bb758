import { mayPostCardNow } from '../../domain/access/gate.ts';
import { cardPlaceWords, channelWords } from '../../domain/access/place.ts';
import { widerWords } from '../../domain/access/promised-place.ts';
import { cardWords, type Steward } from '../../domain/access/who-can-see.ts';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import type { CardDelivery } from '../../domain/outbox/outbox.ts';
import { allListed, MOST_NAMED } from '../../domain/text/names-in-words.ts';
import type { Confirmed } from '../access/sharing-facts.ts';
import { CARD_ACTIONS, MORE_CHOICES } from '../card/card.ts';
import { actions, button, escapeText, paragraph, richText, typed } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';

export const CONFIRMATION_ACTIONS = { whoCanSee: MORE_CHOICES.whoCanSee } as const;

type Seen = 'there' | 'elsewhere';

/**
 * What the person who shared it sees, once: what became of it. `elsewhere` is a direct message, where no thread
 * is "this" one.
 */
export function confirmation(
  nearMiss: NearMiss,
  delivery: CardDelivery,
  around: Confirmed,
  seen: Seen = 'there',
): Message {
  const name = nameOf(nearMiss);
  const rest = whatBecameOfIt(nearMiss, delivery, around, seen);
  return {
    text: escapeText(
      name === undefined ? `Thank you. It is saved. ${rest}` : `Thank you. ${name} is saved. ${rest}`,
    ),
    blocks: [
      richText(
        name === undefined
          ? paragraph(`Thank you. It is saved. ${rest}`)
          : paragraph('Thank you. ', { bold: name }, ` is saved. ${rest}`),
      ),
      actions(
        button(CARD_ACTIONS.tellMore, 'Tell more', nearMiss.id),
        button(CONFIRMATION_ACTIONS.whoCanSee, 'Who can see this', nearMiss.id),
      ),
    ],
  };
}

/** The confirmation of one without a name, which only the modal carries: no number, no button. */
export function confirmationWithoutName(nearMiss: NearMiss, around: Confirmed): string {
  return `Thank you. It is saved. ${whatBecameOfIt(nearMiss, { state: 'none' }, around, 'there')}`;
}

/** Built from parts; a part that does not apply is left out. */
function whatBecameOfIt(
  nearMiss: NearMiss,
  delivery: CardDelivery,
  { stewards, appearsOn }: Confirmed,
  seen: Seen,
): string {
  return [
    cardPart(nearMiss, delivery, seen),
    laterPart(nearMiss, appearsOn),
    reachedPart(nearMiss),
    stillOpenPart(stewards),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function cardPart({ card, conversation }: NearMiss, { state, why }: CardDelivery, seen: Seen): string {
  if (card === undefined || state === 'none') return 'Nothing was posted.';
  const where = cardPlaceWords({
    name: conversation?.name ?? '',
    kind: conversation?.kind ?? 'private',
    inThread: card.threadTs !== undefined && seen === 'there',
  });
  return state === 'refused' ? refusedPart(conversation, why) : cardWords(state, where);
}

function refusedPart(conversation: NearMiss['conversation'], why: string | undefined): string {
  return `The card could not be posted in ${channelWords(conversation)}: ${refusal(why)}. The near-miss is safe.`;
}

/** The same, to somebody whose confirmation could not say it yet. */
export function cardRefused(nearMiss: NearMiss, why: string | undefined): Message {
  const name = nameOf(nearMiss);
  const words = `${name === undefined ? '' : `About ${name}. `}${refusedPart(nearMiss.conversation, why)}`;
  return { text: escapeText(words), blocks: [typed(words)] };
}

const AS_FAR_AS_KNOWN = ', and as far as the app knows you were not told so when you saved';
const NOT_TOLD: Record<string, string> = {
  shared_outside: AS_FAR_AS_KNOWN,
  outside_soon: AS_FAR_AS_KNOWN,
};

/** Slack's reason, or the app's own, in words. */
export function refusal(why: string | undefined): string {
  const wider = widerWords(why, 'it');
  if (wider !== undefined) return `${wider}${NOT_TOLD[why ?? ''] ?? ''}`;
  if (why === 'is_archived') return 'the channel is archived';
  if (why?.startsWith('restricted_action') === true) return 'posting is restricted';
  if (why === 'not_in_channel' || why === 'channel_not_found') return 'the app is not a member';
  return 'Slack did not accept it';
}

/** Without a name that everybody sees it appears with the digest, or as a card of its own at its time. */
function laterPart({ tier, audience, conversation }: NearMiss, appearsOn: string | undefined): string {
  if (appearsOn === undefined || mayPostCardNow(tier)) return '';
  const where = audience === 'everyone' ? 'the digest' : channelWords(conversation);
  return `It first appears in ${where} on ${appearsOn}.`;
}

function reachedPart({ reached }: NearMiss): string {
  return reached === 'briefly'
    ? 'You said it reached people for a while. If your incident process should know, please tell them too. The learning is kept here either way.'
    : '';
}

/** Whoever is told needs no more than a few to turn to. */
function stillOpenPart(stewards: Steward[]): string {
  if (stewards.length === 0) return '';
  const names = stewards.slice(0, MOST_NAMED).map(({ name }) => name);
  return `If it could still happen today, please tell ${allListed(names, 'or')} now.`;
}
