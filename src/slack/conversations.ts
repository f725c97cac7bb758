import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { ConversationKind } from '../domain/near-miss.ts';
import type { Place } from '../domain/place.ts';

/** A conversation as a command or a shortcut names it. */
export type NamedConversation = { id: string; name: string };

export type Facts = Omit<Place, 'inThread'> & {
  isArchived?: boolean;
  /** Is the app in it? */
  isMember?: boolean;
  /** Who may post there, where not everybody may, as far as Slack says so. */
  onlyPosters?: string[];
};

/**
 * Which conversations the app is in, and what they are. An answer of Slack is kept for a while, and what a payload
 * says of a conversation is newer than it: of the two the more private counts, and the newer name.
 */
export type Conversations = {
  /** A payload of Slack's names it. */
  heard: (conversation: NamedConversation) => void;
  /** What is known without asking: an earlier answer and what was heard since, or what its name gives away. */
  known: (conversation: NamedConversation) => Facts;
  /** What a modal was drawn with, and what Slack said since: the more private counts, so that it promised no less. */
  since: (place: Place) => Place;
  /**
   * Asks Slack, unless it lately said that the app may post and see who is there: where it may not, somebody
   * may have invited it since. Undefined when Slack did not answer.
   */
  ask: (conversation: NamedConversation) => Promise<Facts | undefined>;
  /** Asks Slack whatever it said before. Undefined when it did not answer. */
  askAnew: (conversation: NamedConversation) => Promise<Facts | undefined>;
  /** Is an answer of Slack known? */
  isFresh: (id: string) => boolean;
};

const FRESH_MS = 10 * 60 * 1000;

/** `scopes` are those granted: without `groups:read` a private channel tells nothing about itself. */
export function conversationsOf(client: WebClient, scopes: ReadonlySet<string>): Conversations {
  const cache = new LRUCache<string, Facts>({ max: 5000, ttl: FRESH_MS });
  const named = new LRUCache<string, Named>({ max: 5000, ttl: FRESH_MS });
  /** A payload said otherwise than Slack had answered: it is asked again. */
  const doubted = new LRUCache<string, true>({ max: 5000, ttl: FRESH_MS });

  async function askAnew(conversation: NamedConversation): Promise<Facts | undefined> {
    const { id } = conversation;
    const heardBefore = named.get(id);
    const wasDoubted = doubted.delete(id);
    try {
      const answered = await look(client, scopes, conversation);
      const isMember = answered.isMember === true;
      const heard = named.get(id);
      // Only a name that was heard while Slack was asked is newer than its answer.
      const facts = asNamed(answered, heard === heardBefore ? withoutName(heard) : heard, isMember);
      cache.set(id, facts);
      return facts;
    } catch {
      // Not now. What the payload gave away stands, and Save and the outbox check again.
      if (wasDoubted) doubted.set(id, true);
      return undefined;
    }
  }

  return {
    askAnew,
    heard(conversation) {
      const { id } = conversation;
      const name = namedAs(conversation);
      named.set(id, name);
      const facts = cache.get(id);
      if (facts === undefined) return;
      if (contradicts(name, facts)) doubted.set(id, true);
      cache.set(id, asNamed(facts, name, facts.isMember === true), { noUpdateTTL: true });
    },
    known: (conversation) => cache.get(conversation.id) ?? guess(conversation),
    since(place) {
      const facts = cache.get(place.id);
      return facts === undefined
        ? asNamed(place, named.get(place.id), undefined)
        : asPlace(atLeast(place.kind, facts, facts.isMember === true), place.inThread);
    },
    isFresh: (id) => cache.has(id),
    async ask(conversation) {
      const fresh = doubted.has(conversation.id) ? undefined : cache.get(conversation.id);
      return fresh?.membersKnown === true && fresh.canPost ? fresh : askAnew(conversation);
    },
  };
}

/** What a payload calls a conversation; of one that is not public it says no name. */
type Named = Pick<Facts, 'kind' | 'name'>;

function namedAs(conversation: NamedConversation): Named {
  const kind = calledKind(conversation);
  return { kind, name: kind === 'public' ? conversation.name : '' };
}

function withoutName(named: Named | undefined): Named | undefined {
  return named && { ...named, name: '' };
}

/** Slack says `privategroup` of some that are a conversation of a few people, which is no news. */
function contradicts(named: Named, facts: Facts): boolean {
  const isPublic = facts.kind === 'public';
  return isPublic !== (named.kind === 'public') || PRIVACY[named.kind] > PRIVACY[facts.kind];
}

/** The same with what a payload said since: no less private than that, and under the name it has there. */
function asNamed<Known extends Facts>(
  known: Known,
  named: Named | undefined,
  isMember: boolean | undefined,
): Known {
  if (named === undefined) return known;
  const stricter = atLeast(named.kind, known, isMember);
  return { ...stricter, name: stricter.kind === 'direct' ? '' : named.name || stricter.name };
}

const PRIVACY: Record<ConversationKind, number> = { public: 0, private: 1, direct: 2 };

/** Taken for a conversation of this kind where that is more private: what holds of public ones alone goes. */
function atLeast<Known extends Facts>(
  kind: ConversationKind,
  known: Known,
  isMember: boolean | undefined,
): Known {
  if (PRIVACY[kind] <= PRIVACY[known.kind]) return known;
  return { ...known, kind, membersKnown: isMember, canPost: isMember && known.canPost };
}

/** What Slack says it is, or may be understood to say by refusing. */
async function look(
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
        channel?.is_archived !== true && (isMember || (kind === 'public' && scopes.has('chat:write.public'))),
      sharedOutside: channel?.is_ext_shared === true,
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

/** What a modal carries along of it. */
export function asPlace(facts: Facts, inThread: boolean): Place {
  const { id, name, kind, membersKnown, canPost, sharedOutside } = facts;
  return { id, name, kind, membersKnown, canPost, sharedOutside, inThread };
}

function kindOf(channel: { is_im?: boolean; is_mpim?: boolean; is_private?: boolean }): ConversationKind {
  if (channel.is_im === true || channel.is_mpim === true) return 'direct';
  return channel.is_private === false ? 'public' : 'private';
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
function hidden({ id, name }: NamedConversation): Facts {
  const kind = guessedKind({ id, name });
  return {
    id,
    name: '',
    kind: kind === 'public' ? 'private' : kind,
    membersKnown: false,
    canPost: false,
    sharedOutside: false,
  };
}

/** Slack may not say what it is, so that it cannot be shown to be public; the app may well be in it. */
function unsaid(conversation: NamedConversation): Facts {
  const canPost = guessedKind(conversation) !== 'direct';
  return { ...hidden(conversation), membersKnown: guessedMembersKnown(conversation), canPost };
}

/** Slack calls a private channel `privategroup` in payloads, and a direct message `directmessage`. */
function calledKind({ id, name }: NamedConversation): ConversationKind {
  if (id.startsWith('D') || name === 'directmessage' || name.startsWith('mpdm-')) return 'direct';
  return name === 'privategroup' ? 'private' : 'public';
}

/** Older private channels have an id of their own, which they keep when they are made public. */
function guessedKind(conversation: NamedConversation): ConversationKind {
  const called = calledKind(conversation);
  return called === 'public' && conversation.id.startsWith('G') ? 'private' : called;
}

function guess(conversation: NamedConversation): Facts {
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

export function isPlatformError(error: unknown, ...codes: string[]): boolean {
  return error instanceof WebAPIPlatformError && codes.includes(error.data.error);
}
