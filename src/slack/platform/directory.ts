import type { WebClient } from '@slack/web-api';
import type { Described } from './describe-person.ts';
import { openPages } from './pages.ts';
import { isPlatformError } from './slack-errors.ts';
import type { Answer } from './standings.ts';

/** All people of a workspace, page by page and round and round. */
type Directory = {
  /**
   * Reads the next page, or waits for the one that is being read. It goes on where it was stopped.
   * @returns whether that was the last one; after it comes the first.
   * @throws what Slack's client throws, and PagesRepeat.
   */
  readPage: () => Promise<boolean>;
};

/** The most that Slack gives at once: with 50,000 people its limit is reached three times. */
const PAGE = 999;

/** `take` gets everybody on a page, with what it was asked as. */
export function directoryOf(
  client: WebClient,
  asking: () => Answer,
  take: (member: Described, answer: Answer) => void,
): Directory {
  const pages = openPages((next) => client.users.list({ limit: PAGE, ...next }));
  let reading: Promise<boolean> | undefined;
  async function read(): Promise<boolean> {
    const answer = asking();
    try {
      const { page, isLast } = await pages.next();
      for (const member of page.members ?? []) take(member, answer);
      return isLast;
    } catch (error) {
      // Slack keeps a place for some time only.
      if (isPlatformError(error, 'invalid_cursor')) pages.restart();
      throw error;
    } finally {
      reading = undefined;
    }
  }
  return {
    readPage() {
      reading ??= read();
      return reading;
    },
  };
}
