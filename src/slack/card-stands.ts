import { type NearMiss, nameOf } from '../domain/near-miss.ts';
import { channelWords } from '../domain/place.ts';
import { escapeText, typed } from './blocks.ts';
import type { Message } from './card.ts';
import { refusal } from './confirmation.ts';

/** Nobody could look whether the card was posted, so nobody knows which message it is. */
export const PLACE_UNKNOWN = 'place_unknown';

/** What somebody who withdrew a near-miss is told when its card could not be blanked. */
export function cardStands(nearMiss: NearMiss, why: string | undefined): Message {
  const isUnknown = why === PLACE_UNKNOWN;
  const words = [
    `The card of ${nameOf(nearMiss) ?? 'your near-miss'} in ${channelWords(nearMiss.conversation)} could not be changed: ${reason(why)}.`,
    isUnknown ? 'If it was posted, its words still stand there.' : 'Its words still stand there.',
    'A workspace admin can delete the message.',
  ].join(' ');
  return { text: escapeText(words), blocks: [typed(words)] };
}

/** What the person who shared it is told when its card shows no words any more. */
export function cardWithheld(nearMiss: NearMiss, why: string | undefined): Message {
  const words = `The card of ${nameOf(nearMiss) ?? 'your near-miss'} in ${channelWords(nearMiss.conversation)} no longer shows its words: ${refusal(why)}. Those who may read the story find it in the app.`;
  return { text: escapeText(words), blocks: [typed(words)] };
}

function reason(why: string | undefined): string {
  if (why === PLACE_UNKNOWN) return 'Slack did not say where it is';
  if (why === 'edit_window_closed') return 'the time for changing messages is over';
  if (why === 'cant_update_message') return 'the app may not change it';
  return refusal(why);
}
