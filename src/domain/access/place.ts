import type { Conversation } from '../near-miss.ts';

/** The conversation a near-miss is shared from, as far as the app knows it. */
export type Place = Conversation & {
  /**
   * Can the app see who is in it? If not, a near-miss for this conversation is its reporter's alone. Undefined
   * while Slack did not say: then no more is promised than that only members can read it.
   */
  membersKnown: boolean | undefined;
  /** Undefined while Slack did not say. */
  canPost: boolean | undefined;
  /** Nobody can post there, or not the app: whether it is in it makes no difference. */
  takesNoPosts?: true | undefined;
  /**
   * Shared with another organisation (Slack Connect). What is about to be counts as that, and what nobody can find
   * out.
   */
  sharedOutside: boolean;
  /** Where it only counts as that: why. */
  outside?: 'pending' | 'unsaid' | undefined;
  inThread: boolean;
};

/** `#payments-ops`, or `this conversation` where a name would only be a list of people. */
export function channelWords(conversation: Pick<Conversation, 'name' | 'kind'> | undefined): string {
  return conversation === undefined || conversation.kind === 'direct' || conversation.name === ''
    ? 'this conversation'
    : `#${conversation.name}`;
}

/** Where the card goes: `this thread`, or the channel. */
export function cardPlaceWords(place: Pick<Place, 'name' | 'kind' | 'inThread'>): string {
  return place.inThread ? 'this thread' : channelWords(place);
}

/** Who else reads what is posted there, where it counts as shared with another organisation. */
export function outsideWords(
  place: Pick<Place, 'name' | 'kind' | 'outside'>,
  what: 'the card' | 'the digest',
): string {
  const where = startingASentence(channelWords(place));
  if (place.outside === 'unsaid')
    return `${where} may be shared with another organisation, which the app cannot find out. If it is, people there will see ${what}.`;
  const is = place.outside === 'pending' ? 'is about to be shared' : 'is shared';
  return `${where} ${is} with another organisation. People there will see ${what}.`;
}

export function startingASentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
