import { allSaves, type NearMiss, type Telling } from '../../domain/near-miss.ts';
import { saidTo } from '../../domain/story/answers.ts';
import { type QuestionId, question, STORY_PARTS } from '../../domain/story/questions.ts';
import type { Names } from '../platform/people.ts';

const LUCK = 'Luck: ';
/** A story told by hundreds still has to fit. */
const MOST = { saves: 40, lines: 10 };

/** What somebody said; `by` is there where it was not the person who shared it. */
export type Line = { words: string; by?: string | undefined };

/** A thing that was told: its heading, and what everybody said about it. */
export type StoryPart = { title: string; lines: Line[]; list: boolean; hidden: number };

/** What was told of a near-miss, in the order it is read. `close`: each in a line. */
export function storyParts(nearMiss: NearMiss, names: Names, close: boolean): StoryPart[] {
  return STORY_PARTS.map(({ title, shows }) =>
    shows.includes('saves')
      ? { title, lines: linesOfSaves(nearMiss, names), list: true }
      : {
          title,
          lines: tellingLines(nearMiss, names, (telling) => answersIn(shows, telling, close)),
          list: false,
        },
  )
    .filter(({ lines }) => lines.length > 0)
    .map(withoutTheRest);
}

/** What one person said to these questions; in a line what is too much for one is left to the whole story. */
function answersIn(ids: QuestionId[], telling: Telling, close: boolean): string | undefined {
  const shown = close ? ids.filter((id) => question(id).onlyWhole !== true) : ids;
  const said = shown.flatMap((id) => saidTo(id, telling).map((words) => ({ ...question(id), words })));
  return close ? inOneLine(said) : said.map(led).join('\n') || undefined;
}

type Said = { words: string; lead?: string; opens?: boolean };

function led({ lead, words }: Said): string {
  return lead === undefined ? words : `${lead}: ${words}`;
}

/** As sentences one after another: each but the last ends like one. */
function inOneLine(said: Said[]): string | undefined {
  const line = said.map((part, at) => {
    const words = led(part);
    if (at === said.length - 1) return words;
    if (part.opens === true) return `${words}:`;
    return /[\p{P}\p{S}]$/u.test(words) ? words : `${words}.`;
  });
  return line.join(' ') || undefined;
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

/** Each thing that went right, and who added it. */
export function linesOfSaves(nearMiss: NearMiss, names: Names): Line[] {
  return allSaves(nearMiss).map(({ text, kind, authorId }) => ({
    words: kind === 'luck' && !/^luck\b/iu.test(text) ? `${LUCK}${text}` : text,
    ...(authorId !== undefined && { by: nameIn(names, authorId) }),
  }));
}
