import { type Json, optionalText, truthy } from '../json.ts';
import type { Core } from '../state/core.ts';
import { findMessage, isTopLevel, repliesTo, wireMessage } from '../state/messages.ts';
import { addChannel, directWithApp } from '../state/people-and-channels.ts';
import { Refusal } from '../state/refusal.ts';
import type { Channel, ChannelKind, Message, Person } from '../state/state.ts';
import { appIsIn, isMember, requireScope, scopeFor, visibleToApp } from '../state/visibility.ts';
import { type Paged, pageOf } from './paging.ts';

/** A conversation as Slack describes it to the app. */
function wireChannel(core: Core, channel: Channel): Json {
  const other = [...channel.members].find((each) => each !== core.state.app.botUserId);
  if (channel.kind === 'im')
    return { id: channel.id, is_im: true, user: other, is_archived: channel.isArchived };
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_archived: channel.isArchived,
    is_general: channel.isGeneral,
    is_shared: channel.isExtShared,
    is_ext_shared: channel.isExtShared,
    is_pending_ext_shared: channel.isPendingExtShared,
    is_org_shared: false,
    is_member: appIsIn(core, channel),
    context_team_id: core.state.team.id,
    ...(channel.closedAs !== undefined && { [channel.closedAs]: true }),
    ...(channel.isPostingRestricted && { properties: { posting_restricted_to: { type: ['admin'] } } }),
  };
}

export function conversationsInfo(core: Core, args: Json): Json {
  const channel = visibleToApp(core, args.channel, 'read');
  const count = truthy(args.include_num_members) ? { num_members: channel.members.size } : {};
  return { channel: { ...wireChannel(core, channel), ...count } };
}

const cursorOf = (page: Paged<unknown>) => ({ response_metadata: { next_cursor: page.nextCursor } });

export function conversationsMembers(core: Core, args: Json): Json {
  const channel = visibleToApp(core, args.channel, 'read');
  const page = pageOf([...channel.members], (each) => each, args, { usual: 100, most: 1000 });
  return { members: page.items, ...cursorOf(page) };
}

/** A channel whose messages the app may read: it must be in it, and have the scope for its kind. */
function readable(core: Core, id: unknown): Channel {
  const channel = visibleToApp(core, id, 'history');
  if (!appIsIn(core, channel)) throw new Refusal('not_in_channel');
  return channel;
}

function within(args: Json): (message: Message) => boolean {
  const oldest = Number(optionalText(args.oldest) ?? 0);
  const latest = Number(optionalText(args.latest) ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(oldest)) throw new Refusal('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new Refusal('invalid_ts_latest');
  const inclusive = truthy(args.inclusive);
  return ({ ts }) =>
    inclusive ? Number(ts) >= oldest && Number(ts) <= latest : Number(ts) > oldest && Number(ts) < latest;
}

/** The messages of a channel, newest first. Metadata is left out unless asked for. */
export function conversationsHistory(core: Core, args: Json): Json {
  const channel = readable(core, args.channel);
  const all = core.state.messages.filter((each) => each.channel === channel.id && isTopLevel(each));
  const wanted = all.filter(within(args)).toReversed();
  const page = pageOf(wanted, (each) => each.ts, args, { usual: 100, most: 999 });
  const metadata = truthy(args.include_all_metadata);
  const messages = page.items.map((each) => wireMessage(core, each, { metadata }));
  return { messages, has_more: page.hasMore, ...(page.hasMore ? cursorOf(page) : {}) };
}

/**
 * A thread, oldest first. Slack puts the parent at the head of every page, so a caller that adds pages up counts
 * it more than once; the parent is not counted against the limit of later pages.
 */
export function conversationsReplies(core: Core, args: Json): Json {
  const channel = readable(core, args.channel);
  const named = findMessage(core, channel.id, String(args.ts));
  const parent = named?.thread_ts ? findMessage(core, channel.id, named.thread_ts) : named;
  if (!parent) throw new Refusal('thread_not_found');
  const thread = [parent, ...repliesTo(core, channel.id, parent.ts).filter(within(args))];
  const page = pageOf(thread, (each) => each.ts, args, { usual: 1000, most: 1000 });
  const metadata = truthy(args.include_all_metadata);
  const shown = page.isFirst ? page.items : [parent, ...page.items];
  const messages = shown.map((each) => wireMessage(core, each, { metadata }));
  return { messages, has_more: page.hasMore, ...(page.hasMore ? cursorOf(page) : {}) };
}

const kindNamed: Record<string, ChannelKind> = {
  public_channel: 'public',
  private_channel: 'private',
  mpim: 'mpim',
  im: 'im',
};

/** The kinds a list asks for; each needs its own scope, and one missing refuses the whole call. */
function kindsAsked(core: Core, types: unknown): ReadonlySet<ChannelKind> {
  const names = (optionalText(types) ?? 'public_channel').split(',').map((each) => each.trim());
  const kinds = names.map((name) => {
    const kind = kindNamed[name];
    if (!kind) throw new Refusal('invalid_types');
    requireScope(core, scopeFor(kind, 'read'));
    return kind;
  });
  return new Set(kinds);
}

function listed(core: Core, args: Json, belongs: (channel: Channel) => boolean): Json {
  const kinds = kindsAsked(core, args.types);
  const channels = [...core.state.channels.values()].filter(
    (each) =>
      kinds.has(each.kind) &&
      (each.kind === 'public' || appIsIn(core, each)) &&
      !(each.isArchived && truthy(args.exclude_archived)) &&
      belongs(each),
  );
  const page = pageOf(channels, (each) => each.id, args, { usual: 100, most: 999 });
  return { channels: page.items.map((each) => wireChannel(core, each)), ...cursorOf(page) };
}

export const conversationsList = (core: Core, args: Json): Json => listed(core, args, () => true);

/** The conversations of a person; of those that are not public, only the ones the app is in as well. */
export function usersConversations(core: Core, args: Json): Json {
  const user = optionalText(args.user) ?? core.state.app.botUserId;
  if (!core.state.people.has(user)) throw new Refusal('user_not_found');
  return listed(core, args, (each) => isMember(each, user));
}

function personToWrite(core: Core, id: string): Person {
  const person = core.state.people.get(id);
  if (!person) throw new Refusal('user_not_found');
  if (person.isDeleted) throw new Refusal('user_disabled');
  if (person.isStranger) throw new Refusal('user_not_visible');
  if (person.isBot) throw new Refusal('invalid_user_combination');
  return person;
}

function openWith(core: Core, people: readonly Person[]): Channel {
  const [first, ...more] = people;
  if (!first) throw new Refusal('users_list_not_supplied');
  if (more.length === 0) return directWithApp(core, first);
  const members = new Set([core.state.app.botUserId, ...people.map((each) => each.id)]);
  const same = [...core.state.channels.values()].find(
    (each) =>
      each.kind === 'mpim' &&
      each.members.size === members.size &&
      [...members].every((id) => each.members.has(id)),
  );
  const name = `mpdm-${people.map((each) => each.handle).join('--')}-1`;
  return same ?? addChannel(core, { name, kind: 'mpim', members: [...members] });
}

export function conversationsOpen(core: Core, args: Json): Json {
  const named = optionalText(args.channel);
  const ids = (optionalText(args.users) ?? '').split(',').filter(Boolean);
  if (ids.length > 8) throw new Refusal('too_many_users');
  if (!named) requireScope(core, ids.length > 1 ? 'mpim:write' : 'im:write');
  const channel = named
    ? visibleToApp(core, named)
    : openWith(
        core,
        ids.map((id) => personToWrite(core, id)),
      );
  return { channel: truthy(args.return_im) ? wireChannel(core, channel) : { id: channel.id } };
}
