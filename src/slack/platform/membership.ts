import type { WebClient } from '@slack/web-api';
import { type KeptAnswers, keptAnswers } from './kept-answers.ts';
import { pagesOf } from './pages.ts';
import { isPlatformError, limitedForMs } from './slack-errors.ts';

/**
 * Who is in which conversation, as Slack said at most five minutes ago. Of a conversation that is not too large
 * everybody in it is read at once, for all who ask; where it is larger, Slack is asked about each person.
 */
type Membership = {
  /**
   * Those of these conversations that somebody is in, as far as the app can see.
   * @throws what Slack's client throws where Slack did not say; it is not known then what they may read.
   */
  among: (personId: string, channelIds: Iterable<string>) => Promise<Set<string>>;
  /** Were they in it when Slack was last asked? Never calls Slack, and decides nothing. */
  wasSeenIn: (personId: string, channelId: string) => boolean;
  /** Was it asked lately in which conversations somebody is? */
  isSeen: (personId: string) => boolean;
  /** Asks in which conversations somebody is, whatever is known. @throws what Slack's client throws. */
  lookAnew: (personId: string) => Promise<void>;
  /** Slack says that somebody left or joined: what was known of it counts no more. */
  changed: (personId: string, channelId: string) => void;
};

/** What decides about reading is no older. */
const FRESH_MS = 5 * 60 * 1000;
/** For sentences that cannot wait for Slack. */
const SEEN_MS = 15 * 60 * 1000;
/** A conversation stays large for longer than who is in it stays true. */
const LARGE_MS = 12 * 60 * 60 * 1000;
/** Above it a person is in fewer conversations than a conversation has members. */
const MOST_MEMBERS = 5000;
/** From so many conversations on, asking about the person is one question in place of many. */
const SEVERAL = 4;
/** The most that Slack gives at once. */
const PAGE = 999;
/** Ids kept in memory, of all conversations and of all people; one takes some fifty bytes. */
const MOST_IDS = 200_000;

type Ids = ReadonlySet<string>;
/** Those in a conversation, or that there are too many of them. */
type Members = { ids: Ids } | { ids: 'too many' };
const TOO_MANY: Members = { ids: 'too many' };

/** The conversations whose members nobody may tell the app: to it, nobody is in them. */
const UNSEEN = ['channel_not_found', 'missing_scope', 'method_not_supported_for_channel_type'];

/** `scopes` are those granted; what is not among them stays private to whoever shared it there. */
export function membershipOf(client: WebClient, scopes: Ids, now: () => number): Membership {
  const keeping = { keptMs: LARGE_MS, most: MOST_IDS };
  const channels: KeptAnswers<Members> = keptAnswers(
    (channelId) => membersOf(client, channelId),
    {
      ...keeping,
      freshMs: ({ ids }) => (ids === 'too many' ? LARGE_MS : FRESH_MS),
      sizeOf: ({ ids }) => (ids === 'too many' ? 0 : ids.size),
    },
    now,
  );
  const people: KeptAnswers<Ids> = keptAnswers(
    (personId) => conversationsOf(client, personId, scopes),
    { ...keeping, freshMs: () => FRESH_MS, sizeOf: ({ size }) => size },
    now,
  );

  function said(personId: string, channelId: string, youngerThanMs?: number): boolean | undefined {
    const ids = channels.said(channelId, youngerThanMs)?.ids ?? 'too many';
    return ids === 'too many' ? people.said(personId, youngerThanMs)?.has(channelId) : ids.has(personId);
  }

  /** Each way has a limit of its own at Slack: where one is used up there is the other. */
  async function isIn(personId: string, channelId: string): Promise<boolean> {
    const known = said(personId, channelId);
    if (known !== undefined) return known;
    const { ids } = await channels.get(channelId).catch(unlessLimited(TOO_MANY));
    return ids === 'too many' ? (await people.get(personId)).has(channelId) : ids.has(personId);
  }

  return {
    async among(personId, channelIds) {
      const asked = [...new Set(channelIds)];
      const unsaid = asked.filter((channelId) => said(personId, channelId) === undefined);
      if (unsaid.length >= SEVERAL) await people.get(personId).catch(unlessLimited(undefined));
      const answers = await Promise.all(asked.map((channelId) => isIn(personId, channelId)));
      return new Set(asked.filter((_channelId, at) => answers[at]));
    },
    wasSeenIn: (personId, channelId) => said(personId, channelId, SEEN_MS) === true,
    isSeen: (personId) => people.said(personId, SEEN_MS) !== undefined,
    async lookAnew(personId) {
      people.drop(personId);
      await people.get(personId);
    },
    changed(personId, channelId) {
      if (channels.said(channelId)?.ids !== 'too many') channels.drop(channelId);
      people.drop(personId);
    },
  };
}

/** What to go on with where Slack limits the question; every other error is thrown. */
function unlessLimited<Instead>(instead: Instead) {
  return (error: unknown): Instead => {
    if (limitedForMs(error) === undefined) throw error;
    return instead;
  };
}

/** Everybody in a conversation. Most are one page, so that how many there are is asked where there is another. */
async function membersOf(client: WebClient, channel: string): Promise<Members> {
  const ids = new Set<string>();
  try {
    const pages = pagesOf((next) => client.conversations.members({ channel, limit: PAGE, ...next }));
    for await (const { members = [], response_metadata: more } of pages) {
      const isFirst = ids.size === 0;
      for (const id of members) ids.add(id);
      const isMore = isFirst && (more?.next_cursor ?? '') !== '';
      const size = isMore ? await sizeOf(client, channel) : ids.size;
      if (size > MOST_MEMBERS) return TOO_MANY;
    }
    return { ids };
  } catch (error) {
    if (isPlatformError(error, ...UNSEEN)) return { ids: new Set() };
    throw error;
  }
}

/** Where Slack limits this, its members are read for as long as they are not too many. */
async function sizeOf(client: WebClient, channel: string): Promise<number> {
  const asked = { channel, include_num_members: true };
  const answer = await client.conversations.info(asked).catch(unlessLimited(undefined));
  return answer?.channel?.num_members ?? 0;
}

/** The conversations of a person, in the kinds the app was granted. */
async function conversationsOf(client: WebClient, personId: string, scopes: Ids): Promise<Ids> {
  const kinds = [
    ['channels:read', 'public_channel'],
    ['groups:read', 'private_channel'],
    ['mpim:read', 'mpim'],
  ] as const;
  const types = kinds.filter(([scope]) => scopes.has(scope)).map(([, kind]) => kind);
  const asked = { user: personId, types: types.join(','), limit: PAGE };
  const channels = new Set<string>();
  for await (const page of pagesOf((next) => client.users.conversations({ ...asked, ...next })))
    for (const { id } of page.channels ?? []) if (id !== undefined) channels.add(id);
  return channels;
}
