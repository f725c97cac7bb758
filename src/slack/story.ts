import type { RichTextBlock } from '@slack/types';
import { allSaves, type NearMiss, nameOf, type Telling } from '../domain/near-miss.ts';
import { shorten } from '../domain/shorten.ts';
import { SIGNAL_KIND_WORDS } from '../domain/topics.ts';
import { bullets, fit, LIMITS, paragraph, richText, sentLength } from './blocks.ts';

/** Names of people by id, for those a text has to name. */
export type Names = ReadonlyMap<string, string>;

const LUCK = 'Luck: ';
/** Of one kind; a story told by hundreds still has to fit. */
const MOST_LINES = 20;
/** Room for the heading, the buttons and the small print of a message. */
const OUR_WORDS = 600;

/** "NM-12 · Invoices", or what there is of it. */
export function heading(nearMiss: Pick<NearMiss, 'number' | 'system'>): string {
  return (
    [nameOf(nearMiss), nearMiss.system].filter((part) => part !== undefined).join(' · ') || 'A near-miss'
  );
}

/** The whole of a near-miss: what happened, and a line for each thing that was told. Empty answers are left out. */
export function wholeStory(nearMiss: NearMiss, names: Names): RichTextBlock {
  const parts = storyParts(nearMiss, names);
  const texts = [nearMiss.summary, ...parts.flatMap(({ title, lines }) => [title, ...lines])];
  const longest = longestThatFits(texts.map(sentLength), LIMITS.messageText - OUR_WORDS);
  const elements: RichTextBlock['elements'] = [
    paragraph({ bold: `${heading(nearMiss)}\n` }, fit(nearMiss.summary, longest)),
  ];
  for (const { title, lines, list } of parts) {
    const shown = lines.map((line) => fit(line, longest));
    if (list) elements.push(paragraph({ bold: `\n${title}` }), bullets(shown));
    else elements.push(paragraph({ bold: `\n${title}\n` }, shown.join('\n')));
  }
  return richText(...elements);
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

type StoryPart = { title: string; lines: string[]; list?: boolean };

function storyParts(nearMiss: NearMiss, names: Names): StoryPart[] {
  const { told, added } = nearMiss;
  const tellings = [told, ...added];
  const by = (telling: Telling, words: string | undefined) => signed(telling, words, names);
  const part = (title: string, words: (telling: Telling) => string | undefined): StoryPart => ({
    title,
    lines: tellings.flatMap((telling) => by(telling, words(telling)) ?? []),
  });
  return [
    { title: 'What went right', lines: saveLines(nearMiss, names), list: true },
    part('How close it was', ({ answers }) => answers.closeness),
    part('What surprised us', ({ answers }) =>
      sentences(answers.expected, answers.instead, answers.understood),
    ),
    part('How it was noticed', ({ signal }) =>
      sentences(
        signal.kind && SIGNAL_KIND_WORDS[signal.kind],
        signal.noticed,
        signal.where,
        signal.tellsApart,
      ),
    ),
    part('Who it took', (telling) =>
      sentences(capabilities(telling), telling.answers.roles, telling.answers.reaching),
    ),
    part('Who we were protecting', ({ answers }) =>
      sentences(answers.protecting, answers.needed, answers.knowing),
    ),
    part('What could replace the luck', ({ answers }) => answers.replace_luck),
    part('Worth borrowing', ({ answers }) => answers.practice),
  ]
    .filter(({ lines }) => lines.length > 0)
    .map((shown) => ({ ...shown, lines: shown.lines.slice(0, MOST_LINES) }));
}

/** What people made possible. Their names stand beside it only if they said yes, which nobody can ask yet. */
function capabilities({ keyPlayers }: Telling): string | undefined {
  const words = keyPlayers.flatMap(({ madePossible }) => madePossible ?? []);
  return words.length === 0 ? undefined : words.join('\n');
}

/** Each thing that went right, as people read it. */
export function saveLines(nearMiss: NearMiss, names: Names): string[] {
  return allSaves(nearMiss).map(({ text, kind, authorId }) => {
    const line = kind === 'luck' && !/^luck\b/iu.test(text) ? `${LUCK}${text}` : text;
    return authorId === undefined ? line : `${line} (${names.get(authorId) ?? 'a colleague'})`;
  });
}

function signed(telling: Telling, words: string | undefined, names: Names): string | undefined {
  if (words === undefined) return undefined;
  const authorId = 'authorId' in telling ? (telling.authorId as string) : undefined;
  return authorId === undefined ? words : `${words} (${names.get(authorId) ?? 'a colleague'})`;
}

function sentences(...parts: (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : said.join('\n');
}

/** The people a story has to name: those who added to it, and its reporter where the name is shown. */
export function peopleNamed(nearMiss: NearMiss): string[] {
  const reporter =
    nearMiss.tier === 'named' && nearMiss.reporterId !== undefined ? [nearMiss.reporterId] : [];
  return [...reporter, ...nearMiss.added.map(({ authorId }) => authorId)];
}

/** One line of a list: "NM-12 · Invoices: the first words". */
export function listLine(nearMiss: Pick<NearMiss, 'number' | 'system' | 'summary'>): string {
  return `${heading(nearMiss)}: ${shorten(nearMiss.summary.replaceAll(/\s+/g, ' '), 150)}`;
}
