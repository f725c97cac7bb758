import { type Json, text } from '../../json.ts';
import type { Place } from '../../people/person-actions.ts';
import { valueField } from '../../state/input-values.ts';
import type { Block, Values } from '../../state/state.ts';
import type { Reader } from '../names.ts';

/** Where blocks are drawn: what stands in their inputs, what is wrong with it, and where their buttons lead. */
export type Frame = {
  readonly reader: Reader;
  readonly place: Place;
  /** The address that a person's doings are posted to, e.g. `/as/maria/do`. */
  readonly actions: string;
  /** Sets the ids of controls apart from those of other frames on the same page. */
  readonly key: string;
  readonly values: Values;
  readonly errors: Readonly<Record<string, string>>;
};

const path = (...parts: string[]) => parts.map(encodeURIComponent).join('/');

/** The name of an element's field in a form, from the ids by which the app will know it. */
export const fieldName = (block: Json, element: Json): string =>
  `field/${path(text(block.block_id), text(element.action_id))}`;

/** What a button posts: itself and, for an entry of a menu, the entry. */
export const pressValue = (block: Json, element: Json, option = ''): string =>
  path(text(block.block_id), text(element.action_id), option);

/** Any text as part of an id in the page; different texts stay different. */
export const idPart = (name: string): string =>
  name.replaceAll(/[^\w-]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16)}_`);

/** An id for the control that several parts of the page can refer to. */
export const controlId = (frame: Frame, block: Json, element: Json): string =>
  `${frame.key}-${idPart(text(block.block_id))}-${idPart(text(element.action_id))}`;

/** What stands in an element now; without any value yet, what the app wants it to start with. */
export function valueIn(frame: Frame, block: Json, element: Json): unknown {
  const held = frame.values[text(block.block_id)]?.[text(element.action_id)];
  const field = valueField(element) ?? '';
  return held
    ? held[field]
    : element[field === 'value' ? 'initial_value' : field.replace('selected', 'initial')];
}

/** How the address of a place reads in a form. */
export const placeText = (place: Place): string =>
  typeof place === 'string' ? place : `${place.channel} ${place.ts}`;

/** Does choosing in this element reach the app at once? In an input block only if the app asked for it. */
export const dispatches = (block: Block): boolean => block.type !== 'input' || block.dispatch_action === true;
