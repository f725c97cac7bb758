import type { RichTextBlock } from '@slack/types';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import { bullets, fit, LIMITS, paragraph, richText, sentLength } from '../platform/blocks.ts';
import type { Names } from '../platform/people.ts';
import { type Line, linesOfSaves, type StoryPart, storyParts } from './story-parts.ts';

/** Room for what stands around the story: the text for notifications, the buttons and the small print. */
const OUR_WORDS = 1600;
/** Who said it, and the line, have to fit together. */
const LONGEST_NAME = 40;
const LONGEST_LINE = 140;

/** "NM-12 · Invoices", or what there is of it. */
export function heading(nearMiss: Pick<NearMiss, 'number' | 'system'>): string {
  return (
    [nameOf(nearMiss), nearMiss.system].filter((part) => part !== undefined).join(' · ') || 'A near-miss'
  );
}

/**
 * The whole of a near-miss: what happened, and a line for each thing that was told. Empty answers are left out.
 * `close` puts an answer beside its heading, as a digest does, and not below it.
 */
export function wholeStory(
  nearMiss: NearMiss,
  names: Names,
  close = false,
  title = heading(nearMiss),
): RichTextBlock {
  const parts = storyParts(nearMiss, names, close);
  const lengths = parts.flatMap((part) => [part.title.length, ...part.lines.map(lineLength)]);
  const longest = longestThatFits(
    [nearMiss.summary, title].map(sentLength).concat(lengths),
    LIMITS.messageText - OUR_WORDS,
  );
  return richText(
    paragraph({ bold: `${title}\n` }, fit(nearMiss.summary, longest)),
    ...parts.flatMap((part, at) => partElements(part, longest, { close, gap: !close || at === 0 })),
  );
}

function partElements(
  { title, lines, list, hidden }: StoryPart,
  longest: number,
  { close, gap }: { close: boolean; gap: boolean },
): RichTextBlock['elements'] {
  const before = gap ? '\n' : '';
  const shown = lines.map((line) => lineWords(line, longest));
  if (hidden > 0) shown.push(`and ${hidden} more`);
  return list
    ? [paragraph({ bold: `${before}${title}` }), bullets(shown)]
    : [paragraph({ bold: `${before}${title}${close ? ' ' : '\n'}` }, shown.join('\n'))];
}

/**
 * The length no text may pass if all of them together are to fit into `room`: short ones keep all their words,
 * the long ones share what is left.
 */
function longestThatFits(lengths: number[], room: number): number {
  let left = room;
  for (const [at, length] of lengths.toSorted((one, other) => one - other).entries()) {
    const share = Math.floor(left / (lengths.length - at));
    if (length > share) return share;
    left -= length;
  }
  return room;
}

/** The name stays, however much of the words has to go. */
function lineWords({ words, by }: Line, longest: number): string {
  const signature = by === undefined ? '' : ` (${fit(by, LONGEST_NAME)})`;
  return `${fit(words, longest - sentLength(signature))}${signature}`;
}

function lineLength({ words, by }: Line): number {
  return sentLength(words) + (by === undefined ? 0 : sentLength(fit(by, LONGEST_NAME)) + ' ()'.length);
}

/** Each thing that went right, as people read it, at most `longest` long. */
export function saveLines(nearMiss: NearMiss, names: Names, longest: number): string[] {
  return linesOfSaves(nearMiss, names).map((line) => lineWords(line, longest));
}

/** The people a story has to name: those who added to it, and its reporter where the name is shown. */
export function peopleNamed(nearMiss: NearMiss): string[] {
  const reporter =
    nearMiss.tier === 'named' && nearMiss.reporterId !== undefined ? [nearMiss.reporterId] : [];
  return [...reporter, ...nearMiss.added.map(({ authorId }) => authorId)];
}

/** One line of a list: "NM-12 · Invoices: the first words". */
export function listLine(nearMiss: Pick<NearMiss, 'number' | 'system' | 'summary'>): string {
  return fit(`${heading(nearMiss)}: ${nearMiss.summary.replaceAll(/\s+/g, ' ')}`, LONGEST_LINE);
}
