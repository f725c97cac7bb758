import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { type ThreadFacts, threadFacts } from '../../domain/capture/thread-facts.ts';
import { pagesOf } from '../platform/pages.ts';
import type { SlackMessage } from '../platform/shown-words.ts';
import { isItsOwnTrouble, isPlatformError } from '../platform/slack-errors.ts';
import { namesIn, type Readers, threadMessage } from './thread-message.ts';

/**
 * How it went: some of the thread was read; Slack refused it, or would with the app in the conversation too, since
 * the installer did not grant it; or there was no answer in time.
 */
export const READINGS = ['read', 'refused', 'not_granted', 'late'] as const;
export type Reading = (typeof READINGS)[number];

export type ReadThread = { reading: Reading; facts: ThreadFacts };

const PAGE = 200;
/**
 * Reads the thread of a message page by page until `signal` says it is time to answer. Where it cannot be
 * read, the one message that was picked, which Slack sent along, has to do.
 */
export async function readThread(
  client: WebClient,
  of: { channelId: string; message: SlackMessage; rootTs: string; askingId: string },
  readers: Readers,
  signal: AbortSignal,
): Promise<ReadThread> {
  const { messages, reading } = await readPages(client, of, signal);
  const facts = factsOf(reading === 'read' ? messages : [of.message], of.askingId, readers);
  if (facts === undefined) throw new Error('A thread without a message has nothing to read.');
  return { reading, facts };
}

async function readPages(
  client: WebClient,
  { channelId, rootTs }: { channelId: string; rootTs: string },
  signal: AbortSignal,
): Promise<{ messages: SlackMessage[]; reading: Reading }> {
  // By time: Slack puts the first message at the head of every page.
  const messages = new Map<string | undefined, SlackMessage>();
  const late = whenOver(signal);
  let without: Reading = 'late';
  const asked = { channel: channelId, ts: rootTs, limit: PAGE };
  const pages = pagesOf((next) => client.conversations.replies({ ...asked, ...next }));
  while (!signal.aborted) {
    // No answer, for whatever reason: what was read so far has to do, and how much that is gets said.
    const answered = pages.next().catch((error: unknown) => {
      without = whyNotRead(error);
      return undefined;
    });
    const page = (await Promise.race([answered, late]))?.value;
    if (page === undefined) break;
    for (const message of (page.messages ?? []) as SlackMessage[]) messages.set(message.ts, message);
  }
  return { messages: [...messages.values()], reading: messages.size > 0 ? 'read' : without };
}

function whyNotRead(error: unknown): Reading {
  if (isPlatformError(error, 'missing_scope')) return 'not_granted';
  return error instanceof WebAPIPlatformError && !isItsOwnTrouble(error) ? 'refused' : 'late';
}

/** Resolves, with nothing, when there is no time left. */
export function whenOver(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** What Slack's messages say; nothing where there are none. */
export function factsOf(messages: SlackMessage[], askingId: string, readers: Readers): ThreadFacts | undefined {
  const read = messages.map((message) => threadMessage(message, readers));
  return threadFacts(read, askingId, namesIn(messages, read, readers));
}
