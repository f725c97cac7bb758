import { base } from './addresses.ts';
import { drawBlocks } from './blocks/blocks.ts';
import { hidden, html, type Markup } from './markup.ts';
import { frameFor, type Visit } from './page-visit.ts';

/** The app's Home tab, as it was last published to this person. */
export function homeColumn(visit: Visit): Markup {
  const { app } = visit.reader.state;
  return html`<header class="column-head" id="head"><a class="back" href="${base(visit)}">Back</a><div><h1>${app.name}</h1>
<p class="muted">App</p></div></header>${tabs(visit)}<div class="home" id="home" data-keyed>${published(visit)}</div>`;
}

/** The two tabs of an app. */
export const tabs = (visit: Visit): Markup =>
  html`<nav class="tabs" id="tabs" aria-label="${visit.reader.state.app.name}">${(
    [
      ['home', 'Home'],
      ['dm', 'Messages'],
    ] as const
  ).map(
    ([at, words]) =>
      html`<a href="${base(visit)}/${at}"${visit.where.at === at ? html` aria-current="page"` : ''}>${words}</a>`,
  )}</nav>`;

function published(visit: Visit): Markup {
  const view = visit.me.home();
  if (!view)
    return html`<p class="empty" id="home-empty">${visit.reader.state.app.name} has not drawn its Home yet. Is it running?</p>`;
  const frame = frameFor(visit, { place: 'home', key: 'home', values: view.state.values, errors: {} });
  return html`<form id="home-form" data-keyed method="post" action="${base(visit)}/do/change" data-place="home">
<div id="home-fields" hidden>${hidden('place', 'home')}${hidden('back', visit.here)}</div>${drawBlocks(frame, view.blocks)}</form>`;
}
