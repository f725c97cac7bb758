import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Viewer } from '../../domain/access/gate.ts';
import type { Standing } from '../../domain/stewards/standing.ts';
import { type Described, type Person, personOf, roleOf, UNKNOWN_NAME } from './describe-person.ts';
import type { Identity } from './identity.ts';
import { lastUsed } from './last-used.ts';
import { pagesOf } from './pages.ts';
import { isPlatformError } from './slack-errors.ts';
import { STANDING_MS, standingsAt } from './standings.ts';

/**
 * Who people are. The directory is read in the background, page by page, so that nobody has to be named to
 * Slack while they share something: `known` never calls Slack. What decides about reading asks Slack anew.
 */
export type People = {
  /** From the directory, or from an earlier answer; never calls Slack. */
  known: (personId: string) => Person | undefined;
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
  /** What somebody is here, as Slack said in the last minutes; never calls Slack. Undefined where it did not say. */
  standingSaid: (personId: string) => Standing | undefined;
  /** The same, after asking where that is older than `atMostMs`. Never throws. */
  standing: (personId: string, atMostMs?: number) => Promise<Standing | undefined>;
  /** Slack says that something about somebody changed, and what they are now. */
  changed: (user: Described) => void;
  /** A payload says of which team somebody is: of two answers the one that lets them do less counts. */
  heard: (personId: string, theirTeam: string) => void;
  /** Is this person an admin or owner of the workspace? Asked anew. */
  isAdmin: (personId: string) => Promise<boolean>;
  /** The conversations somebody was in when they were last asked about; never calls Slack. */
  lastSeenIn: (personId: string) => ReadonlySet<string> | undefined;
  /** Reads the directory once. Stops early without harm. */
  loadDirectory: () => Promise<void>;
};

/** Names of people by id, for those a text has to name. */
export type Names = ReadonlyMap<string, string>;

/** Names and zones may be this old. Who may read is asked anew each time: people leave, and become guests. */
const KNOWN_MS = 12 * 60 * 60 * 1000;
/** For sentences that cannot wait for Slack; what decides never uses it. */
const SEEN_MS = 15 * 60 * 1000;
const MOST_KNOWN = 50_000;
const PAGE = 200;
/** Slack knows nobody of this id, or nobody the app may see. */
const NOT_THERE = ['user_not_found', 'user_not_visible', 'users_not_found'];

/** `teamId` tells colleagues from people of other organisations; `scopes` which conversations may be asked about. */
export function peopleOf(
  client: WebClient,
  { teamId, scopes }: Pick<Identity, 'teamId' | 'scopes'>,
  { now, log }: { now: () => number; log: Logger },
): People {
  const known = lastUsed<string, Person>(MOST_KNOWN, KNOWN_MS);
  const seenIn = lastUsed<string, ReadonlySet<string>>(1000, SEEN_MS);
  const standings = standingsAt(now);

  function note(user: Described): Person | undefined {
    if (user.id === undefined) return undefined;
    const person = personOf(user, teamId);
    known.set(user.id, person);
    return person;
  }

  async function ask(personId: string): Promise<Person | undefined> {
    const answer = standings.asking();
    try {
      const { user } = await client.users.info({ user: personId });
      if (user === undefined) return undefined;
      answer.learn(personId, roleOf(user, teamId));
      return answer.isNewest(personId) ? note(user) : (known.get(personId) ?? personOf(user, teamId));
    } catch (error) {
      if (isPlatformError(error, ...NOT_THERE)) answer.learn(personId, 'gone');
      throw error;
    }
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

    standingSaid: standings.said,

    async standing(personId, atMostMs = STANDING_MS) {
      const said = standings.said(personId, atMostMs);
      if (said !== undefined) return said;
      try {
        await ask(personId);
      } catch (error) {
        if (!isPlatformError(error, ...NOT_THERE))
          log.warn({ error }, 'Slack did not say what somebody is here; they count as no steward for now');
      }
      return standings.said(personId);
    },

    changed(user) {
      if (user.id === undefined) return;
      note(user);
      standings.changed(user.id, roleOf(user, teamId));
    },

    heard(personId, theirTeam) {
      const person = known.get(personId);
      if (theirTeam === teamId || person === undefined || person.standing === 'external') return;
      known.set(personId, { ...person, standing: 'external' });
      standings.doubt(personId);
    },

    async isAdmin(personId) {
      const person = await ask(personId);
      return person?.isAdmin === true && person.standing === 'member';
    },

    lastSeenIn: (personId) => seenIn.get(personId),

    async loadDirectory() {
      let answer = standings.asking();
      const askForPage = (next: { cursor?: string }) => {
        answer = standings.asking();
        return client.users.list({ limit: PAGE, ...next });
      };
      for await (const page of pagesOf(askForPage)) {
        for (const member of page.members ?? []) if (answer.isNewest(member.id ?? '')) note(member);
        if (known.size >= MOST_KNOWN) return;
      }
    },
  };
}

async function namesBy(name: (id: string) => Promise<string>, ids: string[]): Promise<Map<string, string>> {
  return new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await name(id)] as const)));
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
