import type { Channel, Person } from '../state/state.ts';
import { base, channelAddress } from './addresses.ts';
import { html, type Markup, nothing, version } from './markup.ts';
import { avatar } from './messages.ts';
import { channelName, directWithApp, isDirect, isWithApp, peopleOf, personName } from './names.ts';
import { openChannel, type Visit } from './page-visit.ts';

/** What sets a person's account apart from others. */
export function standing(person: Person): string {
  if (person.isStranger) return 'from another organisation';
  if (person.isRestricted || person.isUltraRestricted) return 'guest';
  if (person.isOwner) return 'owner';
  return person.isAdmin ? 'admin' : '';
}

function switcher(visit: Visit): Markup {
  const { reader } = visit;
  const channel = openChannel(visit);
  const open = channel && !isWithApp(reader, channel) && channel.kind !== 'im' ? channel : undefined;
  const entries = peopleOf(reader.state).map((each) => {
    const to =
      open && visit.workspace.person(each.id).channels().includes(open)
        ? `/c/${encodeURIComponent(open.name)}`
        : '';
    const current = each.id === reader.person.id ? html` aria-current="true"` : nothing;
    const extra = standing(each);
    return html`<a class="entry" href="/as/${encodeURIComponent(each.handle)}${to}"${current}>${personName(reader, each.id)}${
      extra ? html` <span class="muted">${extra}</span>` : nothing
    }</a>`;
  });
  const name = personName(reader, reader.person.id);
  return html`<details class="menu switch" id="switch" name="menu" data-version="${version(entries)}"><summary>${avatar(name)}<span><span class="muted">You are</span> <b>${name}</b></span></summary>
<div class="menu-entries"><p class="menu-title">Be somebody else</p>${entries}</div></details>`;
}

function entry(visit: Visit, channel: Channel): Markup {
  const { reader } = visit;
  const isOpen = openChannel(visit) === channel;
  const count = isOpen ? 0 : visit.unread(channel);
  const mark = isDirect(channel)
    ? html`<span class="mark dot" aria-hidden="true"></span>`
    : html`<span class="mark${channel.kind === 'private' ? ' lock' : ''}" aria-hidden="true">${channel.kind === 'private' ? '' : '#'}</span>`;
  return html`<li><a id="go-${channel.id}" href="${channelAddress(visit, channel)}"${isOpen ? html` aria-current="page"` : nothing}${
    count > 0 ? html` class="has-new"` : nothing
  }>${mark}<span class="name">${channelName(reader, channel)}</span>${
    channel.kind === 'private' ? html`<span class="unseen"> (private)</span>` : nothing
  }${count > 0 ? html`<span class="count">${count}<span class="unseen"> new</span></span>` : nothing}</a></li>`;
}

const list = (heading: string, entries: Markup[]): Markup =>
  entries.length > 0 ? html`<h2>${heading}</h2><ul>${entries}</ul>` : nothing;

function appEntries(visit: Visit): Markup[] {
  const { reader, where } = visit;
  const direct = directWithApp(reader);
  const count = direct && where.at !== 'dm' ? visit.unread(direct) : 0;
  const at = (name: string) => (where.at === name ? html` aria-current="page"` : nothing);
  return [
    html`<li><a id="go-home" href="${base(visit)}/home"${at('home')}>${avatar(reader.state.app.name)}<span class="name">${reader.state.app.name}</span></a></li>`,
    html`<li><a id="go-dm" href="${base(visit)}/dm"${at('dm')}${count > 0 ? html` class="has-new"` : nothing}><span class="mark dot" aria-hidden="true"></span><span class="name">Messages<span class="unseen"> from ${reader.state.app.name}</span></span>${
      count > 0 ? html`<span class="count">${count}<span class="unseen"> new</span></span>` : nothing
    }</a></li>`,
  ];
}

/** The conversations and the app, with the person one is at the top. */
export function sidebar(visit: Visit): Markup {
  const { reader, me } = visit;
  const channels = me.channels().filter((each) => !isWithApp(reader, each));
  const named = channels.filter((each) => !isDirect(each)).toSorted((a, b) => a.name.localeCompare(b.name));
  const mine = named.filter((each) => each.members.has(reader.person.id));
  const rest = named.filter((each) => !each.members.has(reader.person.id) && !each.isArchived);
  const direct = channels.filter(isDirect);
  const draw = (each: Channel) => entry(visit, each);
  const lists = html`${list('App', appEntries(visit))}${list('Channels', mine.map(draw))}${list(
    'Channels you could join',
    rest.map(draw),
  )}${list('Direct messages', direct.map(draw))}`;
  return html`<nav class="sidebar" id="sidebar" aria-label="Workspace" data-keyed><p class="team" id="team"><a href="${base(visit)}">${reader.state.team.name}</a></p>${switcher(
    visit,
  )}<div class="lists" id="lists">${lists}</div></nav>`;
}
