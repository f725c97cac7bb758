import type { ShownView } from '../state/views.ts';
import { base } from './addresses.ts';
import { drawBlocks } from './blocks/blocks.ts';
import { plainWords } from './blocks/mrkdwn.ts';
import { drawNotice } from './failure-notices.ts';
import { hidden, html, type Markup, nothing, version } from './markup.ts';
import { frameFor, type Visit } from './page-visit.ts';

/** The modal in front of the person. Without the script it is open from the start; the script makes it modal. */
export function modals(visit: Visit, notice: string | undefined): Markup {
  const view = visit.me.view();
  return html`<div id="modals" data-keyed>${view ? modal(visit, view, notice) : nothing}</div>`;
}

function modal(visit: Visit, view: ShownView, notice: string | undefined): Markup {
  const key = `view-${view.id}`;
  const frame = frameFor(visit, {
    place: 'view',
    key,
    values: view.state.values,
    errors: view.errors,
  });
  const parts = {
    title: plainWords(view.title),
    submit: plainWords(view.submit),
    close: plainWords(view.close),
  };
  return html`<dialog class="modal" id="${key}" data-keyed open aria-labelledby="${key}-title" data-callback-id="${view.callback_id}">
${drawNotice(visit, notice, 'view-notice')}<form id="${key}-form" data-keyed method="post" action="${base(visit)}/do/submit" novalidate data-place="view">
<div id="${key}-fields" hidden>${hidden('place', 'view')}${hidden('view', view.id)}${hidden('back', visit.here)}${
    // What Enter presses in a single line of text; without it that would be the first button on the way.
    parts.submit ? html`<button tabindex="-1">${parts.submit}</button>` : nothing
  }</div>
<header class="modal-head" id="${key}-head" data-version="${version(parts.title)}"><h2 id="${key}-title" tabindex="-1">${parts.title}</h2>
<button class="button quiet" name="all" value="yes" formaction="${base(visit)}/do/close" aria-label="Close">✕</button></header>
${drawBlocks(frame, view.blocks)}${foot(visit, key, parts)}</form></dialog>`;
}

const foot = (visit: Visit, key: string, { submit, close }: { submit: string; close: string }): Markup =>
  html`<footer class="modal-foot" id="${key}-foot" data-version="${version(submit + close)}"><button class="button" formaction="${base(
    visit,
  )}/do/close">${close || 'Close'}</button>${
    submit ? html`<button class="button primary" data-submit>${submit}</button>` : nothing
  }</footer>`;
