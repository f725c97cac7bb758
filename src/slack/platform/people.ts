import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Viewer } from '../../domain/access/gate.ts';
import type { Standing } from '../../domain/stewards/standing.ts';
import { type Described, type Person, roleOf, UNKNOWN_NAME } from './describe-person.ts';
import type { Identity } from './identity.ts';
import { type Clients, isNobody, knownPeople } from './known-people.ts';
import { membershipOf } from './membership.ts';
import { STANDING_MS } from './standings.ts';

/**
 * Who people are. The directory is read in the background, page by page, so that nobody has to be named to
 * Slack while they share something: `known` never calls Slack. What decides about reading was asked in the last
 * five minutes, by whoever it was.
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
   * Somebody who asks to read: who they are to this workspace, and which of these conversations they are in. What
   * is for everyone depends on none.
   * @throws what Slack's client throws when Slack did not say; it is not known then what they may read.
   */
  viewer: (personId: string, channelIds?: Iterable<string>) => Promise<Viewer>;
  /** What somebody is here, as Slack said in the last minutes; never calls Slack. Undefined where it did not say. */
  standingSaid: (personId: string) => Standing | undefined;
  /** The same, after asking where that is older than `atMostMs`. Never throws. */
  standing: (personId: string, atMostMs?: number) => Promise<Standing | undefined>;
  /** Slack says that something about somebody changed, and what they are now. */
  changed: (user: Described) => void;
  /** Slack says that somebody left a conversation, or joined it. */
  changedWhere: (personId: string, channelId: string) => void;
  /**
   * A payload says of which team somebody is: of two answers the one that lets them do less counts. In an
   * organisation another team is no answer, and Slack is asked.
   */
  heard: (personId: string, theirTeam: string) => void;
  /** Is this person an admin or owner of the workspace? Asked anew. */
  isAdmin: (personId: string) => Promise<boolean>;
  /** Asks who somebody is here, and where they are, whatever is known. @throws what Slack's client throws. */
  lookAnew: (personId: string) => Promise<void>;
  /** Was it asked in the last quarter of an hour where somebody is? */
  isSeen: (personId: string) => boolean;
  /** Were they in this conversation then? Never calls Slack, and decides nothing. */
  wasSeenIn: (personId: string, channelId: string) => boolean;
  /** Reads the directory on to its end. Stops early without harm, and goes on there the next time. */
  loadDirectory: () => Promise<void>;
};

const MOST_HEARD = 5000;

/** Names of people by id, for those a text has to name. */
export type Names = ReadonlyMap<string, string>;

/** `teamId` and `enterpriseId` tell colleagues from people of other organisations; `scopes` which conversations may be asked about. */
export function peopleOf(
  clients: Clients,
  { scopes, ...home }: Pick<Identity, 'teamId' | 'enterpriseId' | 'scopes'>,
  { now, log }: { now: () => number; log: Logger },
): People {
  const { known, standings, note, ask, ...people } = knownPeople(clients, home, now);
  /** Of which team a payload said that somebody is, last. */
  const heardOf = new LRUCache<string, string>({ max: MOST_HEARD });
  const membership = membershipOf(clients.client, scopes, now);

  async function nameOrWait(personId: string): Promise<string> {
    try {
      return (known.get(personId) ?? (await ask(personId)))?.name ?? UNKNOWN_NAME;
    } catch (error) {
      if (!isNobody(error)) throw error;
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

    async viewer(personId, channelIds = []) {
      try {
        const standing = asReader(await people.standing(personId));
        // Where somebody is says nothing of who is no member: the same is asked, whatever they asked for.
        const asked = standing === 'member' ? channelIds : [];
        return { id: personId, standing, channels: await membership.among(personId, asked) };
      } catch (error) {
        if (!isNobody(error)) throw error;
        return { id: personId, standing: 'unknown', channels: new Set() };
      }
    },

    standingSaid: standings.said,

    async standing(personId, atMostMs = STANDING_MS) {
      try {
        await people.standing(personId, atMostMs);
      } catch (error) {
        if (!isNobody(error))
          log.warn({ error }, 'Slack did not say what somebody is here; they count as no steward for now');
      }
      return standings.said(personId);
    },

    changed(user) {
      if (user.id === undefined) return;
      note(user);
      standings.changed(user.id, roleOf(user, home));
    },

    changedWhere: membership.changed,

    heard(personId, theirTeam) {
      const person = known.get(personId);
      const isNews = theirTeam !== home.teamId && heardOf.get(personId) !== theirTeam;
      if (!isNews || person === undefined || person.standing === 'external') return;
      // It may be another workspace of our organisation: whether they are in ours as well, only Slack can say.
      if (home.enterpriseId === undefined) known.set(personId, { ...person, standing: 'external' });
      else heardOf.set(personId, theirTeam);
      standings.doubt(personId);
    },

    async isAdmin(personId) {
      const person = await ask(personId);
      return person?.isAdmin === true && person.standing === 'member';
    },

    async lookAnew(personId) {
      await Promise.all([ask(personId), membership.lookAnew(personId)]);
    },
    isSeen: membership.isSeen,
    wasSeenIn: membership.wasSeenIn,

    loadDirectory: people.loadDirectory,
  };
}

/** Apps read nothing, and of whom Slack does not say what they are, nobody knows whether they may. */
function asReader(standing: Standing | undefined): Viewer['standing'] {
  return standing === undefined || standing === 'app' || standing === 'gone' ? 'unknown' : standing;
}

async function namesBy(name: (id: string) => Promise<string>, ids: string[]): Promise<Map<string, string>> {
  return new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, await name(id)] as const)));
}
