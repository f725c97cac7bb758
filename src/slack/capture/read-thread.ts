import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { type ThreadFacts, threadFacts } from '../../domain/capture/thread-facts.ts';
import { pagesOf } from '../platform/pages.ts';
import type { SlackMessage } from '../platform/shown-words.ts';
import { isPassing, isPlatformError } from '../platform/slack-errors.ts';
import { namesIn, type Readers, threadMessage } from './thread-message.ts';

/**
 * How it went: some of the thread was read; Slack refused it, or would with the app in the conversation too, since
 * the installer did not grant it; Slack finds no such thread; or there was no answer in time.
 */
export const READINGS = ['read', 'refused', 'not_granted', 'not_there', 'late'] as const;
type Reading = (typeof READINGS)[number];

/** `atLeast`: so many messages there are, or more, where the time ran out before all of them were read. */
export type ReadThread = { reading: Reading; facts: ThreadFacts; atLeast?: number };

const PAGE = 200;

/**
 * Reads the thread of a message page by page until `signal` says it is time to answer, and of a long one its end
 * meanwhile. Where it cannot be read, the one message that was picked, which Slack sent along, has to do.
 */
export async function readThread(
  client: WebClient,
  of: { channelId: string; message: SlackMessage; rootTs: string; askingId: string },
  readers: Readers,
  signal: AbortSignal,
): Promise<ReadThread> {
  const { messages, reading, isWhole } = await readPages(client, of, signal);
  const facts = factsOf(reading === 'read' ? messages : [of.message], of.askingId, readers);
  if (facts === undefined) throw new Error('A thread without a message has nothing to read.');
  return { reading, facts, ...(reading === 'read' && !isWhole && { atLeast: countOf(messages) }) };
}

/** As the first message says, which may be behind; there is one more than was read in any case. */
function countOf(messages: SlackMessage[]): number {
  return Math.max(messages.length, messages[0]?.reply_count ?? 0) + 1;
}

type Read = { messages: SlackMessage[]; reading: Reading; isWhole: boolean };

async function readPages(
  client: WebClient,
  { channelId, rootTs }: { channelId: string; rootTs: string },
  signal: AbortSignal,
): Promise<Read> {
  // By time: Slack puts the first message at the head of every page.
  const messages = new Map<string, SlackMessage>();
  const late = whenOver(signal);
  let without: Reading = 'late';
  let isWhole = false;
  const asked: Asked = { channel: channelId, ts: rootTs, limit: PAGE };
  const pages = pagesOf((next) => client.conversations.replies({ ...asked, ...next }));
  while (!signal.aborted && !isWhole) {
    // No answer, for whatever reason: what was read so far has to do, and how much that is gets said.
    const answered = pages.next().catch((error: unknown) => {
      without = whyNotRead(error);
      return undefined;
    });
    const next = await Promise.race([answered, late]);
    if (next === undefined) break;
    isWhole = next.done === true;
    const isFirst = messages.size === 0;
    note(messages, next.value?.messages);
    if (isFirst) void readEnd(client, asked, messages, signal);
  }
  const inOrder = [...messages.values()].toSorted((one, other) => Number(one.ts) - Number(other.ts));
  return { messages: inOrder, reading: messages.size > 0 ? 'read' : without, isWhole };
}

type Asked = { channel: string; ts: string; limit: number };

function note(messages: Map<string, SlackMessage>, page: object[] = []): void {
  for (const message of page as SlackMessage[]) messages.set(message.ts ?? '', message);
}

/** How many windows are tried for the end of a thread, each a quarter of the one before. */
const END_TRIES = 4;

/**
 * Reads the newest page as well, where there are more than two: who was there at the end is there. Slack gives
 * pages from the oldest on, so it is asked for what came after a time that about half a page should be after.
 */
async function readEnd(
  client: WebClient,
  asked: Asked,
  messages: Map<string, SlackMessage>,
  signal: AbortSignal,
): Promise<void> {
  const { reply_count: replies = 0, latest_reply: latest } = [...messages.values()][0] ?? {};
  if (latest === undefined || replies < 2 * PAGE) return;
  let window = ((Number(latest) - Number(asked.ts)) * PAGE) / 2 / replies;
  for (let tries = 0; tries < END_TRIES && !signal.aborted; tries += 1) {
    const oldest = (Number(latest) - window).toFixed(6);
    // Where it cannot be read, neither can what is read page by page meanwhile, and that says so.
    const page = await client.conversations.replies({ ...asked, oldest }).catch(() => undefined);
    if (page === undefined || signal.aborted) return;
    if (page.has_more !== true) return note(messages, page.messages);
    window /= 4;
  }
}

function whyNotRead(error: unknown): Reading {
  if (isPlatformError(error, 'missing_scope')) return 'not_granted';
  // The app is in the conversation, so that inviting it would help nothing.
  if (isPlatformError(error, 'thread_not_found')) return 'not_there';
  return error instanceof WebAPIPlatformError && !isPassing(error) ? 'refused' : 'late';
}

/** Resolves, with nothing, when there is no time left. */
export function whenOver(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** What Slack's messages say; nothing where there are none. */
export function factsOf(
  messages: SlackMessage[],
  askingId: string,
  readers: Readers,
): ThreadFacts | undefined {
  const read = messages.map((message) => threadMessage(message, readers));
  return threadFacts(read, askingId, namesIn(messages, read, readers));
}
