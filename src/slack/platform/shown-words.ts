import { partsOfMarkup, type ShownPart } from './markup.ts';
import { richTextAsMarkup } from './rich-text.ts';

/** A block or an attachment as it comes; any field may be missing, or be of a kind nobody knows yet. */
type Loose = { readonly [field: string]: unknown };

/** A message as Slack sends it, as far as it is read. */
export type SlackMessage = {
  ts?: string | undefined;
  text?: string | undefined;
  user?: string | undefined;
  bot_id?: string | undefined;
  username?: string | undefined;
  subtype?: string | undefined;
  bot_profile?: { name?: string | undefined } | undefined;
  user_profile?: { display_name?: string | undefined; real_name?: string | undefined } | undefined;
  blocks?: object[] | undefined;
  attachments?: object[] | undefined;
  files?: object[] | undefined;
  reply_count?: number | undefined;
  latest_reply?: string | undefined;
};

/** What a message shows, and `aside` what it says only where it cannot be shown, which tells what kind it is. */
type ShownWords = { parts: ShownPart[]; aside: string };

/** What Slack puts where an app gave no words, or where words were. */
const PLACEHOLDER =
  /^(?:this (?:content|message|block) can['’]?t be (?:displayed|shown)|\[?no preview available\]?|this message (?:was deleted|contains interactive elements)|\[?no (?:content|text)\]?)[.!]?$/i;

/** The words of a message as Slack shows it: its blocks, or else its text; then its attachments. */
export function shownWords(
  { text, blocks, attachments }: Pick<SlackMessage, 'text' | 'blocks' | 'attachments'>,
  nameOf: (personId: string) => string | undefined,
): ShownWords {
  const inBlocks = listOf(withLabels(blocks, text)).flatMap((block) => partsOfBlock(block, nameOf));
  const written = text === undefined || isPlaceholder(text) ? '' : text;
  const own = inBlocks.length > 0 ? inBlocks : partsOfMarkup(written, nameOf);
  const attached = listOf(attachments);
  // What stands behind a link is shown too, and is another's words.
  const added = attached.filter((each) => own.length === 0 || !isUnfurled(each));
  const parts = [...own, ...added.flatMap((each) => partsOfAttachment(each, nameOf))];
  const unseen = [inBlocks.length > 0 ? written : '', ...attached.map(({ fallback }) => asText(fallback))];
  return { parts, aside: unseen.filter((each) => each !== '' && !isPlaceholder(each)).join('\n') };
}

/** Rich text has channels and groups by id alone; the text beside it may have their names. */
function withLabels(blocks: unknown, text = ''): unknown {
  const labels = [...text.matchAll(/<[#!](?:subteam\^)?(\w+)\|([^>]+)>/g)].map(([, id, label]) => [
    id,
    label,
  ]);
  if (labels.length === 0 || !Array.isArray(blocks)) return blocks;
  const known = Object.fromEntries(labels);
  return blocks.map((block) =>
    isLoose(block) && block.type === 'rich_text' ? { ...block, labels: known } : block,
  );
}

function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text.trim());
}

function isUnfurled({ from_url: from, original_url: original, is_msg_unfurl: quoted }: Loose): boolean {
  return from !== undefined || original !== undefined || quoted === true;
}

type NameOf = (personId: string) => string | undefined;

function partsOfAttachment(attachment: Loose, nameOf: NameOf): ShownPart[] {
  const { pretext, title, text, fields, blocks, footer, fallback } = attachment;
  const shown = [
    ...partsOfMarkup(asText(pretext), nameOf),
    ...partsOfMarkup(asText(title), nameOf).map(asHeading),
    ...partsOfMarkup(asText(text), nameOf),
    ...listOf(fields).flatMap((field) => labelled(asText(field.title), asText(field.value), nameOf)),
    ...listOf(blocks).flatMap((block) => partsOfBlock(block, nameOf)),
  ];
  if (shown.length > 0) return [...shown, ...partsOfMarkup(asText(footer), nameOf).map(asSmall)];
  return isPlaceholder(asText(fallback)) ? [] : partsOfMarkup(asText(fallback), nameOf);
}

function partsOfBlock(block: Loose, nameOf: NameOf): ShownPart[] {
  switch (block.type) {
    case 'header':
      return partsOfMarkup(textIn(block.text), nameOf).map(asHeading);
    case 'section':
      return [
        ...partsOfMarkup(textIn(block.text), nameOf),
        ...listOf(block.fields).flatMap((field) => partsOfField(textIn(field), nameOf)),
      ];
    case 'context':
      return listOf(block.elements).flatMap((each) => partsOfMarkup(textIn(each), nameOf).map(asSmall));
    case 'rich_text':
      return partsOfMarkup(richTextAsMarkup(block), nameOf);
    case 'container':
      return listOf(block.child_blocks).flatMap((child) => partsOfBlock(child, nameOf));
    case 'table':
      return tableRows(block).flatMap((cells) => partsOfMarkup(cells, nameOf).map(asSmall));
    default:
      return partsOfOther(block, nameOf);
  }
}

/** What any block that says something says it in: `markdown`, `video`, `card`, `alert`, and those to come. */
function partsOfOther({ title, text, subtitle, body, description }: Loose, nameOf: NameOf): ShownPart[] {
  return [
    ...partsOfMarkup(textIn(title), nameOf).map(asHeading),
    ...[text, subtitle, body, description].flatMap((each) => partsOfMarkup(textIn(each), nameOf)),
  ];
}

function tableRows({ rows }: Loose): string[] {
  if (!Array.isArray(rows)) return [];
  return rows.map((cells) =>
    listOf(cells)
      .map((cell) => (cell.type === 'rich_text' ? richTextAsMarkup(cell) : textIn(cell)))
      .join(' · '),
  );
}

/** A field of a section is a label over its value, if it has two lines and nothing says so already. */
function partsOfField(markup: string, nameOf: NameOf): ShownPart[] {
  const [label = '', ...value] = markup.split('\n');
  const parts = partsOfMarkup(markup, nameOf);
  if (value.length === 0 || parts.some((part) => part.label !== undefined)) return parts;
  return labelled(label, value.join('\n'), nameOf);
}

function labelled(label: string, value: string, nameOf: NameOf): ShownPart[] {
  const name = partsOfMarkup(label, nameOf)[0]?.text.replace(/\s*[:：]$/, '');
  return partsOfMarkup(value, nameOf).map(({ isHeading, ...part }) => {
    // A value in bold is no heading, unless nothing says what it is the value of.
    if (name === undefined || name === '') return isHeading ? { ...part, isHeading } : part;
    return { ...part, label: name };
  });
}

const asHeading = (part: ShownPart): ShownPart => ({ ...part, isHeading: true });
const asSmall = (part: ShownPart): ShownPart => ({ ...part, isSmall: true });

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The text of a text object, or a text itself. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  return isLoose(value) ? asText(value.text) : '';
}

const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

function listOf(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter(isLoose) : [];
}
