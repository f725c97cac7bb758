import { workerData } from 'node:worker_threads';
import SQLite from 'better-sqlite3';
import { clearForgotten, forgottenIn } from './forgotten.ts';

/*
 * Builds the file anew, in a thread of its own, since it may take seconds. Whoever writes meanwhile waits as for any
 * other writer; whoever reads does not. Ended in the middle, the file is as it was before.
 */

/** Nobody waits for this thread, and another process may be at the same. */
const BUSY_MS = 30_000;

const { path } = workerData as { path: string };
const sqlite = new SQLite(path, { fileMustExist: true });
try {
  sqlite.pragma(`busy_timeout = ${BUSY_MS}`);
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('secure_delete = ON');
  const forgotten = forgottenIn(sqlite);
  if (forgotten > 0) {
    sqlite.exec('vacuum');
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    clearForgotten(sqlite, forgotten);
  }
} finally {
  sqlite.close();
}
