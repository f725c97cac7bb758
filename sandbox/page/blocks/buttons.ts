import { isObject, type Json, object, objects, text } from '../../json.ts';
import type { Block } from '../../state/state.ts';
import { attribute, html, type Markup, nothing } from '../markup.ts';
import { controlId, type Frame, pressValue } from './frame.ts';
import { drawText, link, plainWords } from './mrkdwn.ts';

const look = (element: Json) =>
  ({ primary: 'button primary', danger: 'button danger' })[text(element.style)] ?? 'button';

/** A button that posts the form it stands in to where presses go. */
const press = (frame: Frame, value: string, classes: string, words: Markup, label?: string) =>
  html`<button class="${classes}" name="press" value="${value}" formaction="${frame.actions}/press"${attribute(
    'aria-label',
    label,
  )}>${words}</button>`;

/** The question asked before a press is sent. It opens and closes by the browser's own means. */
function confirmation(frame: Frame, id: string, element: Json, value: string): Markup {
  const asks = object(element.confirm);
  const sure = asks.style === 'danger' ? 'button danger' : 'button primary';
  return html`<dialog class="confirm" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${drawText(frame.reader, asks.title)}</h2>
<p>${drawText(frame.reader, asks.text)}</p>
<p class="row end"><button class="button" type="button" command="close" commandfor="${id}">${drawText(
    frame.reader,
    asks.deny,
  )}</button>${press(frame, value, sure, drawText(frame.reader, asks.confirm))}</p></dialog>`;
}

/** A button; with a confirm dialog, one that asks first; with an address and nothing else, a link. */
export function button(frame: Frame, block: Block, element: Json): Markup {
  const value = pressValue(block, element);
  const words = html`${plainWords(element.text)}`;
  const label = text(element.accessibility_label) || undefined;
  if (text(element.url)) return html`<span class="${look(element)}">${link(text(element.url), words)}</span>`;
  if (!isObject(element.confirm)) return press(frame, value, look(element), words, label);
  const id = `${controlId(frame, block, element)}-confirm`;
  return html`<button class="${look(element)}" type="button" command="show-modal" commandfor="${id}"${attribute(
    'aria-label',
    label,
  )}>${words}</button>${confirmation(frame, id, element, value)}`;
}

/** The menu behind three dots. */
export function overflow(frame: Frame, block: Block, element: Json): Markup {
  const id = `${controlId(frame, block, element)}-confirm`;
  const entries = objects(element.options).map((option, index) =>
    entry(frame, element, option, pressValue(block, element, text(option.value)), `${id}-${index}`),
  );
  return html`<details class="menu" name="menu"><summary class="button" aria-label="More actions">⋯</summary>
<div class="menu-entries">${entries.map((each) => each.opener)}</div></details>${entries.map((each) => each.dialog)}`;
}

function entry(frame: Frame, element: Json, option: Json, value: string, id: string) {
  const words = html`${plainWords(option.text)}`;
  if (text(option.url)) return { opener: link(text(option.url), words), dialog: nothing };
  if (!isObject(element.confirm)) return { opener: press(frame, value, 'entry', words), dialog: nothing };
  const opener = html`<button class="entry" type="button" command="show-modal" commandfor="${id}">${words}</button>`;
  return { opener, dialog: confirmation(frame, id, element, value) };
}
