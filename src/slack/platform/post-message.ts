import type { WebClient } from '@slack/web-api';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import type { Message } from '../card/card.ts';
import type { Surroundings } from '../surroundings.ts';
import { markOf } from './find-message.ts';
import type { Watch } from './token-watch.ts';

/** What sending needs. */
export type Ways = {
  app: Surroundings;
  /** Makes one attempt; what comes of it is the outbox's to handle. */
  client: WebClient;
  /** Sees every error, and ends the app where it means that nothing can be sent any more. */
  watch: Watch;
};

/** Nothing was sent yet, so it can be tried again: names are kept with the message they are in. */
export const NAMES_LATER: Outcome = { kind: 'later', why: 'Slack did not say a name' };

/** Posts a message that can be found again by its part. */
export async function postTo(
  { client }: Ways,
  channel: string,
  message: Message,
  partId: string,
  threadTs?: string,
): Promise<Outcome> {
  const posted = await client.chat.postMessage({
    channel,
    ...message,
    ...(threadTs !== undefined && { thread_ts: threadTs }),
    // The text is for notifications: nothing in it is to be formatted, linked or unfolded.
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    metadata: markOf(partId),
  });
  return {
    kind: 'sent',
    ...(posted.channel !== undefined && { channelId: posted.channel }),
    ...(posted.ts !== undefined && { ts: posted.ts }),
  };
}

/** The conversation of a person with the app. */
export async function directMessage({ client }: Ways, personId = ''): Promise<string> {
  const { channel } = await client.conversations.open({ users: personId });
  return channel?.id ?? personId;
}
