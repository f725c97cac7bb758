import { optionalText } from './json.ts';
import { Refusal } from './refusal.ts';
import type { Json } from './state.ts';

const marker = 'next:';

/** Slack's cursors mean nothing to the caller; these hold the key of the last thing given out. */
const encoded = (key: string) => Buffer.from(marker + key).toString('base64');

function decoded(cursor: string): string {
  const key = Buffer.from(cursor, 'base64').toString();
  if (!key.startsWith(marker)) throw new Refusal('invalid_cursor');
  return key.slice(marker.length);
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
  const start = cursor === undefined ? 0 : all.findIndex((each) => keyOf(each) === decoded(cursor)) + 1;
  if (cursor !== undefined && start === 0) throw new Refusal('invalid_cursor');
  const items = all.slice(start, start + limit);
  const hasMore = start + limit < all.length;
  const last = items.at(-1);
  return {
    items,
    hasMore,
    nextCursor: hasMore && last !== undefined ? encoded(keyOf(last)) : '',
    isFirst: start === 0,
  };
}
