import { allSaves, type NearMiss, type Telling } from '../../domain/near-miss.ts';
import { SIGNAL_KIND_WORDS } from '../../domain/story/questions.ts';
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
  const sentences = close ? inOneLine : lineByLine;
  /** What is too much for a line is left to the whole story. */
  const whole = (...answers: (string | undefined)[]) => (close ? [] : answers);
  const part = (title: string, words: (telling: Telling) => string | undefined) => ({
    title,
    lines: tellingLines(nearMiss, names, words),
    list: false,
  });
  return [
    { title: 'What went right', lines: linesOfSaves(nearMiss, names), list: true },
    part('How close it was', ({ answers }) => answers.closeness),
    part('What surprised us', ({ answers }) =>
      sentences(
        answers.instead,
        led('We expected', answers.expected),
        led('What we understand now', answers.understood),
      ),
    ),
    part('How it was noticed', ({ signal }) =>
      sentences(
        ...noticedBy(signal, close),
        ...whole(
          led('Where, and what it said', signal.where),
          led('How we could tell broken from slow, and running from right', signal.tellsApart),
        ),
      ),
    ),
    part('Who it took', (telling) =>
      sentences(
        ...capabilities(telling),
        telling.answers.roles,
        ...whole(led('How we knew to reach them', telling.answers.reaching)),
      ),
    ),
    part('Who we were protecting', ({ answers }) =>
      sentences(
        answers.protecting,
        ...whole(
          led('What they needed, and by when', answers.needed),
          led('How we could know that they were getting it', answers.knowing),
        ),
      ),
    ),
    part('What could replace the luck', ({ answers }) => answers.replace_luck),
    part('Worth borrowing', ({ answers }) => answers.practice),
  ]
    .filter(({ lines }) => lines.length > 0)
    .map(withoutTheRest);
}

/** An answer that says something else, or nothing, without its question. */
function led(lead: string, answer: string | undefined): string | undefined {
  return answer && `${lead}: ${answer}`;
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

/** Each thing that went right, and who added it. */
export function linesOfSaves(nearMiss: NearMiss, names: Names): Line[] {
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
