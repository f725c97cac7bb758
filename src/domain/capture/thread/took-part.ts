import { withoutEmoji } from './clean-text.ts';
import { onlyThanks } from './courtesies.ts';
import { lineOf, saidIn, type ThreadMessage } from './message.ts';

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Did its writer say or show something, more than thanks or a reaction? */
export function tookPart(message: ThreadMessage, marked: (text: string) => string): boolean {
  if (message.hasFiles === true || message.parts.some(({ isCode }) => isCode)) return true;
  return saidIn(message)
    .flatMap((part) => [...sentences.segment(marked(withoutEmoji(lineOf(part))))])
    .some(({ segment }) => !onlyThanks(segment));
}
