import type { Connection, Db } from './database.ts';

/**
 * Prepares what `prepare` prepares once for each open file, however many parts of the store ask for it: every
 * statement that is prepared again takes time at the start and memory for good. Private to storage.
 */
export function oncePerFile<Prepared>(
  prepare: (connection: Connection) => Prepared,
): (connection: Connection) => Prepared {
  const prepared = new WeakMap<Db, Prepared>();
  return (connection) => {
    const before = prepared.get(connection.db);
    if (before !== undefined) return before;
    const now = prepare(connection);
    prepared.set(connection.db, now);
    return now;
  };
}
