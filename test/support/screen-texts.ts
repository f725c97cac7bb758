import { messageProblems } from '../../sandbox/block-kit/problems.ts';
import { isObject } from '../../sandbox/json.ts';
import { sentLength } from '../../src/slack/platform/blocks.ts';
import type { Message } from '../../src/slack/platform/message.ts';
import { SENTINEL } from './any-words.ts';

/** Every text in which Slack would format, link and ping. */
export function formattedTexts(shown: object): string[] {
  return objectsIn(shown)
    .filter(({ type }) => type === 'mrkdwn')
    .map(({ text }) => String(text));
}

/** What rich text holds besides plain runs of text: mentions, links, broadcasts. */
export function richElementsThatAct(shown: object): unknown[] {
  return objectsIn(shown)
    .filter(({ type }) => type === 'rich_text_section')
    .flatMap(({ elements }) => elements as { type: string }[])
    .filter(({ type }) => type !== 'text');
}

/** Every word a person reads in it. */
function textsIn(shown: object): string[] {
  const read = ['text', 'label', 'hint', 'placeholder', 'title', 'description', 'initial_value'];
  return objectsIn(shown).flatMap((each) =>
    read.map((key) => each[key]).filter((text) => typeof text === 'string'),
  );
}

/** How much text it is for Slack, which escapes some of it. */
export function sentText(shown: object): number {
  return textsIn(shown).reduce((sum, text) => sum + sentLength(text), 0);
}

/** The labels of what can be filled in or pressed. */
export function labelsIn(shown: object): string[] {
  return objectsIn(shown).flatMap(({ type, label, text }) => {
    const words = type === 'input' ? label : type === 'button' ? text : undefined;
    return isObject(words) ? [String(words.text)] : [];
  });
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isObject(value)) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

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
