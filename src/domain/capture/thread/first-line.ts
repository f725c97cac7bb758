import { asks, askedAbout, withoutAsking } from './asking.ts';
import { capitalised, tidied, withoutAddresses, withoutCommitIds, withoutEmoji, wordsIn } from './clean-text.ts';
import { onlyAcknowledges, onlyThanks } from './courtesies.ts';
import { lineOf, saidIn, type ThreadMessage } from './message.ts';
import { hasName, withoutNames, withoutPings } from './names.ts';
import { withoutOpenings } from './openings.ts';
import { cannotStandAlone, saysWhatIsWrong, saysWhatWasDone } from './what-is-wrong.ts';

/** One sentence of somebody's, with what only surrounds it gone; names are still marks. */
export type Sentence = { text: string; of: ThreadMessage; isQuestion: boolean };

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** What a message says, sentence by sentence, without courtesies. */
export function sentencesOf(message: ThreadMessage, marked: (text: string) => string): Sentence[] {
  return saidIn(message)
    .flatMap((part, at, all) => sentencesIn(marked(cleaned(lineOf(part))), at + 1 < all.length))
    .filter(({ text }) => !onlyThanks(text) && !onlyAcknowledges(text))
    .map((sentence) => ({ ...sentence, of: message }));
}

function cleaned(line: string): string {
  return tidied(withoutCommitIds(withoutAddresses(withoutEmoji(line))));
}

/** Of a line that ends with a colon and goes on below, the last sentence only introduces what follows. */
function sentencesIn(line: string, goesOn: boolean): { text: string; isQuestion: boolean }[] {
  const segments = [...sentences.segment(line)].map(({ segment }) => segment);
  return (goesOn && /[:：]$/.test(line) ? segments.slice(0, -1) : segments).map(stripped);
}

function stripped(segment: string): { text: string; isQuestion: boolean } {
  const opened = withoutBoth(segment);
  const stated = withoutBoth(withoutAsking(opened));
  const text = tidied(stated).replace(/[\s,:;–—-]+$/, '');
  return { text, isQuestion: asks(text) || (asks(stated) && stated === opened) };
}

/** Pings and openings come in any order: "@ops hi all, @amira the …". */
function withoutBoth(text: string): string {
  const shorter = withoutOpenings(withoutPings(text.trim()));
  return shorter === text.trim() ? shorter : withoutBoth(shorter);
}

/** Is it a sentence of its own: three words, or two that say what is wrong? */
function isReal({ text, isQuestion }: Sentence): boolean {
  const words = wordsIn(text);
  return !isQuestion && (words > 2 || (words === 2 && saysWhatIsWrong(text)));
}

/** A sentence that can stand for a story: it says what is wrong, by itself, and names nobody. */
function tells(sentence: Sentence): boolean {
  const { text } = sentence;
  return (
    isReal(sentence) &&
    wordsIn(text) > 3 &&
    saysWhatIsWrong(text) &&
    !saysWhatWasDone(text) &&
    !cannotStandAlone(text) &&
    !hasName(text)
  );
}

/** How many messages of people may still say what is wrong, and are not about what was done by then. */
const FIRST_FEW = 3;

/** After an alert: what one of the first people said is wrong. */
export function toldAfter(said: Sentence[][]): Sentence | undefined {
  return said.slice(0, FIRST_FEW).flat().find(tells);
}

/**
 * What whoever opened it said first: a whole sentence of theirs, or of one of the next people who say what is
 * wrong, or what they asked about.
 */
export function toldFirst(byOpener: Sentence[][], byOthers: Sentence[][]): Sentence | undefined {
  const own = byOpener.slice(0, FIRST_FEW).flat();
  const real = own.filter(isReal).filter(({ text }) => !saysWhatWasDone(text));
  const [first, ...rest] = real;
  const better = first && !saysWhatIsWrong(first.text) ? rest.find((one) => one.of === first.of && tells(one)) : undefined;
  return (
    better ??
    first ??
    toldAfter(byOthers) ??
    own.flatMap(asStatement)[0] ??
    own.find(isReal) ??
    own.find(({ text, isQuestion }) => !isQuestion && wordsIn(text) > 1)
  );
}

function asStatement(sentence: Sentence): Sentence[] {
  const text = sentence.isQuestion ? askedAbout(sentence.text) : undefined;
  return text === undefined ? [] : [{ ...sentence, text, isQuestion: false }];
}

/** The sentence as it is offered: with a large letter, and without a name. */
export function offered(text: string): string {
  return capitalised(tidied(withoutNames(text)));
}
