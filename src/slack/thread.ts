import type { WebClient } from '@slack/web-api';
import { type ThreadFacts, type ThreadMessage, threadFacts } from '../domain/thread.ts';
import { decodeText } from './incoming-text.ts';

/** A message as Slack sends it, as far as a thread is read. */
export type SlackMessage = {
  ts?: string | undefined;
  text?: string | undefined;
  user?: string | undefined;
  bot_id?: string | undefined;
  username?: string | undefined;
  subtype?: string | undefined;
  bot_profile?: { name?: string | undefined } | undefined;
  attachments?: { fallback?: string | undefined; text?: string | undefined }[] | undefined;
};

/** `read`: some of the thread, beyond the one message, could be read. */
export type ReadThread = { read: boolean; facts: ThreadFacts };

const PAGE = 200;

/**
 * Reads the thread of a message page by page until `signal` says it is time to answer. Where it cannot be
 * read, the one message that was picked, which Slack sent along, has to do.
 */
export async function readThread(
  client: WebClient,
  of: { channelId: string; message: SlackMessage; rootTs: string; askingId: string },
  { signal, nameOf }: { signal: AbortSignal; nameOf: (personId: string) => string | undefined },
): Promise<ReadThread> {
  const messages = await readPages(client, of, signal);
  const toMessage = (message: SlackMessage) => threadMessage(message, nameOf);
  const facts = threadFacts((messages ?? [of.message]).map(toMessage), of.askingId);
  if (facts === undefined) throw new Error('A thread without a message has nothing to read.');
  return { read: messages !== undefined, facts };
}

async function readPages(
  client: WebClient,
  { channelId, rootTs }: { channelId: string; rootTs: string },
  signal: AbortSignal,
): Promise<SlackMessage[] | undefined> {
  const messages: SlackMessage[] = [];
  const late = new Promise<'late'>((resolve) => {
    signal.addEventListener('abort', () => resolve('late'), { once: true });
  });
  let cursor: string | undefined;
  do {
    const asked = client.conversations.replies({
      channel: channelId,
      ts: rootTs,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    // Refused, for whatever reason: what was read so far has to do, and how much that is gets said.
    const page = await Promise.race([asked.catch(() => undefined), late]);
    if (page === 'late' || page === undefined) break;
    messages.push(...((page.messages ?? []) as SlackMessage[]));
    cursor = page.has_more === true ? page.response_metadata?.next_cursor || undefined : undefined;
  } while (cursor !== undefined && !signal.aborted);
  return messages.length === 0 ? undefined : messages;
}

function threadMessage(
  message: SlackMessage,
  nameOf: (personId: string) => string | undefined,
): ThreadMessage {
  const attached = message.attachments?.map(({ fallback, text }) => fallback ?? text ?? '').join('\n') ?? '';
  const at = Number.parseFloat(message.ts ?? '0') * 1000;
  const text = decodeText(message.text || attached, nameOf);
  const isBot = message.bot_id !== undefined || message.subtype === 'bot_message';
  if (isBot) return { at, text, bot: message.username ?? message.bot_profile?.name ?? 'An app' };
  return { at, text, ...(message.user !== undefined && { personId: message.user }) };
}
