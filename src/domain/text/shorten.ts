const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * At most `limit` long, cut between graphemes (never inside an emoji or a letter with its accents), with a
 * visible "…" when something was cut. Length is in UTF-16 units, or as `lengthOf` counts: no less than those, and
 * of two parts together what it counts of each.
 */
export function shorten(text: string, limit: number, lengthOf = (part: string) => part.length): string {
  if (text.length <= limit && lengthOf(text) <= limit) return text;
  const parts = graphemes.segment(text);
  const room = limit - lengthOf('…');
  // Halved again and again, since a card shortens hundreds of long texts and may not keep everybody else waiting.
  let end = 0;
  let [from, to] = [0, Math.min(room, text.length - 1)];
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    const start = parts.containing(middle)?.index ?? 0;
    if (lengthOf(text.slice(0, start)) > room) to = middle - 1;
    else [from, end] = [middle, start];
  }
  return `${text.slice(0, end).trimEnd()}…`;
}
