import { type Json, text } from '../../json.ts';
import type { Block } from '../../state/state.ts';
import { attribute, flag, html, type Markup } from '../markup.ts';
import { controlId, type Frame, fieldName, valueIn } from './frame.ts';
import { plainWords } from './mrkdwn.ts';

/** One element a person can use, with what its control needs to be named, described and filled. */
export type Control = {
  readonly frame: Frame;
  readonly block: Block;
  readonly element: Json;
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
  /** The name for those who cannot see what stands around it; undefined where a label or legend names it. */
  readonly label: string | undefined;
  /** Ids of the hint and the error. */
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
};

/** A control outside of an input block, named by its placeholder or by the text beside it. */
export function bareControl(frame: Frame, block: Block, element: Json): Control {
  return {
    frame,
    block,
    element,
    id: controlId(frame, block, element),
    name: fieldName(block, element),
    value: valueIn(frame, block, element),
    label:
      plainWords(element.placeholder) || plainWords(block.text) || text(element.type).replaceAll('_', ' '),
    describedBy: undefined,
    invalid: false,
    required: false,
  };
}

/** The attributes every native control has. */
export function commonAttributes(control: Control): Markup {
  const { element, id, name, label, describedBy, invalid, required } = control;
  return html` id="${id}" name="${name}"${attribute('aria-label', label)}${attribute(
    'aria-describedby',
    describedBy,
  )}${flag('aria-invalid="true"', invalid)}${flag('aria-required="true"', required)}${flag(
    'autofocus',
    element.focus_on_load === true,
  )}`;
}

/** What is shown while nothing has been typed or chosen. */
export const placeholder = ({ element }: Control): string | undefined =>
  plainWords(element.placeholder) || undefined;
