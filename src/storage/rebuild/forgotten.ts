import type SQLite from 'better-sqlite3';

/*
 * How often something was forgotten since the file was built anew, kept in the file's own header, so that a stop or
 * another process changes nothing about it: SQLite has a number there that is the application's.
 */

/** Zero where the file has nothing in it that was forgotten. */
export function forgottenIn(sqlite: SQLite.Database): number {
  return Number(sqlite.pragma('user_version', { simple: true }));
}

/** Inside the transaction that forgets. */
export function noteForgotten(sqlite: SQLite.Database): void {
  sqlite.pragma(`user_version = ${forgottenIn(sqlite) + 1}`);
}

/** The file was built anew. What was forgotten since then, or while that went on, is not out of it yet. */
export function clearForgotten(sqlite: SQLite.Database, before: number): void {
  sqlite
    .transaction(() => {
      if (forgottenIn(sqlite) === before) sqlite.pragma('user_version = 0');
    })
    .immediate();
}
