import { saysSomething } from '../text/says-something.ts';
import { shorten } from '../text/shorten.ts';

/** Longer names are cut with a visible "…". An option on the way in holds 75 characters, this leaves room for `Add "…"`. */
export const LONGEST_SYSTEM_NAME = 60;

/** The name as people will read it: one line, single spaces, at most sixty characters. Undefined when nothing is left. */
export function systemName(typed: string): string | undefined {
  const name = typed
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return saysSomething(name) ? shorten(name, LONGEST_SYSTEM_NAME) : undefined;
}

/** What makes two names the same system: neither case nor spacing does. */
export function systemKey(name: string): string {
  return name.normalize('NFKC').toLocaleLowerCase('en').replace(/\s+/gu, '');
}
