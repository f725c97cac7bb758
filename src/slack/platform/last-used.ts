import { LRUCache } from 'lru-cache';

/**
 * Keeps the `most` that were used last, each for `keptMs` milliseconds where that is said. It takes room for those
 * there are: with a `max` it would set it aside for all there may be, 12 ms and megabytes for each workspace.
 */
export function lastUsed<Key extends string, Value extends object | string | number | true>(
  most: number,
  keptMs?: number,
): LRUCache<Key, Value> {
  return new LRUCache({
    maxSize: most,
    sizeCalculation: () => 1,
    ...(keptMs !== undefined && { ttl: keptMs }),
  });
}
