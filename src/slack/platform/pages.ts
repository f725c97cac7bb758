/** As much of an answer as says whether there is more. */
type Page = {
  has_more?: boolean | undefined;
  response_metadata?: { next_cursor?: string | undefined } | undefined;
};

/** Slack names a page again that it gave before, so that the pages would never end. */
export class PagesRepeat extends Error {}

/** Where somebody is among the pages of a method. */
type Pages<Answer> = {
  /**
   * The next page, and whether it is the last: after it comes the first one again. Where a question fails, the same
   * page is the next one still.
   * @throws PagesRepeat, after which it begins anew; and what `ask` throws.
   */
  next: () => Promise<{ page: Answer; isLast: boolean }>;
  /** Begins with the first page again. */
  restart: () => void;
};

/** The pages of a method of Slack's, before the first one. */
export function openPages<Answer extends Page>(
  ask: (next: { cursor?: string }) => Promise<Answer>,
): Pages<Answer> {
  let given = new Set<string>();
  let cursor: string | undefined;
  let repeats = false;
  const goTo = (following: string | undefined) => {
    if (following === undefined) given = new Set();
    repeats = following !== undefined && given.has(following);
    if (following !== undefined) given.add(following);
    cursor = following;
  };
  return {
    async next() {
      if (repeats) {
        goTo(undefined);
        throw new PagesRepeat('Slack gave the same page again.');
      }
      const page = await ask(cursor === undefined ? {} : { cursor });
      goTo(page.has_more === false ? undefined : page.response_metadata?.next_cursor || undefined);
      return { page, isLast: cursor === undefined };
    },
    restart: () => goTo(undefined),
  };
}

/**
 * The pages of a method of Slack's, one after another, each asked for when it is wanted.
 * @throws PagesRepeat, after which nobody knows what else there is; and what `ask` throws.
 */
export async function* pagesOf<Answer extends Page>(
  ask: (next: { cursor?: string }) => Promise<Answer>,
): AsyncGenerator<Answer, undefined> {
  const pages = openPages(ask);
  let isOver = false;
  while (!isOver) {
    const { page, isLast } = await pages.next();
    yield page;
    isOver = isLast;
  }
  return undefined;
}
