import { type Json, object, objects, text } from '../../json.ts';
import { slackDate } from '../dates.ts';
import { html, type Markup, notDrawn } from '../markup.ts';
import { channelName, personName, type Reader } from '../names.ts';
import { lines, link, mention } from './mrkdwn.ts';

function styled(words: Markup, style: unknown): Markup {
  const { bold, italic, strike, code, underline } = object(style);
  const tagged = code ? html`<code>${words}</code>` : words;
  const struck = strike ? html`<s>${tagged}</s>` : tagged;
  const lined = underline ? html`<u>${struck}</u>` : struck;
  const slanted = italic ? html`<i>${lined}</i>` : lined;
  return bold ? html`<b>${slanted}</b>` : slanted;
}

function piece(reader: Reader, element: Json): Markup {
  const channel = reader.state.channels.get(text(element.channel_id));
  switch (element.type) {
    case 'text':
      return html`${lines(text(element.text))}`;
    case 'link':
      return link(text(element.url), html`${text(element.text) || text(element.url)}`);
    case 'user':
      return mention(`@${personName(reader, text(element.user_id))}`);
    case 'channel':
      return mention(`#${channel ? channelName(reader, channel) : 'private channel'}`);
    case 'broadcast':
      return mention(`@${text(element.range)}`);
    case 'date':
      return html`<time>${slackDate(reader, Number(element.timestamp), text(element.format))}</time>`;
    case 'emoji':
      return html`${emoji(element)}`;
    default:
      return notDrawn(element.type);
  }
}

function emoji({ name, unicode }: Json): string {
  const points = text(unicode)
    .split('-')
    .map((each) => Number.parseInt(each, 16));
  return points.every((each) => each > 0 && each <= 0x10ffff)
    ? String.fromCodePoint(...points)
    : `:${text(name)}:`;
}

const inlines = (reader: Reader, elements: unknown): Markup[] =>
  objects(elements).map((each) => styled(piece(reader, each), each.style));

function list(reader: Reader, element: Json): Markup {
  const items = objects(element.elements).map((item) => html`<li>${inlines(reader, item.elements)}</li>`);
  const indent = `indent-${Math.min(Number(element.indent ?? 0), 8)}`;
  if (element.style !== 'ordered') return html`<ul class="${indent}">${items}</ul>`;
  return html`<ol class="${indent}" start="${Number(element.offset ?? 0) + 1}">${items}</ol>`;
}

/** Text as Slack's editor writes it: paragraphs, lists, quotes and code, with nothing in it read as markup. */
export function richText(reader: Reader, block: Json): Markup {
  return html`<div class="rich-text">${objects(block.elements).map((element) => {
    if (element.type === 'rich_text_list') return list(reader, element);
    const inside = inlines(reader, element.elements);
    if (element.type === 'rich_text_quote') return html`<blockquote>${inside}</blockquote>`;
    if (element.type === 'rich_text_preformatted') return html`<pre>${inside}</pre>`;
    return html`<p>${inside}</p>`;
  })}</div>`;
}
