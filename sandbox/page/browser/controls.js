// @ts-check
// What stands in the controls of a page, and whether somebody has changed it since the server drew it.

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** @param {Element} element @returns {element is Control} */
const isControl = (element) =>
  (element instanceof HTMLInputElement && element.type !== 'hidden') ||
  element instanceof HTMLTextAreaElement ||
  element instanceof HTMLSelectElement;

/** @param {ParentNode} within */
export const controls = (within) => [...within.querySelectorAll('input, textarea, select')].filter(isControl);

/** @param {ParentNode} within @param {string} selector */
export function first(within, selector) {
  const found = within.querySelector(selector);
  return found instanceof HTMLElement ? found : null;
}

/** @param {HTMLInputElement} input */
const isTick = (input) => input.type === 'radio' || input.type === 'checkbox';

/** Has somebody changed this since the server drew it? @param {Control} control */
export function isTouched(control) {
  if (control instanceof HTMLSelectElement)
    return [...control.options].some(
      (each, index) => each.selected !== (each.defaultSelected || isFirst(control, index)),
    );
  if (control instanceof HTMLInputElement && isTick(control))
    return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
}

/** With nothing else marked, a menu stands on its first entry. @param {HTMLSelectElement} menu @param {number} index */
const isFirst = (menu, index) => index === 0 && ![...menu.options].some((each) => each.defaultSelected);

/** From now on, what stands here is what the server knows. @param {Control} control */
export function markKnown(control) {
  if (control instanceof HTMLSelectElement)
    for (const each of control.options) each.defaultSelected = each.selected;
  else if (control instanceof HTMLInputElement && isTick(control)) control.defaultChecked = control.checked;
  else control.defaultValue = control.value;
}

/** @param {Control} from @param {Control} to */
export function carryOver(from, to) {
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement && isTick(from))
    to.checked = from.checked;
  else to.value = from.value;
}

/** @param {Control} control */
export const nameOf = (control) =>
  control instanceof HTMLInputElement && isTick(control) ? `${control.name} ${control.value}` : control.name;

/** What a control stands on, to see later whether it has moved. @param {Control} control */
export const standing = (control) =>
  control instanceof HTMLInputElement && isTick(control) ? String(control.checked) : control.value;
