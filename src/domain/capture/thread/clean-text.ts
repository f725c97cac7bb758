const ADDRESS = String.raw`(?:https?:\/\/|www\.)[^\s<>|]+[^\s<>|.,;:!?)\]}'"”’]`;
const BEFORE_ADDRESS = String.raw`(?<=\b(?:on|at|from|to|for|in|of|with|by|via|und|auf|bei|von|sur|en|op)\s)`;
const AFTER_ADDRESS = String.raw`(?=\s+\p{Ll})`;

/**
 * Addresses go. One the sentence needs, since it stands before a verb or after "on", becomes the name of its site.
 */
export function withoutAddresses(text: string): string {
  return text
    .replaceAll(new RegExp(`\\([^()]{0,30}${ADDRESS}[^()]{0,30}\\)`, 'giu'), ' ')
    .replaceAll(new RegExp(`${BEFORE_ADDRESS}${ADDRESS}|${ADDRESS}${AFTER_ADDRESS}`, 'giu'), siteOf)
    .replaceAll(new RegExp(`<?${ADDRESS}>?`, 'giu'), ' ')
    .replaceAll(
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu,
      'an address',
    );
}

function siteOf(address: string): string {
  return address
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/[/?#:].*$/, '');
}

/** Ids of commits, and of whatever else is a long number in hexadecimal. */
export function withoutCommitIds(text: string): string {
  return text.replaceAll(
    /(?<!#)\b(?:commit\s+)?(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b(?:-[0-9a-f]{4,}\b)*/g,
    ' ',
  );
}

const NAMED_EMOJI = String.raw`(?<![\p{L}\p{N}:]):(?=[^:\s]*[a-z+])[a-z0-9_+'-]+:(?![\p{L}\p{N}])`;
const DRAWN_EMOJI = String.raw`(?:(?![#*\d])\p{Emoji}(?=\uFE0F)|\p{Extended_Pictographic}|\p{Regional_Indicator})[\p{Emoji_Modifier}\uFE0F\u200D]*`;
const SMILEY = String.raw`(?<=^|\s)[:;]-?[)(DPp/](?=\s|$)`;
const EMOJI = RegExp(`${NAMED_EMOJI}|${DRAWN_EMOJI}|${SMILEY}`, 'gu');
const EMOJI_BETWEEN = RegExp(
  `(?<=[\\p{L}\\p{N}]\\s*)(?:(?:${NAMED_EMOJI}|${DRAWN_EMOJI}|${SMILEY})\\s*)+(?=[\\p{L}\\p{N}])`,
  'gu',
);

/** Pictures, and their names between colons. */
export function withoutEmoji(text: string): string {
  return text.replaceAll(EMOJI, ' ');
}

/** The lines of a text: many end a sentence with a picture and no full stop. */
export function linesByEmoji(text: string): string[] {
  return text.replaceAll(EMOJI_BETWEEN, '\n').split('\n').map(withoutEmoji);
}

/** Single spaces, none before a comma or a full stop, and no brackets with nothing in them. */
export function tidied(text: string): string {
  return text
    .replaceAll(/%{2,}|\(\s*\)|\[\s*\]|\{\s*\}|"\s*"/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s+(?=[,.;!?…](?:\s|$))/g, '')
    .trim();
}

/** The first letter large, unless the word is spelt its own way, as `iPad`, `db1` and `shop.example` are. */
export function capitalised(text: string): string {
  const [word = ''] = /^\S+/.exec(text) ?? [];
  if (!/^\p{Ll}[\p{Ll}\p{M}'’]*[,.;:!?…]*$/u.test(word) && !/^\p{Ll}+[-–]\p{Ll}/u.test(word)) return text;
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
/** What ends with a full stop and ends no sentence. */
const ABBREVIATED =
  /(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|nr|no|vs|approx|ca|inkl|bzw|etc|incl|e\.g|i\.e|z\.b|\p{Lu})\.\s*$/iu;

/** Who writes in a hurry begins a sentence with a small letter. */
const NO_CAPITAL = /(?<=\p{L}{3}[.!?…])\s+(?=\p{Ll})/u;

/** The sentences of a line, in any language. */
export function sentencesIn(line: string): string[] {
  const found: string[] = [];
  const segments = [...sentences.segment(line)].flatMap(({ segment }) => segment.split(NO_CAPITAL));
  for (const segment of segments) {
    const before = found.at(-1);
    if (before !== undefined && ABBREVIATED.test(before))
      found[found.length - 1] = `${before.trimEnd()} ${segment}`;
    else found.push(segment);
  }
  return found.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** How many words there are, in any script. */
export function wordsIn(text: string): number {
  return [...words.segment(text)].filter(({ isWordLike }) => isWordLike).length;
}
