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
  /** Shared with another organisation (Slack Connect). */
  sharedOutside: boolean;
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
