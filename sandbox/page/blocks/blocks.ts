import { isObject, type Json, object, objects, text } from '../../json.ts';
import type { Block } from '../../state/state.ts';
import { attribute, flag, html, type Markup, notDrawn, nothing, version } from '../markup.ts';
import { button, overflow } from './buttons.ts';
import { chart, table } from './charts-and-tables.ts';
import { groupControls } from './choices.ts';
import { bareControl, type Control } from './control.ts';
import { controlId, type Frame, idPart } from './frame.ts';
import { singleControls } from './inputs.ts';
import { drawText, mrkdwn, plainWords } from './mrkdwn.ts';
import { richText } from './rich-text.ts';

function image(element: Json): Markup {
  const url = text(element.image_url);
  // Nothing is fetched from elsewhere, so only pictures on this machine are drawn; the others are described.
  return /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)
    ? html`<img src="${url}" alt="${text(element.alt_text)}">`
    : html`<span class="picture">Picture: ${text(element.alt_text)}</span>`;
}

/** An element beside or below text, named by what stands around it. */
function bareElement(frame: Frame, block: Block, element: Json): Markup {
  const type = text(element.type);
  if (type === 'button') return button(frame, block, element);
  if (type === 'overflow') return overflow(frame, block, element);
  if (type === 'image') return image(element);
  const control = bareControl(frame, block, element);
  const single = singleControls[type];
  // Without the script, choosing alone sends nothing.
  const send = html`<noscript><button class="button" formaction="${frame.actions}/change">Choose</button></noscript>`;
  if (single) return html`<span class="bare">${single(control)}${send}</span>`;
  const group = groupControls[type];
  return group
    ? html`<fieldset class="bare"><legend class="unseen">${control.label}</legend>${group(control)}${send}</fieldset>`
    : notDrawn(type);
}

function section(frame: Frame, block: Block): Markup {
  const { reader } = frame;
  const fields = objects(block.fields).map((each) => html`<div>${drawText(reader, each)}</div>`);
  return html`<div class="section"><div class="section-text">${
    block.text ? html`<div class="text">${drawText(reader, block.text)}</div>` : nothing
  }${fields.length > 0 ? html`<div class="fields">${fields}</div>` : nothing}</div>${
    isObject(block.accessory)
      ? html`<div class="accessory">${bareElement(frame, block, block.accessory)}</div>`
      : nothing
  }</div>`;
}

/** What stands below an input: the hint, and what is wrong. Both are read out with it. */
function below(id: string, hint: string, error: string | undefined): Markup {
  return html`${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}${
    error ? html`<p class="error" id="${id}-error"><span aria-hidden="true">▲</span> ${error}</p>` : nothing
  }`;
}

function input(frame: Frame, block: Block): Markup {
  const element = object(block.element);
  const id = controlId(frame, block, element);
  const error = frame.errors[text(block.block_id)];
  const hint = plainWords(block.hint);
  const parts = [...(hint ? [`${id}-hint`] : []), ...(error ? [`${id}-error`] : [])];
  const optional = block.optional === true ? html` <span class="optional">(optional)</span>` : nothing;
  const control: Control = {
    ...bareControl(frame, block, element),
    label: undefined,
    describedBy: parts.join(' ') || undefined,
    invalid: error !== undefined,
    required: block.optional !== true,
  };
  return labelled(control, html`${plainWords(block.label)}${optional}`, below(id, hint, error));
}

/** A control under its label, or a group of them under its legend. */
function labelled(control: Control, words: Markup, after: Markup): Markup {
  const { element, id, describedBy, required } = control;
  const type = text(element.type);
  const [single, group] = [singleControls[type], groupControls[type]];
  if (single) return html`<label for="${id}">${words}</label>${single(control)}${after}`;
  if (!group) return html`<p class="label">${words}</p>${notDrawn(type)}${after}`;
  const isRequired = type === 'radio_buttons' && required;
  return html`<fieldset${attribute('aria-describedby', describedBy)}${flag('aria-required="true"', isRequired)}>
<legend>${words}</legend>${group(control)}${after}</fieldset>`;
}

const drawers: Readonly<Record<string, (frame: Frame, block: Block) => Markup>> = {
  section,
  input,
  header: ({ reader }, block) => html`<h3 class="header">${drawText(reader, block.text)}</h3>`,
  divider: () => html`<hr>`,
  context: ({ reader }, block) =>
    html`<div class="context">${objects(block.elements).map((each) =>
      each.type === 'image' ? image(each) : html`<span>${drawText(reader, each)}</span>`,
    )}</div>`,
  actions: (frame, block) =>
    html`<div class="row">${objects(block.elements).map((each) => bareElement(frame, block, each))}</div>`,
  image: ({ reader }, block) =>
    html`<figure>${image(block)}${block.title ? html`<figcaption>${drawText(reader, block.title)}</figcaption>` : nothing}</figure>`,
  rich_text: ({ reader }, block) => richText(reader, block),
  markdown: ({ reader }, block) => mrkdwn(reader, text(block.text)),
  data_visualization: (_frame, block) => chart(block),
  table: ({ reader }, block) => table(reader, block),
};

/** Draws one block, or says that it is not drawn here. */
const drawBlock = (frame: Frame, block: Block): Markup =>
  drawers[block.type]?.(frame, block) ?? html`<p>${notDrawn(block.type)}</p>`;

/**
 * Draws blocks so that the script can tell which have changed. What somebody types is not part of a block's
 * version: a control that is being typed in stays as it is while others around it change.
 */
export function drawBlocks(frame: Frame, blocks: readonly Block[]): Markup {
  return html`<div class="blocks" id="${frame.key}-blocks" data-keyed>${blocks.map((block) => {
    const id = text(block.block_id);
    const typed =
      object(block.element ?? block.accessory).type === 'external_select' ? frame.values[id] : undefined;
    const now = version(JSON.stringify([block, frame.errors[id], frame.place, typed]));
    const kind = `block block-${text(block.type).replaceAll('_', '-')}`;
    return html`<div class="${kind}" id="${frame.key}-block-${idPart(id)}" data-block-id="${id}" data-version="${now}">${drawBlock(frame, block)}</div>`;
  })}</div>`;
}
