const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * At most `limit` long, cut between graphemes (never inside an emoji or a letter with its accents), with a
 * visible "…" when something was cut. Length is in UTF-16 units, or as `lengthOf` counts.
 */
export function shorten(text: string, limit: number, lengthOf = (part: string) => part.length): string {
  if (lengthOf(text) <= limit) return text;
  let end = 0;
  let length = lengthOf('…');
  for (const { index, segment } of graphemes.segment(text)) {
    length += lengthOf(segment);
    if (length > limit) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}
