import { morePrivate } from '../../domain/access/promised-place.ts';
import type { ConversationKind } from '../../domain/near-miss.ts';
import { calledKind, type Facts, type NamedConversation } from './conversation-facts.ts';

/** What a payload calls a conversation, newer than whatever Slack answered before; no name of one that is not public. */
export type Named = Pick<Facts, 'kind' | 'name'>;

export function namedAs(conversation: NamedConversation): Named {
  const kind = calledKind(conversation);
  return { kind, name: kind === 'public' ? conversation.name : '' };
}

/** Is Slack to be asked again? It says `privategroup` of some that are a conversation of a few people, which is no news. */
export function contradicts(named: Named, facts: Facts): boolean {
  const isSameSide = (facts.kind === 'public') === (named.kind === 'public');
  return !isSameSide || isMorePrivate(named.kind, facts.kind);
}

/**
 * What is known, with what a payload said since: no less private than that, and under the name it has there.
 * `isMember` says whether the app is in it, undefined where nobody said.
 */
export function asNamed<Known extends Facts>(
  known: Known,
  named: Named | undefined,
  isMember: boolean | undefined,
): Known {
  if (named === undefined) return known;
  const stricter = atLeast(named.kind, known, isMember);
  return { ...stricter, name: stricter.kind === 'direct' ? '' : named.name || stricter.name };
}

/** Taken for a conversation of this kind where that is more private: what holds of public ones alone goes. */
export function atLeast<Known extends Facts>(
  kind: ConversationKind,
  known: Known,
  isMember: boolean | undefined,
): Known {
  if (!isMorePrivate(kind, known.kind)) return known;
  return { ...known, kind, membersKnown: isMember, canPost: isMember && known.canPost };
}

function isMorePrivate(one: ConversationKind, other: ConversationKind): boolean {
  return one !== other && morePrivate(one, other) === one;
}
