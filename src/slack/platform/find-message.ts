import type { WebClient } from '@slack/web-api';
import type { Card } from '../../domain/near-miss.ts';

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
  let cursor: string | undefined;
  do {
    const asked = {
      channel: channelId,
      oldest,
      limit: 200,
      include_all_metadata: true,
      ...(cursor !== undefined && { cursor }),
    };
    const page =
      threadTs === undefined
        ? await client.conversations.history(asked)
        : await client.conversations.replies({ ...asked, ts: threadTs });
    const found = page.messages?.find((message) => message.bot_id === botId && partOf(message) === partId);
    if (found?.ts !== undefined) return found.ts;
    cursor = page.has_more === true ? page.response_metadata?.next_cursor || undefined : undefined;
  } while (cursor !== undefined);
  return undefined;
}

function partOf(message: { metadata?: { event_type?: string; event_payload?: object } }): unknown {
  if (message.metadata?.event_type !== PART) return undefined;
  const payload: { part?: unknown } | undefined = message.metadata.event_payload;
  return payload?.part;
}
