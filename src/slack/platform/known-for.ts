import { LRUCache } from 'lru-cache';

/** What is known for a while, by an id, and then not any more. */
type KnownFor<Value> = {
  get: (id: string) => Value | undefined;
  set: (id: string, value: Value) => void;
  /** Another value for what is known, which makes it no fresher. */
  change: (id: string, value: Value) => void;
  /** Was it known? */
  delete: (id: string) => boolean;
};

/** At most so many, for so many milliseconds by `now`. A clock that was set back makes nothing fresher. */
export function knownFor<Value>(max: number, ms: number, now: () => number): KnownFor<Value> {
  const cache = new LRUCache<string, { value: Value; at: number }>({ max });
  const fresh = (id: string) => {
    const known = cache.get(id);
    return known !== undefined && Math.abs(now() - known.at) < ms ? known : undefined;
  };
  return {
    get: (id) => fresh(id)?.value,
    set(id, value) {
      cache.set(id, { value, at: now() });
    },
    change(id, value) {
      const known = fresh(id);
      if (known !== undefined) cache.set(id, { ...known, value });
    },
    delete(id) {
      const wasKnown = fresh(id) !== undefined;
      cache.delete(id);
      return wasKnown;
    },
  };
}
