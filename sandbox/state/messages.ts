import { messageProblems } from '../block-kit/problems.ts';
import { isObject, type Json, object, objects, optionalText, text } from '../json.ts';
import { type Core, changed, complain, newId, newTs } from './core.ts';
import { Refusal, refusalFor } from './refusal.ts';
import type { Block, Channel, Message } from './state.ts';

/** Gives every block and every element in it an id, as Slack does where the app gave none. */
export function withIds(core: Core, blocks: unknown): Block[] {
  const named = (element: unknown) =>
    isObject(element) && element.type !== 'image'
      ? { ...element, action_id: element.action_id ?? newId(core, 'act') }
      : element;
  return objects(blocks).map((block) => ({
    ...block,
    type: String(block.type),
    block_id: typeof block.block_id === 'string' ? block.block_id : newId(core, 'blk'),
    ...(block.type === 'actions' ? { elements: objects(block.elements).map(named) } : {}),
    ...(block.element ? { element: named(block.element) } : {}),
    ...(block.accessory ? { accessory: named(block.accessory) } : {}),
  }));
}

/** What an app can put into a message. */
export type AcceptedMessage = Pick<Message, 'text' | 'blocks' | 'metadata' | 'attachments'>;

/** What an app put into a message, checked and with ids filled in; refuses what Slack refuses. */
export function acceptedMessage(core: Core, args: Json): AcceptedMessage {
  const markdown = optionalText(args.markdown_text);
  if (markdown && (optionalText(args.text) || args.blocks)) throw new Refusal('markdown_text_conflict');
  const sent = { ...args, text: markdown ?? args.text };
  const problems = messageProblems(sent);
  if (problems.length > 0) throw refusalFor(problems, 'invalid_blocks');
  if (!optionalText(sent.text))
    complain(core, 'A message has no text beside its blocks, for notifications and screen readers');
  return {
    text: text(sent.text),
    ...(args.blocks === undefined ? {} : { blocks: withIds(core, args.blocks) }),
    ...(Array.isArray(args.attachments) ? { attachments: args.attachments } : {}),
    ...(Object.keys(object(args.metadata)).length > 0 ? { metadata: object(args.metadata) } : {}),
  };
}

/** Puts a message into a channel at the next timestamp. */
export function addMessage(core: Core, channel: Channel, message: Omit<Message, 'channel' | 'ts'>): Message {
  const added: Message = { ...message, channel: channel.id, ts: newTs(core) };
  core.state.messages.push(added);
  changed(core, { what: 'message', channel: channel.id });
  return added;
}

export function addEphemeral(
  core: Core,
  channel: Channel,
  to: string,
  message: Omit<Message, 'channel' | 'ts'>,
): Message {
  const added: Message = { ...message, channel: channel.id, ts: newTs(core), ephemeral_to: to };
  core.state.ephemerals.push(added);
  changed(core, { what: 'ephemeral', channel: channel.id, person: to });
  return added;
}

export const findMessage = (core: Core, channel: string, ts: string): Message | undefined =>
  core.state.messages.find((each) => each.channel === channel && each.ts === ts);

/** The replies to a message, oldest first, without the message itself. */
export const repliesTo = ({ state }: Pick<Core, 'state'>, channel: string, ts: string): Message[] =>
  state.messages.filter((each) => each.channel === channel && each.thread_ts === ts && each.ts !== ts);

/** Does a message stand in the channel itself, and not only in a thread? */
export const isTopLevel = ({ thread_ts: thread, ts, reply_broadcast: broadcast }: Message): boolean =>
  thread === undefined || thread === ts || broadcast === true;

export const inOrder = (messages: readonly Message[]): Message[] =>
  messages.toSorted((a, b) => Number(a.ts) - Number(b.ts));

/** Deletes a message. One with replies leaves a stone in its place, so that the thread stays. */
export function removeMessage(core: Core, message: Message): void {
  const at = core.state.messages.indexOf(message);
  if (at === -1) return;
  const left: Message = {
    channel: message.channel,
    ts: message.ts,
    thread_ts: message.ts,
    user: 'USLACKBOT',
    subtype: 'tombstone',
    text: 'This message was deleted.',
  };
  const hasReplies = repliesTo(core, message.channel, message.ts).length > 0;
  core.state.messages.splice(at, 1, ...(hasReplies ? [left] : []));
  changed(core, { what: 'message', channel: message.channel });
}

/** A message as Slack describes it; what is said of its thread is worked out when asked. */
export function wireMessage(core: Core, message: Message, { metadata = false } = {}): Json {
  const { channel, ephemeral_to: _to, metadata: attached, ...rest } = message;
  const replies = repliesTo(core, channel, message.ts);
  const writers = [...new Set(replies.map((each) => each.user ?? each.bot_id))];
  const thread =
    replies.length > 0
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users_count: writers.length,
          reply_users: writers,
          latest_reply: replies.at(-1)?.ts,
        }
      : {};
  const parent = message.thread_ts ? findMessage(core, channel, message.thread_ts) : undefined;
  return {
    type: 'message',
    team: core.state.team.id,
    ...rest,
    ...thread,
    ...(parent && parent !== message ? { parent_user_id: parent.user } : {}),
    ...(metadata && attached ? { metadata: attached } : {}),
  };
}

/** The fields by which a message is the app's own. */
export const fromApp = ({ state }: Core): Pick<Message, 'user' | 'bot_id' | 'app_id'> => ({
  user: state.app.botUserId,
  bot_id: state.app.botId,
  app_id: state.app.id,
});
