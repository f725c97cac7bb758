import type { ViewOutput } from '@slack/bolt';
import type { View } from '@slack/types';
import { elementsOf } from '../../sandbox/block-kit/blocks.ts';

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
