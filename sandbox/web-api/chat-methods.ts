import { type Json, optionalText, text, truthy } from '../json.ts';
import { type Core, changed, complain, newTs } from '../state/core.ts';
import {
  acceptedMessage,
  addEphemeral,
  addMessage,
  findMessage,
  fromApp,
  removeMessage,
  wireMessage,
} from '../state/messages.ts';
import { directWithApp } from '../state/people-and-channels.ts';
import { Refusal } from '../state/refusal.ts';
import type { Channel, Message } from '../state/state.ts';
import { appIsIn, isMember, visibleToApp } from '../state/visibility.ts';

/** The channel of a call that posts; a person's id stands for their direct messages with the app. */
function channelForPosting(core: Core, id: unknown): Channel {
  const person = core.state.people.get(String(id));
  if (person && (person.isDeleted || person.isStranger || person.isBot))
    throw new Refusal('channel_not_found');
  const channel = person ? directWithApp(core, person) : visibleToApp(core, id);
  if (channel.kind === 'im' && !core.installation.messagesTab) throw new Refusal('messages_tab_disabled');
  if (channel.isArchived) throw new Refusal('is_archived');
  return channel;
}

function requirePlace(core: Core, channel: Channel, mayBeOutside: boolean): void {
  if (!appIsIn(core, channel) && !mayBeOutside) throw new Refusal('not_in_channel');
  if (channel.isPostingRestricted) throw new Refusal('restricted_action');
  if (channel.closedAs === 'is_thread_only') throw new Refusal('restricted_action_thread_only_channel');
  if (channel.closedAs !== undefined) throw new Refusal('restricted_action_read_only_channel');
}

/** The thread a call answers in. A reply cannot be answered by itself; Slack files it under the parent. */
function threadFor(core: Core, channel: Channel, ts: unknown): { thread_ts?: string } {
  const wanted = optionalText(ts);
  if (!wanted) return {};
  const root = findMessage(core, channel.id, wanted);
  if (!root) throw new Refusal('thread_not_found');
  if (root.subtype === 'tombstone') throw new Refusal('cannot_reply_to_message');
  if (root.thread_ts && root.thread_ts !== root.ts) {
    complain(core, `thread_ts ${wanted} is a reply; pass the ts of its parent ${root.thread_ts}`);
    return { thread_ts: root.thread_ts };
  }
  return { thread_ts: wanted };
}

function requireOwnVoice(core: Core, args: Json): void {
  const used = ['username', 'icon_emoji', 'icon_url'].filter((key) => optionalText(args[key]));
  if (used.length > 0 && !core.installation.scopes.has('chat:write.customize'))
    complain(core, `${used.join(', ')} does nothing without chat:write.customize`);
}

const longestText = 40_000;

export function chatPostMessage(core: Core, args: Json): Json {
  const channel = channelForPosting(core, args.channel);
  requirePlace(core, channel, channel.kind === 'public' && core.installation.scopes.has('chat:write.public'));
  requireOwnVoice(core, args);
  const content = acceptedMessage(core, args);
  const thread = threadFor(core, channel, args.thread_ts);
  const message = addMessage(core, channel, {
    ...fromApp(core),
    ...content,
    ...thread,
    ...(thread.thread_ts && truthy(args.reply_broadcast) ? { reply_broadcast: true } : {}),
    text: content.text.slice(0, longestText),
  });
  const cut = content.text.length > longestText ? { warning: 'message_truncated' } : {};
  return {
    channel: channel.id,
    ts: message.ts,
    message: wireMessage(core, message, { metadata: true }),
    ...cut,
  };
}

function ownMessage(core: Core, args: Json, forbidden: string): { channel: Channel; message: Message } {
  const channel = visibleToApp(core, args.channel);
  const message = findMessage(core, channel.id, String(args.ts));
  if (!message) throw new Refusal('message_not_found');
  if (message.bot_id !== core.state.app.botId) throw new Refusal(forbidden);
  return { channel, message };
}

const hasRichText = ({ blocks }: Pick<Message, 'blocks'>): boolean =>
  blocks?.some(({ type }) => type === 'rich_text') === true;

/** What an update leaves out stays: blocks, attachments and metadata go only when given as empty. */
export function chatUpdate(core: Core, args: Json): Json {
  const { channel, message } = ownMessage(core, args, 'cant_update_message');
  if (channel.isArchived) throw new Refusal('is_inactive');
  if (text(args.text).length > 4000) throw new Refusal('msg_too_long');
  const content = acceptedMessage(core, args);
  if (hasRichText(message) && content.blocks && !hasRichText(content)) throw new Refusal('block_mismatch');
  if (args.metadata !== undefined && content.metadata === undefined) delete message.metadata;
  Object.assign(message, content, { text: args.text === undefined ? message.text : content.text });
  message.edited = { user: core.state.app.botUserId, ts: newTs(core) };
  changed(core, { what: 'message', channel: channel.id });
  return { channel: channel.id, ts: message.ts, text: message.text, message: wireMessage(core, message) };
}

export function chatDelete(core: Core, args: Json): Json {
  const { channel, message } = ownMessage(core, args, 'cant_delete_message');
  removeMessage(core, message);
  return { channel: channel.id, ts: message.ts };
}

export function chatPostEphemeral(core: Core, args: Json): Json {
  const channel = channelForPosting(core, args.channel);
  requirePlace(core, channel, false);
  const person = core.state.people.get(String(args.user));
  if (!person || !isMember(channel, person.id)) throw new Refusal('user_not_in_channel');
  requireOwnVoice(core, args);
  const thread = threadFor(core, channel, args.thread_ts);
  const message = addEphemeral(core, channel, person.id, {
    ...fromApp(core),
    ...acceptedMessage(core, args),
    ...thread,
  });
  return { message_ts: message.ts };
}

export function chatGetPermalink(core: Core, args: Json): Json {
  const channel = visibleToApp(core, args.channel);
  const message = findMessage(core, channel.id, String(args.message_ts));
  if (!message) throw new Refusal('message_not_found');
  const inThread = message.thread_ts && message.thread_ts !== message.ts;
  const query = inThread ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  const path = `archives/${channel.id}/p${message.ts.replace('.', '')}`;
  return { channel: channel.id, permalink: `https://${core.state.team.domain}.slack.com/${path}${query}` };
}
