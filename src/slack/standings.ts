import { LRUCache } from 'lru-cache';
import type { Standing } from '../domain/stewards.ts';

/** What somebody may do who looks after near-misses depends on what they are, which may be so old. */
export const STANDING_MS = 5 * 60 * 1000;

type Said = { standing: Standing; at: number };

/** What Slack said people are, and when it was asked. What it said before somebody changed counts no more. */
export function standingsAt(now: () => number) {
  const known = new LRUCache<string, Said>({ max: 1000 });
  const changes = new LRUCache<string, object>({ max: 1000 });
  return {
    said(personId: string, atMostMs = STANDING_MS): Standing | undefined {
      const { standing, at } = known.get(personId) ?? {};
      // A clock that was set back makes it no fresher.
      const age = at === undefined ? Number.POSITIVE_INFINITY : Math.abs(now() - at);
      return age < atMostMs ? standing : undefined;
    },
    /** @returns notes the answer, unless they changed while Slack was asked. */
    asking(personId: string): (standing: Standing) => void {
      const at = now();
      const change = changes.get(personId);
      return (standing) => {
        if (changes.get(personId) === change) known.set(personId, { standing, at });
      };
    },
    /** An event may come late, after a newer answer: that somebody may do more, Slack is asked. */
    changed(personId: string, standing: Standing): void {
      changes.set(personId, {});
      if (standing === 'member') known.delete(personId);
      else known.set(personId, { standing, at: now() });
    },
  };
}
