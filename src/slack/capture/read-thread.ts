import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { type ThreadFacts, type ThreadMessage, threadFacts } from '../../domain/capture/thread-facts.ts';
import { type Person, SLACKBOT } from '../platform/describe-person.ts';
import { decodeText } from '../platform/incoming-text.ts';
import { pagesOf } from '../platform/pages.ts';
import { isPassing, isPlatformError } from '../platform/slack-errors.ts';

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

/**
 * How it went: some of the thread was read; Slack refused it, or would with the app in the conversation too, since
 * the installer did not grant it; Slack finds no such thread; or there was no answer in time.
 */
export const READINGS = ['read', 'refused', 'not_granted', 'not_there', 'late'] as const;
export type Reading = (typeof READINGS)[number];

export type ReadThread = { reading: Reading; facts: ThreadFacts };

/** Who the app is, and what it knows of people without asking. */
export type Readers = {
  botId: string;
  known: (personId: string) => Pick<Person, 'name' | 'isBot'> | undefined;
};

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
  const facts = threadFacts(
    (reading === 'read' ? messages : [of.message]).map((message) => threadMessage(message, readers)),
    of.askingId,
  );
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

function threadMessage(message: SlackMessage, { botId, known }: Readers): ThreadMessage {
  const attached = message.attachments?.map(({ fallback, text }) => fallback ?? text ?? '').join('\n') ?? '';
  const at = Number.parseFloat(message.ts ?? '0') * 1000;
  // A card of ours is neither what happened nor how it was noticed.
  if (message.bot_id === botId) return { at, text: '' };
  const text = decodeText(message.text || attached, (personId) => known(personId)?.name);
  const { user, username, bot_profile: profile } = message;
  if (user === SLACKBOT) return { at, text };
  const author = user === undefined ? undefined : known(user);
  if (message.bot_id !== undefined || message.subtype === 'bot_message' || author?.isBot === true)
    return { at, text, bot: username ?? profile?.name ?? author?.name ?? 'An app' };
  return { at, text, ...(user !== undefined && { personId: user }) };
}
