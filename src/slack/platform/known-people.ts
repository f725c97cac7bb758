import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Standing } from '../../domain/stewards/standing.ts';
import { type Described, type Home, type Person, personOf, roleOf } from './describe-person.ts';
import { directoryOf } from './directory.ts';
import { isPlatformError, limitedForMs } from './slack-errors.ts';
import { type Answer, STANDING_MS, type Standings, standingsAt } from './standings.ts';

/** What Slack said of people: from its directory, or asked about one. */
type KnownPeople = {
  known: LRUCache<string, Person>;
  standings: Standings;
  /** Keeps what Slack says of somebody now. */
  note: (user: Described) => Person | undefined;
  /** Asks about one person; who asks meanwhile waits for the same answer. @throws what Slack's client throws. */
  ask: (personId: string) => Promise<Person | undefined>;
  /**
   * What somebody is here, as Slack said in the last minutes (or `youngerThanMs`), or says now; undefined where it
   * does not say it. @throws what Slack's client throws.
   */
  standing: (personId: string, youngerThanMs?: number) => Promise<Standing | undefined>;
  /** Reads on in the directory to its end. @throws what Slack's client throws; the next time it goes on there. */
  loadDirectory: () => Promise<void>;
};

/** The clients: one for whoever waits, and one that is waited for longer. */
export type Clients = { client: WebClient; background: WebClient };

/** Names and zones may be this old; what decides is asked for more often. */
const KNOWN_MS = 12 * 60 * 60 * 1000;
const MOST_KNOWN = 50_000;
/** Of the directory nobody waits for more, each of a thousand people. */
const MOST_PAGES = 10;

/** Slack knows nobody of this id, or nobody the app may see. */
const NOT_THERE = ['user_not_found', 'user_not_visible', 'users_not_found'];

/** Did Slack say that there is nobody of this id, as far as the app may see? */
export function isNobody(error: unknown): boolean {
  return isPlatformError(error, ...NOT_THERE);
}

/** With nobody known yet. `home` tells colleagues from people of other organisations. */
export function knownPeople({ client, background }: Clients, home: Home, now: () => number): KnownPeople {
  const known = new LRUCache<string, Person>({ max: MOST_KNOWN, ttl: KNOWN_MS });
  const standings = standingsAt(now);
  const onItsWay = new Map<string, { answer: Answer; person: Promise<Person | undefined> }>();

  function note(user: Described): Person | undefined {
    if (user.id === undefined) return undefined;
    const person = personOf(user, home);
    known.set(user.id, person);
    return person;
  }

  function noteListed(user: Described, answer: Answer): void {
    const { id = '' } = user;
    const isWorthIt = known.has(id) || (user.deleted !== true && known.size < MOST_KNOWN);
    if (isWorthIt && answer.isNewest(id)) note(user);
  }

  const inBackground = directoryOf(background, standings.asking, noteListed);
  const whileSomebodyWaits = directoryOf(background, standings.asking, (user, answer) => {
    noteListed(user, answer);
    answer.learn(user.id ?? '', roleOf(user, home));
  });

  async function askAnew(personId: string, answer: Answer): Promise<Person | undefined> {
    try {
      const { user } = await client.users.info({ user: personId });
      if (user === undefined) return undefined;
      answer.learn(personId, roleOf(user, home));
      return answer.isNewest(personId) ? note(user) : (known.get(personId) ?? personOf(user, home));
    } catch (error) {
      if (isNobody(error)) answer.learn(personId, 'gone');
      throw error;
    } finally {
      if (onItsWay.get(personId)?.answer === answer) onItsWay.delete(personId);
    }
  }

  function ask(personId: string): Promise<Person | undefined> {
    const before = onItsWay.get(personId);
    if (before?.answer.isNewest(personId) === true) return before.person;
    const answer = standings.asking();
    const asked = { answer, person: askAnew(personId, answer) };
    onItsWay.set(personId, asked);
    return asked.person;
  }

  /** While Slack takes no more questions about one person each, a page of the directory answers for a thousand. */
  async function lookInDirectory(said: () => Standing | undefined, limited: unknown): Promise<void> {
    let ends = 0;
    for (let pages = 0; pages < MOST_PAGES && ends < 2; pages += 1) {
      // Somebody else's page may have said it.
      if (said() !== undefined) return;
      if (await whileSomebodyWaits.readPage()) ends += 1;
    }
    if (said() === undefined) throw limited;
  }

  return {
    known,
    standings,
    note,
    ask,
    async standing(personId, youngerThanMs = STANDING_MS) {
      const said = () => standings.said(personId, youngerThanMs);
      for (let tries = 0; tries < 2 && said() === undefined; tries += 1) {
        const before = standings.asking();
        await ask(personId).catch((error: unknown) => {
          if (limitedForMs(error) === undefined) throw error;
          return lookInDirectory(said, error);
        });
        // Where they changed meanwhile, its answer says nothing any more.
        if (before.isNewest(personId)) break;
      }
      return said();
    },
    async loadDirectory() {
      known.purgeStale();
      while (!(await inBackground.readPage()));
    },
  };
}
