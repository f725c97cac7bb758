import type { WebClient } from '@slack/web-api';
import type { Card } from '../../domain/near-miss.ts';
import { pagesOf } from './pages.ts';

const PART = 'near_miss_part';

/** Slack may be this much ahead of or behind our clock when a message is looked for. */
const CLOCKS_APART_S = 300;

/** How a message of ours is known again in a channel's history: a random id, which says nothing to anybody else. */
export function markOf(partId: string) {
  return { event_type: PART, event_payload: { part: partId } };
}

/** Looks through a conversation, or a thread in it, for our own message with this mark, from when it was tried. */
export async function findMarked(
  client: WebClient,
  botId: string,
  { channelId, threadTs }: Card,
  { partId, triedAt }: { partId: string; triedAt: number },
): Promise<string | undefined> {
  const oldest = String(Math.floor(triedAt / 1000) - CLOCKS_APART_S);
  const asked = { channel: channelId, oldest, limit: 200, include_all_metadata: true };
  const pages = pagesOf((next) =>
    threadTs === undefined
      ? client.conversations.history({ ...asked, ...next })
      : client.conversations.replies({ ...asked, ...next, ts: threadTs }),
  );
  for await (const page of pages) {
    const found = page.messages?.find((message) => message.bot_id === botId && partOf(message) === partId);
    if (found?.ts !== undefined) return found.ts;
  }
  return undefined;
}

function partOf(message: { metadata?: { event_type?: string; event_payload?: object } }): unknown {
  if (message.metadata?.event_type !== PART) return undefined;
  const payload: { part?: unknown } | undefined = message.metadata.event_payload;
  return payload?.part;
}
