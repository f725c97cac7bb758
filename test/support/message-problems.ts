import { messageProblems } from '../../sandbox/block-kit/problems.ts';
import type { Message } from '../../src/slack/platform/message.ts';
import { SENTINEL } from './any-words.ts';
import { formattedTexts, labelsIn, richElementsThatAct, sentText } from './screen.ts';

/** Everything that is wrong with a message: what Slack refuses, and what is not good enough for us. */
export function problemsOf(message: Message): unknown[] {
  const { text, blocks } = message;
  return [
    ...messageProblems(message),
    ...(sentText(blocks) + text.length > 9000 ? [`${sentText(blocks)} + ${text.length} characters`] : []),
    ...(text.trim() === '' ? ['no text for notifications and screen readers'] : []),
    // Slack formats `text`: what people wrote has to be escaped in it.
    ...(/[<>]|&(?!amp;|lt;|gt;)/.test(text) ? [text] : []),
    ...labelsIn(blocks).filter((label) => label.length > 75),
    ...formattedTexts(blocks).filter((words) => words.includes(SENTINEL) || /[<>]/.test(words)),
    ...richElementsThatAct(blocks),
  ];
}
