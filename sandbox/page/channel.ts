import { inOrder } from '../state/messages.ts';
import type { Channel, Message } from '../state/state.ts';
import { base, channelAddress } from './addresses.ts';
import { hidden, html, type Markup, nothing, version } from './markup.ts';
import { drawMessages } from './messages.ts';
import { channelTitle, isDirect, isWithApp } from './names.ts';
import { openChannel, type Visit } from './page-visit.ts';

/** What the person sees in a conversation: its messages, and those that only they see. */
function seen({ me }: Visit, channel: Channel): Message[] {
  const own = me.ephemerals(channel.id).filter((each) => each.thread_ts === undefined);
  return inOrder([...me.messages(channel.id), ...own]);
}

function seenInThread({ me }: Visit, channel: Channel, ts: string): Message[] {
  const own = me.ephemerals(channel.id).filter((each) => each.thread_ts === ts);
  return inOrder([...me.thread(channel.id, ts), ...own]);
}

/** The menu beside the composer: the shortcut that works anywhere and, outside of threads, the commands. */
function plusMenu(visit: Visit, channel: Channel, inThread: boolean): Markup {
  const { shortcuts, commands } = visit.workspace.installation;
  const anywhere = shortcuts.filter((each) => each.type === 'global');
  const path = channelAddress(visit, channel);
  return html`<details class="menu plus" name="menu"><summary aria-label="Shortcuts and commands" title="Shortcuts and commands">+</summary>
<div class="menu-entries">${anywhere.map(
    (each) =>
      html`<button class="entry" name="shortcut" value="${each.callbackId}" formaction="${base(visit)}/do/shortcut">${each.name}</button>`,
  )}${
    inThread
      ? nothing
      : commands.map(
          (each) =>
            html`<a class="entry" href="${path}?draft=${encodeURIComponent(`${each.command} `)}">${each.command} <span class="muted">${each.hint}</span></a>`,
        )
  }</div></details>`;
}

/** The box to write in. `thread` is the message being answered. */
function composer(visit: Visit, channel: Channel, thread?: string): Markup {
  const id = thread ? 'thread-composer' : 'composer';
  const label = thread ? 'Reply in this thread' : `Message ${channelTitle(visit.reader, channel)}`;
  const draft = thread ? visit.drafts.thread : visit.drafts.channel;
  return html`<form class="composer" id="${id}" method="post" action="${base(visit)}/do/say" data-version="${version(channel.id + thread + draft)}">${hidden(
    'channel',
    channel.id,
  )}${thread ? hidden('thread', thread) : nothing}${hidden('back', visit.here.split('?')[0] ?? '')}${plusMenu(visit, channel, thread !== undefined)}
<label class="unseen" for="${id}-text">${label}</label>
<textarea id="${id}-text" name="text" rows="1" placeholder="${label}" data-enter-sends${draft ? html` autofocus` : nothing}>
${draft}</textarea><button class="button primary">Send</button></form>`;
}

const because = (words: string) => html`<p class="composer instead" id="composer">${words}</p>`;

/** What stands in place of the composer where this person cannot write, and why. */
function instead(visit: Visit, channel: Channel): Markup | undefined {
  if (isWithApp(visit.reader, channel) && visit.workspace.installation.messagesReadOnly)
    return because('This app writes to you here. It does not read answers.');
  if (channel.isArchived) return because('This channel is archived. Nobody can write in it.');
  if (channel.members.has(visit.reader.person.id)) return undefined;
  return html`<form class="composer instead" id="composer" method="post" action="${base(visit)}/do/join">${hidden(
    'channel',
    channel.id,
  )}${hidden('back', visit.here)}<p>You are looking at ${channelTitle(visit.reader, channel)}.</p><button class="button primary">Join</button></form>`;
}

/** A way to let the app into a channel, for those who are in it. Direct messages are between people. */
function invitation(visit: Visit, channel: Channel): Markup {
  const { state, person } = visit.reader;
  if (isDirect(channel) || channel.members.has(state.app.botUserId) || !channel.members.has(person.id))
    return nothing;
  return html`<form class="push" method="post" action="${base(visit)}/do/invite">${hidden('channel', channel.id)}${hidden(
    'back',
    visit.here,
  )}<button class="button quiet">Invite ${state.app.name}</button></form>`;
}

/** Who is here: how many people, and whether the app is. */
function about(visit: Visit, channel: Channel): Markup {
  const { app } = visit.reader.state;
  if (isWithApp(visit.reader, channel)) return html`<p class="muted">App</p>`;
  const hasApp = channel.members.has(app.botUserId);
  const people = channel.members.size - (hasApp ? 1 : 0);
  const parts = [
    ...(channel.kind === 'private' ? ['Private'] : []),
    people === 1 ? '1 person' : `${people} people`,
    ...(channel.kind === 'im' ? [] : [hasApp ? `${app.name} is here` : `${app.name} is not here`]),
    ...(channel.isExtShared ? ['shared with another organisation'] : []),
  ];
  return html`<p class="muted">${parts.join(' · ')}</p>`;
}

/** The main column for a conversation; the one with the app has tabs under its name. */
export function channelColumn(visit: Visit, tabs: Markup = nothing): Markup {
  const channel = openChannel(visit);
  if (!channel) return emptyDirect(visit, tabs);
  const title = channelTitle(visit.reader, channel);
  return html`<header class="column-head" id="head"><a class="back" href="${base(visit)}">Back</a><div><h1>${title}</h1>${about(
    visit,
    channel,
  )}</div>${invitation(visit, channel)}</header>${tabs}${drawMessages(visit, seen(visit, channel), {
    channel,
    inThread: false,
  })}${instead(visit, channel) ?? composer(visit, channel)}`;
}

const emptyDirect = (visit: Visit, tabs: Markup): Markup =>
  html`<header class="column-head" id="head"><a class="back" href="${base(visit)}">Back</a><div><h1>${visit.reader.state.app.name}</h1></div></header>${tabs}
<p class="empty" id="messages">${visit.reader.state.app.name} has not written to you yet.</p>`;

/** The thread beside a conversation. */
export function threadColumn(visit: Visit): Markup {
  const { where } = visit;
  if (where.at !== 'channel' || where.thread === undefined) return nothing;
  const { channel, thread } = where;
  const listing = { channel, inThread: true };
  return html`<header class="column-head" id="thread-head"><a class="back" href="${channelAddress(visit, channel)}">Back</a><div><h2>Thread</h2>
<p class="muted">${channelTitle(visit.reader, channel)}</p></div><a class="button quiet push close-thread" href="${channelAddress(
    visit,
    channel,
  )}" aria-label="Close the thread">✕</a></header>${drawMessages(visit, seenInThread(visit, channel, thread), listing)}${
    instead(visit, channel) ? nothing : composer(visit, channel, thread)
  }`;
}
