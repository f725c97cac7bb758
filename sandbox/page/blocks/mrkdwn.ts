import { object, text } from '../../json.ts';
import { slackDate } from '../dates.ts';
import { html, type Markup, nothing } from '../markup.ts';
import { personName, type Reader } from '../names.ts';

/** The three characters Slack escapes, as they were typed. */
const unescaped = (escaped: string): string =>
  escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Text with its line breaks kept. */
export function lines(plain: string): Markup[] {
  return plain.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`));
}

/** A link people can follow. Anything but the web and mail is shown as text. */
export function link(url: string, label: Markup | Markup[]): Markup {
  return /^(https?:|mailto:)/i.test(url)
    ? html`<a href="${url}" target="_blank" rel="noreferrer noopener">${label}</a>`
    : html`${label}`;
}

export const mention = (words: string): Markup => html`<span class="mention">${words}</span>`;

// One alternative for each thing that can stand in a line; what is found first wins, and its inside is read again.
const inline = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<(?<angle>[^<>\\n]+)>',
    '(?<![\\p{L}\\p{N}*])\\*(?<bold>\\S(?:[^*\\n]*\\S)?)\\*(?![\\p{L}\\p{N}*])',
    '(?<![\\p{L}\\p{N}_])_(?<italic>\\S(?:[^_\\n]*\\S)?)_(?![\\p{L}\\p{N}_])',
    '(?<![\\p{L}\\p{N}~])~(?<strike>\\S(?:[^~\\n]*\\S)?)~(?![\\p{L}\\p{N}~])',
  ].join('|'),
  'gu',
);

function inlines(reader: Reader, source: string): Markup[] {
  const drawn: Markup[] = [];
  let from = 0;
  for (const found of source.matchAll(inline)) {
    drawn.push(...lines(unescaped(source.slice(from, found.index))), piece(reader, found.groups ?? {}));
    from = found.index + found[0].length;
  }
  return [...drawn, ...lines(unescaped(source.slice(from)))];
}

function piece(reader: Reader, groups: Record<string, string | undefined>): Markup {
  const { code, angle, bold, italic, strike } = groups;
  if (code !== undefined) return html`<code>${unescaped(code)}</code>`;
  if (angle !== undefined) return reference(reader, angle);
  if (bold !== undefined) return html`<b>${inlines(reader, bold)}</b>`;
  if (italic !== undefined) return html`<i>${inlines(reader, italic)}</i>`;
  return html`<s>${inlines(reader, strike ?? '')}</s>`;
}

/** What stands between `<` and `>`: a person, a conversation, a date, everyone, or a link. */
function reference(reader: Reader, inside: string): Markup {
  const [target = '', label] = inside.split('|', 2).map(unescaped);
  if (target.startsWith('@')) return mention(`@${personName(reader, target.slice(1))}`);
  if (target.startsWith('#'))
    return mention(`#${reader.state.channels.get(target.slice(1))?.name ?? (label || 'private channel')}`);
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = '', url] = target.split('^');
    const words = html`<time>${slackDate(reader, Number(seconds), format) || label}</time>`;
    return url ? link(url, words) : words;
  }
  if (target.startsWith('!subteam^')) return mention(label ?? '@group');
  if (target.startsWith('!')) return mention(`@${target.slice(1)}`);
  return link(target, html`${label ?? target.replace(/^mailto:/, '')}`);
}

function quotesAndLines(reader: Reader, source: string): Markup[] {
  const drawn: Markup[] = [];
  for (const part of source.split(/(^&gt; ?.*(?:\n&gt; ?.*)*\n?)/m)) {
    if (part.startsWith('&gt;')) {
      const quoted = part.trimEnd().replaceAll(/^&gt; ?/gm, '');
      drawn.push(html`<blockquote>${inlines(reader, quoted)}</blockquote>`);
    } else if (part !== '') drawn.push(...inlines(reader, part));
  }
  return drawn;
}

/** Slack's own markup: bold, italic, struck, code, quotes, mentions, dates and links. Lists are plain lines in it. */
export function mrkdwn(reader: Reader, source: string): Markup {
  const parts = source.split(/```\n?([\s\S]*?)\n?```\n?/);
  return html`${parts.map((part, index) =>
    index % 2 === 1 ? html`<pre>${unescaped(part)}</pre>` : quotesAndLines(reader, part),
  )}`;
}

/** A text object of either kind. */
export function drawText(reader: Reader, value: unknown): Markup {
  const { type, text: words } = object(value);
  if (typeof words !== 'string') return nothing;
  return type === 'mrkdwn' ? mrkdwn(reader, words) : html`${lines(words)}`;
}

/** A text object where only words fit, such as in an option of a menu. */
export const plainWords = (value: unknown): string => text(object(value).text);
