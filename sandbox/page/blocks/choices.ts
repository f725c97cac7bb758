import { optionsOf } from '../../block-kit/composition.ts';
import { type Json, object, objects, text, texts } from '../../json.ts';
import { flag, html, type Markup, nothing } from '../markup.ts';
import { personName } from '../names.ts';
import type { Control } from './control.ts';
import { pickablePeople } from './inputs.ts';
import { drawText } from './mrkdwn.ts';

type Item = { readonly value: string; readonly words: Markup; readonly description: Markup };

function item(
  control: Control,
  type: 'radio' | 'checkbox',
  { value, words, description }: Item,
  on: boolean,
) {
  const { element, id, name, invalid } = control;
  const first = element.focus_on_load === true && on;
  return html`<label class="choice"><input type="${type}" name="${name}" value="${value}"${flag(
    'checked',
    on,
  )}${flag('aria-invalid="true"', invalid)}${flag('autofocus', first)} data-of="${id}">
<span><span class="choice-words">${words}</span>${
    description === nothing ? nothing : html`<span class="choice-about">${description}</span>`
  }</span></label>`;
}

/**
 * The items of a group. The empty field in front says that the group was on the page even when nothing in it is
 * chosen, which a form otherwise keeps quiet about.
 */
function group(
  control: Control,
  type: 'radio' | 'checkbox',
  items: Item[],
  chosen: readonly string[],
): Markup {
  return html`<input type="hidden" name="${control.name}" value=""><div class="choices" id="${control.id}">${items.map(
    (each) => item(control, type, each, chosen.includes(each.value)),
  )}</div>`;
}

function optionItems({ element, frame }: Control): Item[] {
  return optionsOf(element).map((option) => ({
    value: text(object(option).value),
    words: drawText(frame.reader, object(option).text),
    description: drawText(frame.reader, object(option).description),
  }));
}

const values = (options: unknown): string[] => objects(options).map((each: Json) => text(each.value));

const radioButtons = (control: Control): Markup =>
  group(control, 'radio', optionItems(control), [text(object(control.value).value)]);

const checkboxes = (control: Control): Markup =>
  group(control, 'checkbox', optionItems(control), values(control.value));

function people(control: Control): Markup {
  const { reader } = control.frame;
  const items = pickablePeople(reader).map(({ id }) => ({
    value: id,
    words: html`${personName(reader, id)}`,
    description: nothing,
  }));
  const most = control.element.max_selected_items;
  return html`<div class="people">${group(control, 'checkbox', items, texts(control.value))}</div>${
    typeof most === 'number' ? html`<p class="hint">${most} at most</p>` : nothing
  }`;
}

/** Elements that are a group of native controls under one legend, by type. */
export const groupControls: Readonly<Record<string, (control: Control) => Markup>> = {
  radio_buttons: radioButtons,
  checkboxes,
  multi_static_select: checkboxes,
  multi_users_select: people,
};
