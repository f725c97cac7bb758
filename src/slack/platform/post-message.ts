import type { Outcome } from '../../domain/outbox/delivery.ts';
import type { Workspace } from '../workspace.ts';
import { markOf } from './find-message.ts';
import type { Message } from './message.ts';

/** Nothing was sent yet, so it can be tried again: names are kept with the message they are in. */
export const NAMES_LATER: Outcome = { kind: 'later', why: 'Slack did not say a name' };

/** Posts a message that can be found again by its part. */
export async function postTo(
  { background }: Workspace,
  channel: string,
  message: Message,
  partId: string,
  threadTs?: string,
): Promise<Outcome> {
  const posted = await background.chat.postMessage({
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
export async function directMessage({ background }: Workspace, personId = ''): Promise<string> {
  const { channel } = await background.conversations.open({ users: personId });
  return channel?.id ?? personId;
}
