/** As much of an answer as says whether there is more. */
type Page = {
  has_more?: boolean | undefined;
  response_metadata?: { next_cursor?: string | undefined } | undefined;
};

/** Slack names a page again that it gave before, so that the pages would never end. */
export class PagesRepeat extends Error {}

/**
 * The pages of a method of Slack's, one after another, each asked for when it is wanted.
 * @throws PagesRepeat, after which nobody knows what else there is; and what `ask` throws.
 */
export async function* pagesOf<Answer extends Page>(
  ask: (next: { cursor?: string }) => Promise<Answer>,
): AsyncGenerator<Answer, undefined> {
  const given = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await ask(cursor === undefined ? {} : { cursor });
    yield page;
    cursor = page.has_more === false ? undefined : page.response_metadata?.next_cursor || undefined;
    if (cursor !== undefined && given.has(cursor)) throw new PagesRepeat('Slack gave the same page again.');
    if (cursor !== undefined) given.add(cursor);
  } while (cursor !== undefined);
  return undefined;
}
