import type { ModalView } from '@slack/types';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import { nearMissButtons, notificationText, smallPrint, withdrawnWords } from '../card/card.ts';
import { context, escapeText, typed } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';
import { readingModal } from '../platform/modal.ts';
import type { Names } from '../platform/people.ts';
import { wholeStory } from './whole-story.ts';

/** What somebody sees who asked for one they may not read, exactly as for one that does not exist. */
export function notFoundWords(asked = 'This near-miss'): string {
  return `${asked} could not be found. It may not exist, or it may be for other people.`;
}

/** A near-miss, whole, in a modal. */
export function nearMissView(nearMiss: NearMiss, names: Names, now: number): ModalView {
  return { ...readingModal(nameOf(nearMiss) ?? 'A near-miss'), blocks: wholeBlocks(nearMiss, names, now) };
}

/** The same as a message, for `/nearmiss show NM-12`. */
export function nearMissMessage(nearMiss: NearMiss, names: Names, now: number): Message {
  const text =
    nearMiss.withdrawnAt === undefined ? notificationText(nearMiss) : escapeText(withdrawnWords(nearMiss));
  return { text, blocks: wholeBlocks(nearMiss, names, now) };
}

function wholeBlocks(nearMiss: NearMiss, names: Names, now: number): Message['blocks'] {
  if (nearMiss.withdrawnAt !== undefined) return [typed(withdrawnWords(nearMiss))];
  const small = smallPrint(nearMiss, names, now);
  return [
    wholeStory(nearMiss, names),
    ...(small === '' ? [] : [context(small)]),
    nearMissButtons(nearMiss.id),
  ];
}
