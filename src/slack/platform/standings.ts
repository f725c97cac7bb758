import { LRUCache } from 'lru-cache';
import type { Standing } from '../../domain/stewards/standing.ts';

/** What somebody may do who looks after near-misses depends on what they are, which may be so old. */
export const STANDING_MS = 5 * 60 * 1000;

const MOST_KNOWN = 1000;

type Said = { standing: Standing; at: number };

/** What Slack said people are, and when it was asked. What it said before somebody changed counts no more. */
export type Standings = {
  /** Undefined where that is not known, or older. */
  said: (personId: string, atMostMs?: number) => Standing | undefined;
  /** @returns notes the answer, unless they changed while Slack was asked. */
  asking: (personId: string) => (standing: Standing) => void;
  /** An event may come late, after a newer answer: that somebody may do more, Slack is asked. */
  changed: (personId: string, standing: Standing) => void;
  /** Something says otherwise than was known: Slack is asked. */
  doubt: (personId: string) => void;
};

/** With nothing known yet; `now` is in milliseconds. */
export function standingsAt(now: () => number): Standings {
  const known = new LRUCache<string, Said>({ max: MOST_KNOWN });
  const changes = new LRUCache<string, object>({ max: MOST_KNOWN });
  const doubt = (personId: string) => {
    changes.set(personId, {});
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
    asking(personId) {
      const at = now();
      const change = changes.get(personId);
      return (standing) => {
        if (changes.get(personId) === change) known.set(personId, { standing, at });
      };
    },
    changed(personId, standing) {
      doubt(personId);
      if (standing !== 'member') known.set(personId, { standing, at: now() });
    },
  };
}
