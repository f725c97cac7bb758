import type { ModalView } from '@slack/types';
import type { NearMiss } from '../domain/near-miss.ts';
import { nameOf } from '../domain/near-miss.ts';
import { context, escapeText, plainText, typed } from './blocks.ts';
import { type Message, nearMissButtons, notificationText, smallPrint, withdrawnWords } from './card.ts';
import { type Names, wholeStory } from './story.ts';

const READ_VIEW = 'near_miss';

/** What somebody sees who asked for one they may not read, exactly as for one that does not exist. */
export function notFoundWords(asked = 'This near-miss'): string {
  return `${asked} could not be found. It may not exist, or it may be for other people.`;
}

/** Slack did not say who somebody is to the workspace, so that nobody knows what they may. */
export const NOT_CHECKED = 'That could not be checked just now. Please try again in a moment.';

/** A near-miss, whole, in a modal. */
export function nearMissView(nearMiss: NearMiss, names: Names): ModalView {
  return { ...readingModal(nameOf(nearMiss) ?? 'A near-miss'), blocks: wholeBlocks(nearMiss, names) };
}

/** The same as a message, for `/nearmiss show NM-12`. */
export function nearMissMessage(nearMiss: NearMiss, names: Names): Message {
  const text =
    nearMiss.withdrawnAt === undefined ? notificationText(nearMiss) : escapeText(withdrawnWords(nearMiss));
  return { text, blocks: wholeBlocks(nearMiss, names) };
}

function wholeBlocks(nearMiss: NearMiss, names: Names): Message['blocks'] {
  if (nearMiss.withdrawnAt !== undefined) return [typed(withdrawnWords(nearMiss))];
  const small = smallPrint(nearMiss, names);
  return [
    wholeStory(nearMiss, names),
    ...(small === '' ? [] : [context(small)]),
    nearMissButtons(nearMiss.id),
  ];
}

/** A modal that only says something. */
export function sayingModal(title: string, ...words: string[]): ModalView {
  return { ...readingModal(title), blocks: words.map(typed) };
}

/** A message that only says something. */
export function sayingMessage(words: string): Message {
  return { text: escapeText(words), blocks: [typed(words)] };
}

/** Stands there at once, before anybody was asked whether this person may read. */
export function waitingModal(title: string, words = 'One moment.'): ModalView {
  return sayingModal(title, words);
}

function readingModal(title: string): Omit<ModalView, 'blocks'> {
  return { type: 'modal', callback_id: READ_VIEW, title: plainText(title, 24), close: plainText('Close') };
}
