import type { RichTextBlock } from '@slack/types';
import { allSaves, type NearMiss, nameOf, type Telling } from '../domain/near-miss.ts';
import { SIGNAL_KIND_WORDS } from '../domain/topics.ts';
import { bullets, fit, LIMITS, paragraph, richText, sentLength } from './blocks.ts';

/** Names of people by id, for those a text has to name. */
export type Names = ReadonlyMap<string, string>;

const LUCK = 'Luck: ';
/** A story told by hundreds still has to fit. */
const MOST = { saves: 40, lines: 10 };
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

/** What somebody said; `by` is there where it was not the person who shared it. */
type Line = { words: string; by?: string | undefined };

/** The name stays, however much of the words has to go. */
function lineWords({ words, by }: Line, longest: number): string {
  const signature = by === undefined ? '' : ` (${fit(by, LONGEST_NAME)})`;
  return `${fit(words, longest - sentLength(signature))}${signature}`;
}

function lineLength({ words, by }: Line): number {
  return sentLength(words) + (by === undefined ? 0 : sentLength(fit(by, LONGEST_NAME)) + ' ()'.length);
}

type StoryPart = { title: string; lines: Line[]; list: boolean; hidden: number };

function storyParts(nearMiss: NearMiss, names: Names, close: boolean): StoryPart[] {
  const sentences = close ? inOneLine : lineByLine;
  const part = (title: string, words: (telling: Telling) => string | undefined) => ({
    title,
    lines: tellingLines(nearMiss, names, words),
    list: false,
  });
  return [
    { title: 'What went right', lines: linesOfSaves(nearMiss, names), list: true },
    part('How close it was', ({ answers }) => answers.closeness),
    part('What surprised us', ({ answers }) =>
      sentences(answers.expected, answers.instead, answers.understood),
    ),
    part('How it was noticed', ({ signal }) =>
      sentences(...noticedBy(signal, close), signal.where, signal.tellsApart),
    ),
    part('Who it took', (telling) =>
      sentences(...capabilities(telling), telling.answers.roles, telling.answers.reaching),
    ),
    part('Who we were protecting', ({ answers }) =>
      sentences(answers.protecting, answers.needed, answers.knowing),
    ),
    part('What could replace the luck', ({ answers }) => answers.replace_luck),
    part('Worth borrowing', ({ answers }) => answers.practice),
  ]
    .filter(({ lines }) => lines.length > 0)
    .map(withoutTheRest);
}

function withoutTheRest(part: Omit<StoryPart, 'hidden'>): StoryPart {
  const most = part.list ? MOST.saves : MOST.lines;
  return { ...part, lines: part.lines.slice(0, most), hidden: Math.max(0, part.lines.length - most) };
}

/** One line for each person who said something about it, the reporter's first. */
function tellingLines(
  { told, added }: NearMiss,
  names: Names,
  wordsOf: (telling: Telling) => string | undefined,
): Line[] {
  const said = [
    { words: wordsOf(told) },
    ...added.map((telling) => ({ words: wordsOf(telling), by: nameIn(names, telling.authorId) })),
  ];
  return said.flatMap(({ words, ...by }) => (words === undefined ? [] : [{ words, ...by }]));
}

function nameIn(names: Names, personId: string): string {
  return names.get(personId) ?? 'a colleague';
}

/** What people made possible. Their names stand beside it only if they said yes, which nobody can ask yet. */
function capabilities({ keyPlayers }: Telling): string[] {
  return keyPlayers.flatMap(({ madePossible }) => madePossible ?? []);
}

/** "A routine check: the total looked low" in one line, or one below the other. */
function noticedBy({ kind, noticed }: Telling['signal'], close: boolean): (string | undefined)[] {
  const words = kind && SIGNAL_KIND_WORDS[kind];
  return close && words !== undefined && noticed !== undefined ? [`${words}: ${noticed}`] : [words, noticed];
}

/** Each thing that went right, as people read it, at most `longest` long. */
export function saveLines(nearMiss: NearMiss, names: Names, longest: number): string[] {
  return linesOfSaves(nearMiss, names).map((line) => lineWords(line, longest));
}

function linesOfSaves(nearMiss: NearMiss, names: Names): Line[] {
  return allSaves(nearMiss).map(({ text, kind, authorId }) => ({
    words: kind === 'luck' && !/^luck\b/iu.test(text) ? `${LUCK}${text}` : text,
    ...(authorId !== undefined && { by: nameIn(names, authorId) }),
  }));
}

function lineByLine(...parts: (string | undefined)[]): string | undefined {
  return joined(parts, '\n', (part) => part);
}

/** As sentences one after another: each but the last ends like one. */
function inOneLine(...parts: (string | undefined)[]): string | undefined {
  return joined(parts, ' ', (part) => (/[\p{P}\p{S}]$/u.test(part) ? part : `${part}.`));
}

function joined(
  parts: (string | undefined)[],
  between: string,
  ended: (part: string) => string,
): string | undefined {
  const said = parts.flatMap((part) => part || []);
  const last = said.pop();
  return last === undefined ? undefined : [...said.map(ended), last].join(between);
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
