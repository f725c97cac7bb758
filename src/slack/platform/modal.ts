import type { ModalView } from '@slack/types';
import { LIMITS, plainText, typed } from './blocks.ts';

const READ_ONLY = 'read_only';

/** A modal to be read and closed, without its blocks. */
export function readingModal(title: string): Omit<ModalView, 'blocks'> {
  return {
    type: 'modal',
    callback_id: READ_ONLY,
    title: plainText(title, LIMITS.modalTitle),
    close: plainText('Close'),
  };
}

/** A modal that only says something. */
export function sayingModal(title: string, ...words: string[]): ModalView {
  return { ...readingModal(title), blocks: words.map(typed) };
}

/** Stands there at once, before Slack was asked anything. */
export function waitingModal(title: string, words = 'One moment.'): ModalView {
  return sayingModal(title, words);
}
