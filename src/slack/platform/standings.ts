import { LRUCache } from 'lru-cache';
import type { Standing } from '../../domain/stewards/standing.ts';

/** What somebody may do who looks after near-misses depends on what they are, which may be so old. */
export const STANDING_MS = 5 * 60 * 1000;

const MOST_KNOWN = 1000;
const MOST_CHANGES = 5000;

/** What Slack answers, as it was when it was asked. */
type Answer = {
  /** Does it count, or did this person change while Slack was asked? */
  isNewest: (personId: string) => boolean;
  /** Notes what it says of somebody, where it counts. */
  learn: (personId: string, standing: Standing) => void;
};

type Said = { standing: Standing; at: number };

/** What Slack said people are, and when it was asked. What it said before somebody changed counts no more. */
type Standings = {
  /** Undefined where that is not known, or older. */
  said: (personId: string, atMostMs?: number) => Standing | undefined;
  /** Slack is asked about somebody, or about many, from now on. */
  asking: () => Answer;
  /** An event may come late, after a newer answer: that somebody may do more, Slack is asked. */
  changed: (personId: string, standing: Standing) => void;
  /** Something says otherwise than was known: Slack is asked. */
  doubt: (personId: string) => void;
};

/** With nothing known yet; `now` is in milliseconds. */
export function standingsAt(now: () => number): Standings {
  const known = new LRUCache<string, Said>({ max: MOST_KNOWN });
  /** How many changes there were when somebody changed last. */
  const changedAt = new LRUCache<string, number>({ max: MOST_CHANGES });
  let changes = 0;
  const doubt = (personId: string) => {
    changes += 1;
    changedAt.set(personId, changes);
    known.delete(personId);
  };
  return {
    doubt,
    said(personId, atMostMs = STANDING_MS) {
      const { standing, at } = known.get(personId) ?? {};
      // A clock that was set back makes it no fresher.
      const age = at === undefined ? Number.POSITIVE_INFINITY : Math.abs(now() - at);
      return age < atMostMs ? standing : undefined;
    },
    asking() {
      const at = now();
      const before = changes;
      const isNewest = (personId: string) => (changedAt.get(personId) ?? 0) <= before;
      return {
        isNewest,
        learn(personId, standing) {
          if (isNewest(personId)) known.set(personId, { standing, at });
        },
      };
    },
    changed(personId, standing) {
      doubt(personId);
      if (standing !== 'member') known.set(personId, { standing, at: now() });
    },
  };
}
