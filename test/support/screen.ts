import type { ViewOutput } from '@slack/bolt';
import type { View } from '@slack/types';
import { elementsOf } from '../../sandbox/block-kit/blocks.ts';
import { isObject } from '../../sandbox/json.ts';
import { sentLength } from '../../src/slack/platform/blocks.ts';

/** What somebody typed or chose, by block id; what they left alone stays as it was drawn. */
export type Typed = Record<string, string | string[] | boolean | null>;

/** The view as Slack sends it back: what was drawn, with what somebody typed over it. */
export function submitted(view: View, typed: Typed = {}): ViewOutput {
  const values: Record<string, Record<string, unknown>> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input' || block.block_id === undefined) continue;
    const [element = {}] = elementsOf(block);
    const actionId = String(element.action_id);
    values[block.block_id] = { [actionId]: valueOf(element, typed[block.block_id]) };
  }
  return { ...view, state: { values } } as unknown as ViewOutput;
}

/**
 * The same after the app drew the view again: Slack keeps what was typed wherever block and action ids are the
 * same, and takes no notice of what the app says is initial.
 */
export function redrawn(before: ViewOutput, after: View): ViewOutput {
  const drawn = submitted(after);
  const kept = Object.entries(drawn.state.values).map(([blockId, fresh]) => [
    blockId,
    Object.fromEntries(
      Object.entries(fresh).map(([actionId, value]) => [
        actionId,
        before.state.values[blockId]?.[actionId] ?? value,
      ]),
    ),
  ]);
  return { ...drawn, state: { values: Object.fromEntries(kept) as ViewOutput['state']['values'] } };
}

function valueOf(element: Record<string, unknown>, typed: Typed[string] | undefined): object {
  const options = (Array.isArray(element.options) ? element.options : []) as { value: string }[];
  const optionNamed = (value: unknown) => options.find((each) => each.value === value) ?? null;
  switch (element.type) {
    case 'plain_text_input':
      return { type: element.type, value: typed === undefined ? (element.initial_value ?? null) : typed };
    case 'multi_users_select':
      return { type: element.type, selected_users: typed ?? element.initial_users ?? [] };
    case 'checkboxes':
      return {
        type: element.type,
        selected_options:
          typed === undefined ? (element.initial_options ?? []) : typed === true ? options : [],
      };
    case 'external_select':
      return {
        type: element.type,
        selected_option: typeof typed === 'string' ? { value: typed } : (element.initial_option ?? null),
      };
    default:
      return {
        type: element.type,
        selected_option: typed === undefined ? (element.initial_option ?? null) : optionNamed(typed),
      };
  }
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isObject(value)) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

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
export function textsIn(shown: object): string[] {
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
