import { decodeText } from './incoming-text.ts';

/** One line of what a message shows, without marks. */
export type ShownPart = {
  text: string;
  /** What stands before it or above it, in bold and with a colon, a question mark or as the title of a field. */
  label?: string;
  isHeading?: true;
  isCode?: true;
  /** In small print: what is said by the way. */
  isSmall?: true;
  /** Whom it mentions, by id; the text has their names. */
  mentions?: string[];
};

type NameOf = (personId: string) => string | undefined;

/** The lines of a text in Slack's markup, or in Markdown as far as apps send that too. */
export function partsOfMarkup(markup: string, nameOf: NameOf): ShownPart[] {
  return markup
    .split('```')
    .flatMap((piece, at) => (at % 2 === 1 ? codeParts(piece, nameOf) : lineParts(piece, nameOf)));
}

function codeParts(code: string, nameOf: NameOf): ShownPart[] {
  return linesOf(code).map((line) => ({ text: decodeText(line, nameOf).trim(), isCode: true }));
}

function lineParts(markup: string, nameOf: NameOf): ShownPart[] {
  let above: string | undefined;
  const parts: ShownPart[] = [];
  for (const line of fromMarkdown(markup).split(/\r\n|\r|\n/)) {
    const part = partOfLine(line.trim(), nameOf);
    if (part === undefined) continue;
    if ('opens' in part) above = part.opens;
    else if (part.label !== undefined || part.isHeading) {
      above = undefined;
      parts.push(part);
    } else parts.push(above === undefined ? part : { ...part, label: above });
  }
  return parts;
}

/** Bold as in Markdown, its headings and links, in Slack's marks. */
function fromMarkdown(markup: string): string {
  return markup
    .replaceAll(/^#{1,6}\s+(.+)$/gm, '*$1*')
    .replaceAll(/\*\*([^*\n]+)\*\*/g, '*$1*')
    .replaceAll(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, '<$2|$1>');
}

/** A bold line that ends like a label stands over what follows; any other bold line is a heading. */
function partOfLine(line: string, nameOf: NameOf): ShownPart | { opens: string } | undefined {
  const words = line
    .replace(/^(?:&gt;|>|[•◦▪]|[-*]\s)\s*/, '')
    .replace(EMOJI_BEFORE, '')
    .trim();
  const [, bold, colon, rest] = /^[^\p{L}\p{N}*<[]*\*([^*]+)\*\s*([:：]?)\s*(.*)$/u.exec(words) ?? [];
  if (bold === undefined || rest === undefined) return shown(words, nameOf);
  const name = plain(bold, nameOf);
  const isLabel = colon !== '' || /[:：?？]$/.test(name);
  const label = name.replace(/\s*[:：]$/, '');
  if (rest === '') return isLabel ? { opens: label } : headingOf(bold, nameOf);
  const part = shown(isLabel ? rest : words, nameOf);
  return part && (isLabel ? { ...part, label } : part);
}

/** Pictures before the words of a line, which nobody reads as words; a line may be nothing else. */
const EMOJI_BEFORE = /^(?:\s*:(?=[^:\s]*[a-z+])[a-z0-9_+'-]+:(?![\p{L}\p{N}]))+/u;

function headingOf(bold: string, nameOf: NameOf): ShownPart | undefined {
  const part = shown(bold, nameOf);
  return part && { ...part, isHeading: true };
}

function shown(markup: string, nameOf: NameOf): ShownPart | undefined {
  const text = plain(markup, nameOf);
  if (text === '') return undefined;
  const mentions = [...markup.matchAll(/<@([^|>]+)[^>]*>/g)].map(([, id]) => id ?? '');
  return { text, ...(mentions.length > 0 && { mentions }) };
}

/** A named link is its name: the address behind it is not shown. */
function plain(markup: string, nameOf: NameOf): string {
  const named = markup.replaceAll(/<(?:https?:|mailto:|tel:)[^|<>]*\|([^<>]+)>/g, '$1');
  return decodeText(withoutMarks(named), nameOf)
    .replaceAll('#a channel', 'a channel')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** `*bold*`, `_italic_`, `~struck~` and `` `code` `` at the edges of words. */
function withoutMarks(markup: string): string {
  return markup
    .replaceAll('`', '')
    .replaceAll(/(?<![\p{L}\p{N}])([*_~]{1,3})(\S(?:[^\n]*?\S)?)\1(?![\p{L}\p{N}])/gu, '$2');
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
}
