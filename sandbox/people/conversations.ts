import { type Core, changed, newId, newTs } from '../state/core.ts';
import { addMessage, findMessage, removeMessage } from '../state/messages.ts';
import { findChannel } from '../state/people-and-channels.ts';
import type { Channel, Message, Person } from '../state/state.ts';
import { canSee, isMember } from '../state/visibility.ts';
import { deliverEvent } from '../wire/deliveries.ts';
import { eventEnvelope } from '../wire/payloads.ts';
import type { MessagePlace, PersonActions } from './person-actions.ts';
import type { Actor } from './send-to-app.ts';
import { messageBlocks, messageText } from './typed-text.ts';

/** A conversation this person may use; anything else is a mistake in the test. */
export function channelOf(core: Core, person: Person, name: string): Channel {
  const channel = findChannel(core, name);
  if (!canSee(channel, person)) throw new Error(`${person.handle} cannot see #${channel.name}`);
  return channel;
}

function channelToPost(core: Core, person: Person, name: string): Channel {
  const channel = channelOf(core, person, name);
  if (!isMember(channel, person.id)) throw new Error(`${person.handle} is not in #${channel.name}`);
  if (channel.isArchived) throw new Error(`#${channel.name} is archived`);
  const isWithApp = channel.kind === 'im' && isMember(channel, core.state.app.botUserId);
  const closed = channel.isPostingRestricted && !person.isAdmin && !person.isOwner;
  if (closed || (isWithApp && core.installation.messagesReadOnly))
    throw new Error(`${person.handle} may not write in #${channel.name}`);
  return channel;
}

function ownMessage(core: Core, person: Person, { channel, ts }: MessagePlace): Message {
  const message = findMessage(core, channel, ts);
  if (message?.user !== person.id) throw new Error(`${person.handle} did not write ${ts}`);
  return message;
}

type ConversationActions = Pick<
  PersonActions,
  'say' | 'edit' | 'remove' | 'join' | 'leave' | 'inviteApp' | 'removeApp'
>;

/** The app hears who comes and goes in a channel it is in. */
async function tellApp({ core, transport, person }: Actor, type: string, channel: Channel): Promise<void> {
  if (!core.installation.events.has(type) || !isMember(channel, core.state.app.botUserId)) return;
  const team = core.state.team.id;
  const event = { type, user: person.id, channel: channel.id, channel_type: channel.id.charAt(0), team };
  await deliverEvent(core, transport, eventEnvelope(core, event, newId(core, 'Ev')));
}

/** Writing messages, none of which reaches this app, and coming and going. */
export function conversationActions(actor: Actor): ConversationActions {
  const { core, person } = actor;
  const { botUserId } = core.state.app;
  const membership = (name: string, change: (channel: Channel) => void) => {
    const channel = channelOf(core, person, name);
    change(channel);
    changed(core, { what: 'channel', channel: channel.id });
    return channel;
  };
  return {
    say(name, typed, { threadTs, broadcast = false } = {}) {
      const channel = channelToPost(core, person, name);
      return addMessage(core, channel, {
        user: person.id,
        text: messageText(core, typed),
        blocks: messageBlocks(core, typed, newId(core, 'blk')),
        client_msg_id: newId(core, 'msg'),
        ...(threadTs ? { thread_ts: findMessage(core, channel.id, threadTs)?.thread_ts ?? threadTs } : {}),
        ...(threadTs && broadcast ? { reply_broadcast: true } : {}),
      });
    },
    edit(place, typed) {
      const message = ownMessage(core, person, place);
      message.text = messageText(core, typed);
      message.blocks = messageBlocks(core, typed, newId(core, 'blk'));
      message.edited = { user: person.id, ts: newTs(core) };
      changed(core, { what: 'message', channel: message.channel });
    },
    remove: (place) => removeMessage(core, ownMessage(core, person, place)),
    join: (name) =>
      tellApp(
        actor,
        'member_joined_channel',
        membership(name, (channel) => channel.members.add(person.id)),
      ),
    leave: (name) =>
      tellApp(
        actor,
        'member_left_channel',
        membership(name, (channel) => channel.members.delete(person.id)),
      ),
    inviteApp: (name) => void membership(name, (channel) => channel.members.add(botUserId)),
    removeApp: (name) => void membership(name, (channel) => channel.members.delete(botUserId)),
  };
}
