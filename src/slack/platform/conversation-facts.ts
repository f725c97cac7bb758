import type { WebClient } from '@slack/web-api';
import type { Place } from '../../domain/access/place.ts';
import type { ConversationKind } from '../../domain/near-miss.ts';
import { isPlatformError } from './slack-errors.ts';

/** A conversation as a command or a shortcut names it. */
export type NamedConversation = { id: string; name: string };

export type Facts = Omit<Place, 'inThread'> & {
  isArchived?: boolean;
  /** Is the app in it? */
  isMember?: boolean;
  /** Who may post there, where not everybody may, as far as Slack says so. */
  onlyPosters?: string[];
  /** Slack does not let the app know that it is there. */
  isHidden?: boolean;
};

/**
 * What Slack says it is, or may be understood to say by refusing. `scopes` are those granted: without `groups:read` a
 * private channel tells nothing about itself.
 * @throws what Slack's client throws where Slack did not answer.
 */
export async function look(
  client: WebClient,
  scopes: ReadonlySet<string>,
  conversation: NamedConversation,
): Promise<Facts> {
  try {
    const { channel } = await client.conversations.info({ channel: conversation.id });
    const kind = kindOf(channel ?? {});
    const isMember = channel?.is_member === true || channel?.is_im === true;
    return {
      id: conversation.id,
      name: kind === 'direct' ? '' : (channel?.name ?? ''),
      kind,
      membersKnown: kind === 'public' || isMember,
      canPost:
        takesPosts(channel ?? {}) && (isMember || (kind === 'public' && scopes.has('chat:write.public'))),
      ...(!takesPosts(channel ?? {}) && { takesNoPosts: true }),
      ...outsideOf(channel ?? {}),
      ...(channel?.is_archived === true && { isArchived: true }),
      ...(isMember && { isMember }),
      ...onlyPosters(channel),
    };
  } catch (error) {
    // Slack hides private channels the app is not in. What cannot be shown to be public is private.
    if (isPlatformError(error, 'channel_not_found')) return hidden(conversation);
    // Without the scope for its kind nothing is known; whether the app may post there the outbox finds out.
    if (isPlatformError(error, 'missing_scope')) return unsaid(conversation);
    throw error;
  }
}

/** A frozen one was shared with an organisation that is no longer there; a read-only one is so for the app. */
function takesPosts(channel: {
  is_archived?: boolean;
  is_read_only?: boolean;
  is_thread_only?: boolean;
  is_frozen?: boolean;
}): boolean {
  const { is_archived, is_read_only, is_thread_only, is_frozen } = channel;
  return ![is_archived, is_read_only, is_thread_only, is_frozen].includes(true);
}

function kindOf(channel: { is_im?: boolean; is_mpim?: boolean; is_private?: boolean }): ConversationKind {
  if (channel.is_im === true || channel.is_mpim === true) return 'direct';
  return channel.is_private === false ? 'public' : 'private';
}

/** Who is invited reads what was posted before they accepted, too. */
function outsideOf(channel: {
  is_ext_shared?: boolean;
  is_pending_ext_shared?: boolean;
}): Pick<Facts, 'sharedOutside' | 'outside'> {
  if (channel.is_ext_shared === true) return { sharedOutside: true };
  return channel.is_pending_ext_shared === true
    ? { sharedOutside: true, outside: 'pending' }
    : { sharedOutside: false };
}

/** Slack tells of it in a field its client does not know. */
function onlyPosters(channel: object | undefined): Pick<Facts, 'onlyPosters'> {
  const { properties } = (channel ?? {}) as {
    properties?: { posting_restricted_to?: { user?: string[] } };
  };
  const restricted = properties?.posting_restricted_to;
  return restricted === undefined ? {} : { onlyPosters: restricted.user ?? [] };
}

/** The app is not in it. */
function hidden(conversation: NamedConversation): Facts {
  return { ...unsaid(conversation), membersKnown: false, canPost: false, isHidden: true };
}

/**
 * Slack may not say what it is, so that it can be shown neither to be public nor to be without another
 * organisation; the app may well be in it.
 */
export function unsaid({ id, name }: NamedConversation): Facts {
  const kind = guessedKind({ id, name });
  return {
    id,
    name: '',
    kind: kind === 'public' ? 'private' : kind,
    membersKnown: guessedMembersKnown({ id, name }),
    canPost: kind !== 'direct',
    sharedOutside: true,
    outside: 'unsaid',
  };
}

/** What a modal carries along of it. */
export function asPlace(facts: Facts, inThread: boolean): Place {
  const { id, name, kind, membersKnown, canPost, takesNoPosts, sharedOutside, outside } = facts;
  return {
    id,
    name,
    kind,
    membersKnown,
    canPost,
    ...(takesNoPosts === true && { takesNoPosts }),
    sharedOutside,
    ...(outside !== undefined && { outside }),
    inThread,
  };
}

/** Slack calls a private channel `privategroup` in payloads, and a direct message `directmessage`. */
export function calledKind({ id, name }: NamedConversation): ConversationKind {
  if (id.startsWith('D') || name === 'directmessage' || name.startsWith('mpdm-')) return 'direct';
  return name === 'privategroup' ? 'private' : 'public';
}

/** Older private channels have an id of their own, which they keep when they are made public. */
function guessedKind(conversation: NamedConversation): ConversationKind {
  const called = calledKind(conversation);
  return called === 'public' && conversation.id.startsWith('G') ? 'private' : called;
}

/** What its name in a payload gives away. */
export function guess(conversation: NamedConversation): Facts {
  const kind = guessedKind(conversation);
  return {
    id: conversation.id,
    name: kind === 'public' ? conversation.name : '',
    kind,
    membersKnown: kind === 'public' || guessedMembersKnown(conversation),
    canPost: kind !== 'direct',
    sharedOutside: false,
  };
}

/** No app is in the direct messages of two people. Of other conversations that are not public, only Slack can say. */
function guessedMembersKnown({ id }: NamedConversation): false | undefined {
  return id.startsWith('D') ? false : undefined;
}
