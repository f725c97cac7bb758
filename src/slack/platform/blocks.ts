import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  InputBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  RichTextBlock,
  RichTextList,
  RichTextSection,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import { shorten } from '../../domain/text/shorten.ts';

/** Slack's limits, in characters unless said. */
export const LIMITS = {
  text: 3000,
  modalTitle: 24,
  label: 75,
  option: 75,
  button: 75,
  input: 3000,
  /** Slack refuses a message somewhere above 11,000 characters of block text; this leaves room. */
  messageText: 9000,
} as const;

const [AMPERSAND, LESS, GREATER] = [0x26, 0x3c, 0x3e];

/** How long text is for Slack: it escapes these three, and it is not known whether it counts before or after. */
export function sentLength(text: string): number {
  let length = text.length;
  // By code units: every text of every view is measured, and a loop over characters takes five times as long.
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === AMPERSAND) length += 4;
    else if (unit === LESS || unit === GREATER) length += 3;
  }
  return length;
}

/** Shortened to what Slack takes, however it counts. */
export function fit(text: string, limit: number = LIMITS.text): string {
  return shorten(text, limit, sentLength);
}

/** Our own short words, or people's: plain text is never formatted, and pings nobody. */
export function plainText(text: string, limit: number = LIMITS.text): PlainTextElement {
  return { type: 'plain_text', text: fit(text, limit), emoji: false };
}

/** For our own words only: what people wrote goes out as plain or rich text. */
function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text: fit(text), verbatim: true };
}

/** For a message's `text`, which notifications and screen readers use: nothing in it pings or links. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function section(text: string): SectionBlock {
  return { type: 'section', text: mrkdwn(text) };
}

/** People's words as they typed them. */
export function typed(text: string): SectionBlock {
  return { type: 'section', text: plainText(text) };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text, 150) };
}

export function context(...texts: string[]): ContextBlock {
  return { type: 'context', elements: texts.map((text) => plainText(text)) };
}

/** A small line of our own words, formatted; names of people's making in it are escaped by `inline`. */
export function formattedContext(text: string): ContextBlock {
  return { type: 'context', elements: [mrkdwn(text)] };
}

/** A name inside formatted words of ours: it neither formats nor pings. */
export function inline(name: string): string {
  return escapeText(name.replaceAll(/[`*_~]/g, ''));
}

export function button(actionId: string, words: string, value?: string): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plainText(words, LIMITS.button),
    ...(value !== undefined && { value }),
  };
}

/** Buttons and menus in a row. */
export function actions(...elements: ActionsBlock['elements']): ActionsBlock {
  return { type: 'actions', elements };
}

export function option(value: string, words: string, description?: string): PlainTextOption {
  return {
    value,
    text: plainText(words, LIMITS.option),
    ...(description !== undefined && { description: plainText(description, LIMITS.option) }),
  };
}

type InputWords = { label: string; hint?: string | undefined; placeholder?: string | undefined };

/** A box to write in; several lines unless said. Nothing has to be filled in unless said. */
export function textInput(
  id: string,
  { label, hint, placeholder }: InputWords,
  {
    value = '',
    required = false,
    focus = false,
    max = LIMITS.input,
  }: { value?: string | undefined; required?: boolean; focus?: boolean; max?: number } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: id,
    optional: !required,
    label: plainText(label),
    ...(hint !== undefined && { hint: plainText(hint) }),
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: true,
      max_length: max,
      ...(value !== '' && { initial_value: shorten(value, max) }),
      ...(focus && { focus_on_load: true }),
      ...(placeholder !== undefined && { placeholder: plainText(placeholder, 150) }),
    },
  };
}

/** A list to choose one thing from, or nothing. */
export function selectInput(
  id: string,
  { label, hint, placeholder }: InputWords,
  options: PlainTextOption[],
  chosen?: string,
): InputBlock {
  const initial = options.find(({ value }) => value === chosen);
  const element: StaticSelect = {
    type: 'static_select',
    action_id: id,
    options,
    ...(initial !== undefined && { initial_option: initial }),
    ...(placeholder !== undefined && { placeholder: plainText(placeholder, 150) }),
  };
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plainText(label),
    ...(hint !== undefined && { hint: plainText(hint) }),
    element,
  };
}

/** One stretch of rich text: bold where it is ours, plain where it is people's. */
type Words = string | { bold: string };

/** A paragraph in which nothing is formatted but what we say is bold. */
export function paragraph(...words: Words[]): RichTextSection {
  return {
    type: 'rich_text_section',
    elements: words
      .filter((part) => (typeof part === 'string' ? part : part.bold) !== '')
      .map((part) =>
        typeof part === 'string'
          ? { type: 'text', text: part }
          : { type: 'text', text: part.bold, style: { bold: true } },
      ),
  };
}

export function bullets(lines: string[]): RichTextList {
  return { type: 'rich_text_list', style: 'bullet', elements: lines.map((line) => paragraph(line)) };
}

export function richText(...elements: RichTextBlock['elements']): RichTextBlock {
  return { type: 'rich_text', elements };
}
