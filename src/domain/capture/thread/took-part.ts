import { sentencesIn, withoutEmoji } from './clean-text.ts';
import { onlyThanks } from './courtesies.ts';
import { lineOf, saidIn, type ThreadMessage } from './message.ts';

/** Did its writer say or show something, more than thanks or a reaction? */
export function tookPart(message: ThreadMessage, marked: (text: string) => string): boolean {
  if (message.hasFiles === true || message.parts.some(({ isCode }) => isCode)) return true;
  return saidIn(message)
    .flatMap((part) => sentencesIn(marked(withoutEmoji(lineOf(part)))))
    .some((sentence) => !onlyThanks(sentence));
}
