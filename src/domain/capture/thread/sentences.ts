import { asks, withoutAsking } from './asking.ts';
import {
  capitalised,
  linesByEmoji,
  sentencesIn,
  tidied,
  withoutAddresses,
  withoutCommitIds,
} from './clean-text.ts';
import { onlyAcknowledges, onlyThanks } from './courtesies.ts';
import { lineOf, saidIn, type ThreadMessage } from './message.ts';
import { withoutNames, withoutPings } from './names.ts';
import { withoutOpenings } from './openings.ts';

/** One sentence of somebody's, with what only surrounds it gone; names are still marks. */
export type Sentence = { text: string; of: ThreadMessage; isQuestion: boolean };

/** What a message says, sentence by sentence, without courtesies. */
export function sentencesOf(message: ThreadMessage, marked: (text: string) => string): Sentence[] {
  return saidIn(message)
    .flatMap((part, at, all) =>
      linesByEmoji(lineOf(part)).flatMap((line) => statedIn(marked(cleaned(line)), at + 1 < all.length)),
    )
    .filter(({ text }) => !onlyThanks(text) && !onlyAcknowledges(text))
    .map((sentence) => ({ ...sentence, of: message }));
}

function cleaned(line: string): string {
  return tidied(withoutCommitIds(withoutAddresses(line)));
}

/** Of a line that ends with a colon and goes on below, the last sentence only introduces what follows. */
function statedIn(line: string, goesOn: boolean): { text: string; isQuestion: boolean }[] {
  const segments = sentencesIn(line);
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

/** The sentence as it is offered: with a large letter, and without a name. */
export function offered(text: string): string {
  return capitalised(tidied(withoutNames(text)));
}
