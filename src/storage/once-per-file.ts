import type { Connection } from './database.ts';

/**
 * Prepares what `prepare` prepares once for each open file, however many parts of the store ask for it: every
 * statement that is prepared again takes time at the start and memory for good. Private to storage.
 */
export function oncePerFile<Prepared>(
  prepare: (connection: Connection) => Prepared,
): (connection: Connection) => Prepared {
  const prepared = new WeakMap<Connection, Prepared>();
  return (connection) => {
    const before = prepared.get(connection);
    if (before !== undefined) return before;
    const now = prepare(connection);
    prepared.set(connection, now);
    return now;
  };
}
