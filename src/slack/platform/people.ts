import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Viewer } from '../../domain/access/gate.ts';
import { pagesOf } from './pages.ts';
import { isPlatformError } from './slack-errors.ts';

/** A person as far as the app needs to know them. `tz` is an IANA zone. */
export type Person = {
  name: string;
  /** Where it is another: who goes by "Jo" may be written of as Johanna. */
  fullName?: string;
  standing: Viewer['standing'];
  tz: string;
  isBot: boolean;
  isAdmin: boolean;
};

/**
 * Who people are. The directory is read in the background, page by page, so that nobody has to be named to
 * Slack while they share something: `known` never calls Slack. What decides about reading asks Slack anew.
 */
export type People = {
  /** From the directory, or from an earlier answer; never calls Slack. */
  known: (personId: string) => Person | undefined;
  /** Everybody who is known so far; never calls Slack. */
  everybody: () => Iterable<Person>;
  /** The names of these people, asked for where they are not known. Somebody Slack will not tell us is "a colleague". */
  names: (personIds: string[]) => Promise<Map<string, string>>;
  /**
   * The same for what is kept with the names in it.
   * @throws what Slack's client throws where Slack did not say, other than that it knows nobody of this id.
   */
  namesOrWait: (personIds: string[]) => Promise<Map<string, string>>;
  /**
   * Somebody who asks to read: who they are to this workspace, and which conversations the app shares with them.
   * @throws what Slack's client throws when Slack did not say; it is not known then what they may read.
   */
  viewer: (personId: string) => Promise<Viewer>;
  /** Is this person an admin or owner of the workspace? Asked anew. */
  isAdmin: (personId: string) => Promise<boolean>;
  /** The conversations somebody was in when they were last asked about; never calls Slack. */
  lastSeenIn: (personId: string) => ReadonlySet<string> | undefined;
  /** Reads the directory once. Stops early without harm. */
  loadDirectory: () => Promise<void>;
};

/** Names of people by id, for those a text has to name. */
export type Names = ReadonlyMap<string, string>;

export const UNKNOWN_NAME = 'a colleague';

/** Names and zones may be this old. Who may read is asked anew each time: people leave, and become guests. */
const KNOWN_MS = 12 * 60 * 60 * 1000;
/** For sentences that cannot wait for Slack; what decides never uses it. */
const SEEN_MS = 15 * 60 * 1000;
const MOST_KNOWN = 50_000;
const PAGE = 200;
/** Slack knows nobody of this id, or nobody the app may see. */
const NOT_THERE = ['user_not_found', 'user_not_visible', 'users_not_found'];

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;

/** As a page of the directory, or an answer about one person, has them. */
type Described = Omit<SlackUser, 'profile'> & { profile?: { display_name?: string; real_name?: string } };

/** `teamId` tells colleagues from people of other organisations; `scopes` which conversations may be asked about. */
export function peopleOf(
  client: WebClient,
  teamId: string,
  scopes: ReadonlySet<string>,
  log: Logger,
): People {
  const known = new LRUCache<string, Person>({ max: MOST_KNOWN, ttl: KNOWN_MS });
  const seenIn = new LRUCache<string, ReadonlySet<string>>({ max: 1000, ttl: SEEN_MS });

  function note(user: Described): Person | undefined {
    if (user.id === undefined) return undefined;
    const person = personOf(user, teamId);
    known.set(user.id, person);
    return person;
  }

  async function ask(personId: string): Promise<Person | undefined> {
    const { user } = await client.users.info({ user: personId });
    return user === undefined ? undefined : note(user);
  }

  async function nameOrWait(personId: string): Promise<string> {
    try {
      return (known.get(personId) ?? (await ask(personId)))?.name ?? UNKNOWN_NAME;
    } catch (error) {
      if (!isPlatformError(error, ...NOT_THERE)) throw error;
      return UNKNOWN_NAME;
    }
  }

  async function nameOf(personId: string): Promise<string> {
    try {
      return await nameOrWait(personId);
    } catch (error) {
      log.warn({ error }, 'a name could not be looked up');
      return UNKNOWN_NAME;
    }
  }

  return {
    known: (personId) => known.get(personId),
    everybody: () => known.values(),

    names: (personIds) => namesBy(nameOf, personIds),
    namesOrWait: (personIds) => namesBy(nameOrWait, personIds),

    async viewer(personId) {
      try {
        const [person, channels] = await Promise.all([
          ask(personId),
          sharedChannels(client, personId, scopes),
        ]);
        seenIn.set(personId, channels);
        return { id: personId, standing: person?.standing ?? 'unknown', channels };
      } catch (error) {
        if (!isPlatformError(error, ...NOT_THERE)) throw error;
        return { id: personId, standing: 'unknown', channels: new Set() };
      }
    },

    async isAdmin(personId) {
      const person = await ask(personId);
      return person?.isAdmin === true && person.standing === 'member';
    },

    lastSeenIn: (personId) => seenIn.get(personId),

    async loadDirectory() {
      for await (const page of pagesOf((next) => client.users.list({ limit: PAGE, ...next }))) {
        for (const member of page.members ?? []) note(member);
        if (known.size >= MOST_KNOWN) return;
      }
    },
  };
}

function personOf(user: Described, teamId: string): Person {
  const { profile } = user;
  const fullName = user.real_name || profile?.real_name;
  return {
    name: profile?.display_name || fullName || user.name || UNKNOWN_NAME,
    ...(fullName && { fullName }),
    standing: standingOf(user, teamId),
    tz: user.tz ?? 'UTC',
    isBot: user.is_bot === true,
    isAdmin: user.is_admin === true || user.is_owner === true,
  };
}

async function namesBy(name: (id: string) => Promise<string>, ids: string[]): Promise<Map<string, string>> {
  return new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await name(id)] as const)));
}

/** Guests and people from other organisations read nothing that is not posted in front of them. */
function standingOf(user: SlackUser, teamId: string): Viewer['standing'] {
  if (user.deleted === true) return 'unknown';
  if (user.is_stranger === true || (user.team_id !== undefined && user.team_id !== teamId)) return 'external';
  if (user.is_restricted === true || user.is_ultra_restricted === true) return 'guest';
  return 'member';
}

/** Conversations are only asked about in kinds the app was granted; the rest stay private to their reporter. */
async function sharedChannels(
  client: WebClient,
  personId: string,
  scopes: ReadonlySet<string>,
): Promise<Set<string>> {
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
