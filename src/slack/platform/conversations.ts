import type { WebClient } from '@slack/web-api';
import type { Place } from '../../domain/access/place.ts';
import { asPlace, type Facts, guess, look, type NamedConversation } from './conversation-facts.ts';
import { asNamed, atLeast, contradicts, type Named, namedAs } from './conversation-names.ts';
import { knownFor } from './known-for.ts';

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
  /**
   * The same for what is about to be posted there: what Slack answers, whatever was heard before.
   * @throws what Slack's client throws where Slack did not answer.
   */
  askOrThrow: (conversation: NamedConversation) => Promise<Facts>;
  /** Is an answer of Slack known? */
  isFresh: (id: string) => boolean;
};

const FRESH_MS = 10 * 60 * 1000;
const MOST_KNOWN = 5000;

/** `scopes` are those granted; `now` is in milliseconds. */
export function conversationsOf(
  client: WebClient,
  scopes: ReadonlySet<string>,
  now: () => number,
): Conversations {
  const cache = knownFor<Facts>(MOST_KNOWN, FRESH_MS, now);
  const named = knownFor<Named>(MOST_KNOWN, FRESH_MS, now);
  /** A payload said otherwise than Slack had answered: it is asked again. */
  const doubted = knownFor<true>(MOST_KNOWN, FRESH_MS, now);

  /** @returns what Slack answers, and the same as it is known from now on. */
  async function asked(conversation: NamedConversation): Promise<{ answered: Facts; known: Facts }> {
    const { id } = conversation;
    const before = named.get(id);
    const wasDoubted = doubted.delete(id);
    try {
      const answered = await look(client, scopes, conversation);
      const heard = named.get(id);
      // Only a name that was heard while Slack was asked is newer than its answer.
      const said = heard === before && heard !== undefined ? { ...heard, name: '' } : heard;
      const known = asNamed(answered, said, answered.isMember === true);
      cache.set(id, known);
      return { answered, known };
    } catch (error) {
      if (wasDoubted) doubted.set(id, true);
      throw error;
    }
  }

  async function askAnew(conversation: NamedConversation): Promise<Facts | undefined> {
    try {
      return (await asked(conversation)).known;
    } catch {
      // Not now. What the payload gave away stands, and Save and the outbox check again.
      return undefined;
    }
  }

  return {
    askAnew,
    askOrThrow: async (conversation) => (await asked(conversation)).answered,
    heard(conversation) {
      const { id } = conversation;
      const said = namedAs(conversation);
      named.set(id, said);
      const facts = cache.get(id);
      if (facts === undefined) return;
      if (contradicts(said, facts)) doubted.set(id, true);
      cache.change(id, asNamed(facts, said, facts.isMember === true));
    },
    known: (conversation) => cache.get(conversation.id) ?? guess(conversation),
    since(place) {
      const facts = cache.get(place.id);
      return facts === undefined
        ? asNamed(place, named.get(place.id), undefined)
        : asPlace(atLeast(place.kind, facts, facts.isMember === true), place.inThread);
    },
    isFresh: (id) => cache.get(id) !== undefined,
    async ask(conversation) {
      const fresh = doubted.get(conversation.id) === true ? undefined : cache.get(conversation.id);
      return fresh?.membersKnown === true && fresh.canPost ? fresh : askAnew(conversation);
    },
  };
}
