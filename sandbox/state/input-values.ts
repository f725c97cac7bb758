import { elementsOf } from '../block-kit/blocks.ts';
import { optionsOf } from '../block-kit/composition.ts';
import { isObject, type Json, objects, text } from '../json.ts';
import type { Block, Values } from './state.ts';

/** For each element that holds a value: the field it travels in, where it starts, and what empty is. */
const holders: Record<string, { readonly field: string; readonly initial: string; readonly empty: unknown }> =
  {
    plain_text_input: { field: 'value', initial: 'initial_value', empty: null },
    static_select: { field: 'selected_option', initial: 'initial_option', empty: null },
    external_select: { field: 'selected_option', initial: 'initial_option', empty: null },
    radio_buttons: { field: 'selected_option', initial: 'initial_option', empty: null },
    checkboxes: { field: 'selected_options', initial: 'initial_options', empty: [] },
    multi_static_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
    multi_external_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
    users_select: { field: 'selected_user', initial: 'initial_user', empty: null },
    multi_users_select: { field: 'selected_users', initial: 'initial_users', empty: [] },
    conversations_select: { field: 'selected_conversation', initial: 'initial_conversation', empty: null },
    channels_select: { field: 'selected_channel', initial: 'initial_channel', empty: null },
    datepicker: { field: 'selected_date', initial: 'initial_date', empty: null },
    timepicker: { field: 'selected_time', initial: 'initial_time', empty: null },
  };

/** The field in which an element's value travels, or nothing for buttons and the like. */
export const valueField = (element: Json): string | undefined => holders[text(element.type)]?.field;

/** A value of an element as it travels in `state.values`; empty when `value` is. */
export function valueOf(element: Json, value: unknown): Json {
  const holder = holders[text(element.type)];
  if (!holder) return {};
  const isEmpty = value === undefined || value === null || value === '';
  return { type: element.type, [holder.field]: isEmpty ? holder.empty : value };
}

const initialValue = (element: Json): Json =>
  valueOf(element, element[holders[text(element.type)]?.initial ?? '']);

/** Whether what was chosen before still means something to the element as it is now. */
function kept(element: Json, before: Json | undefined): Json | undefined {
  if (before?.type !== element.type) return undefined;
  const chosen = before?.selected_option;
  const offered = optionsOf(element);
  if (!isObject(chosen) || offered.length === 0) return before;
  const same = objects(offered).find((option) => option.value === chosen.value);
  return same ? { ...before, selected_option: same } : undefined;
}

/**
 * What stands in the inputs once these blocks are shown. Slack keeps what stood under the same block and action
 * ids, whether typed or not, and then ignores initial values; only new ids start from them.
 */
export function valuesFor(blocks: readonly Block[], before: Values = {}): Values {
  const values: Values = {};
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      if (!valueField(element)) continue;
      const blockId = text(block.block_id);
      const actionId = text(element.action_id);
      const value = kept(element, before[blockId]?.[actionId]) ?? initialValue(element);
      values[blockId] = { ...values[blockId], [actionId]: value };
    }
  }
  return values;
}

export function isEmptyValue(element: Json, value: Json | undefined): boolean {
  const held = value?.[valueField(element) ?? ''];
  return held === undefined || held === null || (Array.isArray(held) && held.length === 0);
}
