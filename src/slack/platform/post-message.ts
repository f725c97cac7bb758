import type { Outcome } from '../../domain/outbox/delivery.ts';
import type { Workspace } from '../workspace.ts';
import { markOf } from './find-message.ts';
import type { Message } from './message.ts';
import { isPlatformError } from './slack-errors.ts';

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
export async function directMessage({ background }: Workspace, personId: string): Promise<string> {
  const { channel } = await background.conversations.open({ users: personId });
  return channel?.id ?? personId;
}

/** A message of the app. */
type Place = { channelId: string; ts: string };

/** Where a message stands, it says this now. */
export async function updateMessage(
  { background }: Workspace,
  { channelId: channel, ts }: Place,
  message: Message,
): Promise<Outcome> {
  return unlessGone(() =>
    background.chat.update({ channel, ts, ...message, parse: 'none', link_names: false }),
  );
}

/** A message goes. */
export async function removeMessage(
  { background }: Workspace,
  { channelId: channel, ts }: Place,
): Promise<Outcome> {
  return unlessGone(() => background.chat.delete({ channel, ts }));
}

/** Somebody may have removed it meanwhile, or we did and were not told: nothing stands there any more. */
async function unlessGone(change: () => Promise<unknown>): Promise<Outcome> {
  try {
    await change();
  } catch (error) {
    if (!isPlatformError(error, 'message_not_found')) throw error;
    return { kind: 'dropped' };
  }
  return { kind: 'sent' };
}
