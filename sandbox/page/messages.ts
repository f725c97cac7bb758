import { elementsOf } from '../block-kit/blocks.ts';
import { repliesTo } from '../state/messages.ts';
import type { Channel, Message } from '../state/state.ts';
import { base, threadAddress } from './addresses.ts';
import { drawBlocks } from './blocks/blocks.ts';
import { placeText } from './blocks/frame.ts';
import { mrkdwn } from './blocks/mrkdwn.ts';
import { dayWords, fullTime, instant, timeOfDay } from './dates.ts';
import { hidden, html, type Markup, nothing, version } from './markup.ts';
import { authorName, isApp, type Reader } from './names.ts';
import { frameFor, type Visit } from './page-visit.ts';

/** A person's or app's initials on a colour of their own, for finding one's way; names say the same. */
export function avatar(name: string): Markup {
  const initials = name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('');
  let sum = 0;
  for (const letter of name) sum += letter.codePointAt(0) ?? 0;
  return html`<span class="avatar tint-${sum % 6}" aria-hidden="true">${initials.toUpperCase()}</span>`;
}

/** The channel a list of messages belongs to, and whether it is a thread already. */
type Listing = { readonly channel: Channel; readonly inThread: boolean };

function body(visit: Visit, message: Message, key: string): Markup {
  if (!message.blocks || message.blocks.length === 0)
    return html`<div class="text">${mrkdwn(visit.reader, message.text)}</div>`;
  const place = { channel: message.channel, ts: message.ts };
  const frame = frameFor(visit, { place, key, values: {}, errors: {} });
  if (!message.blocks.some((block) => elementsOf(block).length > 0)) return drawBlocks(frame, message.blocks);
  return html`<form method="post" action="${base(visit)}/do/change" data-place="${placeText(place)}">${hidden(
    'place',
    placeText(place),
  )}${hidden('back', visit.here)}${drawBlocks(frame, message.blocks)}</form>`;
}

/** How many answers a message has, leading to them. */
function threadLink(visit: Visit, message: Message, { channel }: Listing): Markup {
  const replies = repliesTo(visit.reader, message.channel, message.ts);
  const last = replies.at(-1);
  if (!last) return nothing;
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return html`<p class="thread-link"><a href="${threadAddress(visit, channel, message.ts)}">${count}</a> <span class="muted">last at ${timeOfDay(
    visit.reader,
    instant(last.ts),
  )}</span></p>`;
}

/** The menu of a message: the app's shortcuts, and answering in a thread. */
function menu(visit: Visit, message: Message, { channel, inThread }: Listing): Markup {
  if (message.ephemeral_to || message.subtype === 'tombstone') return nothing;
  const shortcuts = visit.workspace.installation.shortcuts.filter((each) => each.type === 'message');
  const root = message.thread_ts ?? message.ts;
  return html`<details class="menu message-menu" name="menu"><summary aria-label="More actions for the message of ${timeOfDay(
    visit.reader,
    instant(message.ts),
  )}" title="More actions">⋯</summary>
<form class="menu-entries" method="post" action="${base(visit)}/do/shortcut">${hidden('place', placeText(message))}${hidden(
    'back',
    visit.here,
  )}${shortcuts.map(
    (each) => html`<button class="entry" name="shortcut" value="${each.callbackId}">${each.name}</button>`,
  )}${
    inThread
      ? nothing
      : html`<a class="entry" href="${threadAddress(visit, channel, root)}">Reply in thread</a>`
  }</form></details>`;
}

function head(reader: Reader, message: Message): Markup {
  const at = instant(message.ts);
  return html`<p class="message-head"><b>${authorName(reader, message)}</b>${
    isApp(reader, message) ? html` <span class="badge">App</span>` : nothing
  } <time class="muted" datetime="${new Date(at).toISOString()}" title="${fullTime(reader, at)}">${timeOfDay(
    reader,
    at,
  )}</time>${message.edited ? html` <span class="muted">(edited)</span>` : nothing}</p>`;
}

/** One message. The id tells where it stands, as the same message can be in the channel and in its thread. */
function drawMessage(visit: Visit, message: Message, listing: Listing): Markup {
  const key = `${listing.inThread ? 't' : 'm'}-${message.ts.replace('.', '-')}`;
  const onlyYou = message.ephemeral_to !== undefined;
  const inside = html`${avatar(authorName(visit.reader, message))}<div class="message-main">${
    onlyYou ? html`<p class="only-you">Only visible to you</p>` : nothing
  }${head(visit.reader, message)}${body(visit, message, key)}${
    listing.inThread ? nothing : threadLink(visit, message, listing)
  }</div>${menu(visit, message, listing)}`;
  return html`<li class="message${onlyYou ? ' ephemeral' : ''}" id="${key}" data-ts="${message.ts}" data-version="${version(
    inside,
  )}">${inside}</li>`;
}

/** Messages in order, with the days between them. New ones are read out as they come. */
export function drawMessages(visit: Visit, messages: readonly Message[], listing: Listing): Markup {
  const id = listing.inThread ? 'thread-messages' : 'messages';
  let day = '';
  const items = messages.map((message) => {
    const on = dayWords(visit.reader, instant(message.ts));
    const divider =
      on === day ? nothing : html`<li class="day" id="${id}-${version(on)}"><span>${on}</span></li>`;
    day = on;
    return html`${divider}${drawMessage(visit, message, listing)}`;
  });
  return html`<ol class="messages" id="${id}" data-keyed tabindex="0" aria-label="Messages" aria-live="polite">${items}</ol>`;
}
