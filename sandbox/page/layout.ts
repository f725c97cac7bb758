import type { State } from '../state/state.ts';
import { base } from './addresses.ts';
import { styles } from './assets.ts';
import { channelColumn, threadColumn } from './channel.ts';
import { drawNotice } from './failure-notices.ts';
import { homeColumn, tabs } from './home.ts';
import { html, type Markup, nothing } from './markup.ts';
import { avatar } from './messages.ts';
import { modals } from './modal.ts';
import { channelTitle, peopleOf, personName } from './names.ts';
import { openChannel, type Visit } from './page-visit.ts';
import { sidebar, standing } from './sidebar.ts';

const banner: Markup = html`<p class="banner" id="banner"><b>This is not Slack.</b> <span class="wide">It is a stand-in for trying the app out.</span> Nothing you type leaves this machine.</p><noscript><p class="banner">Scripts are off here: reload the page to see what is new.</p></noscript>`;

function document(title: string, body: Markup, events?: string): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="/page/icon.svg" type="image/svg+xml">${styles.map((each) => html`<link rel="stylesheet" href="/page/${each}">`)}
<script type="module" src="/page/page.js"></script></head><body${events ? html` data-events="${events}"` : nothing}>${body}</body></html>`;
}

function digestToTry({ reader, workspace }: Visit): Markup {
  const admin = peopleOf(reader.state).find(({ isAdmin }) => isAdmin);
  const command = workspace.installation.commands[0]?.command;
  if (admin === undefined || command === undefined) return nothing;
  return html`<li>Become ${admin.realName}, who is an admin, and write <code>${command} settings</code>. Whoever is chosen there sets up the weekly digest with <code>${command} digest settings</code>.</li>`;
}

function overview(visit: Visit): Markup {
  const { reader, workspace } = visit;
  const { shortcuts, commands } = workspace.installation;
  const message = shortcuts.find((each) => each.type === 'message')?.name;
  const command = commands[0]?.command;
  return html`<div class="welcome" id="welcome"><h1>${reader.state.team.name}</h1>
<p>You are ${personName(reader, reader.person.id)}. Choose a conversation, or become somebody else at any time.</p>
<h2>A few things to try</h2><ol>
<li>Open a channel with an incident in it, open its thread, and choose <b>${message ?? 'the app'}</b> from the menu (⋯) of a message.</li>
<li>In a channel, write <code>${command ?? '/command'}</code> and one line about what nearly happened.</li>
<li>Open <a href="${base(visit)}/home">${reader.state.app.name}</a> to see its Home, then become somebody else and see what they see.</li>
${digestToTry(visit)}</ol></div>`;
}

function mainColumn(visit: Visit): Markup {
  switch (visit.where.at) {
    case 'overview':
      return overview(visit);
    case 'home':
      return homeColumn(visit);
    case 'dm':
      return channelColumn(visit, tabs(visit));
    default:
      return channelColumn(visit);
  }
}

function titleOf(visit: Visit): string {
  const { reader, where } = visit;
  const channel = where.at === 'channel' ? openChannel(visit) : undefined;
  const place = channel
    ? channelTitle(reader, channel)
    : where.at === 'overview'
      ? ''
      : reader.state.app.name;
  return [place, personName(reader, reader.person.id), `${reader.state.team.name}, not Slack`]
    .filter((each) => each !== '')
    .join(' · ');
}

/** The whole page for one visit. `notice` is what did not work, if anything. */
export function page(visit: Visit, notice: string | undefined): Markup {
  const thread = visit.where.at === 'channel' && visit.where.thread !== undefined;
  const pane = visit.where.at === 'overview' ? 'list' : thread ? 'thread' : 'main';
  return document(
    titleOf(visit),
    html`<a class="skip" href="#main">Skip to the conversation</a>${banner}${drawNotice(visit, visit.me.view() ? undefined : notice)}
<div class="app" id="app" data-pane="${pane}">${sidebar(visit)}
<main class="column" id="main" data-keyed tabindex="-1">${mainColumn(visit)}</main>
${thread ? html`<aside class="column thread" id="thread" data-keyed aria-label="Thread">${threadColumn(visit)}</aside>` : nothing}</div>
${modals(visit, notice)}`,
    `${base(visit)}/events`,
  );
}

/** The first page: who would you like to be? */
export function chooser(state: State): Markup {
  const people = peopleOf(state);
  return document(
    `${state.team.name}, not Slack`,
    html`${banner}<main class="chooser"><h1>${state.team.name}</h1><p>Who would you like to be? You can change at any time.</p><ul>${people.map(
      (each) =>
        html`<li><a href="/as/${encodeURIComponent(each.handle)}">${avatar(each.realName)}<span><b>${each.realName}</b> <span class="muted">${standing(
          each,
        )}</span></span></a></li>`,
    )}</ul></main>`,
  );
}

/** A page for an address at which this person finds nothing. */
export const notFound = (words: string, back: string): Markup =>
  document(
    'Not here',
    html`${banner}<main class="chooser"><h1>Not here</h1><p>${words}</p><p><a class="button" href="${back}">Go back</a></p></main>`,
  );
