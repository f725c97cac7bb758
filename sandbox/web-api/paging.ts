import { type Json, optionalText } from '../json.ts';
import { Refusal } from '../state/refusal.ts';

const cursorShape = /^next:(\d+):(.*)$/;

/** Slack's cursors mean nothing to the caller; these hold how far the page went and the last thing on it. */
const encoded = (count: number, key: string) => Buffer.from(`next:${count}:${key}`).toString('base64');

/** Where the next page starts: after the last thing given out, or where it was, should it be gone by now. */
function startAfter(cursor: string, keys: readonly string[]): number {
  const [, count, key = ''] = cursorShape.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  if (count === undefined) throw new Refusal('invalid_cursor');
  const at = keys.indexOf(key);
  return at === -1 ? Number(count) - 1 : at + 1;
}

export type Paged<T> = {
  readonly items: T[];
  readonly hasMore: boolean;
  readonly nextCursor: string;
  readonly isFirst: boolean;
};

/** One page of a list, after the cursor's key. What is added meanwhile shifts nothing. */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  args: Json,
  size: { readonly usual: number; readonly most: number },
): Paged<T> {
  const asked = args.limit === undefined ? size.usual : Number(args.limit);
  if (!Number.isInteger(asked) || asked < 0) throw new Refusal('invalid_limit');
  const limit = Math.min(asked === 0 ? size.usual : asked, size.most);
  const cursor = optionalText(args.cursor);
  const start = cursor === undefined ? 0 : startAfter(cursor, all.map(keyOf));
  const items = all.slice(start, start + limit);
  const hasMore = start + limit < all.length;
  const last = items.at(-1);
  return {
    items,
    hasMore,
    nextCursor: hasMore && last !== undefined ? encoded(start + limit, keyOf(last)) : '',
    isFirst: start === 0,
  };
}
