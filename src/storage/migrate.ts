import { fileURLToPath } from 'node:url';
import type SQLite from 'better-sqlite3';
import { DatabaseUnusable } from './database-unusable.ts';
import { readMigrationFiles } from './drizzle.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Applies what is missing, in one transaction: a second process waits for the lock and finds nothing to do.
 * Foreign keys are off meanwhile, since drizzle-kit rebuilds a table by dropping it, which would cascade; and
 * they can only be switched outside a transaction, which is why drizzle's own migrator cannot.
 * @throws DatabaseUnusable where it cannot be brought up to date; nothing is changed then.
 */
export function migrate(sqlite: SQLite.Database): void {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  sqlite.pragma('foreign_keys = OFF');
  sqlite
    .transaction(() => {
      sqlite.exec(
        'create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)',
      );
      for (const { sql, hash, folderMillis } of missingIn(appliedTo(sqlite), known)) {
        for (const statement of sql) sqlite.exec(statement);
        sqlite
          .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
          .run(hash, folderMillis);
      }
      const broken = sqlite.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0)
        throw new DatabaseUnusable(
          'The database has rows that point nowhere after its update; nothing was changed. Please restore a backup or report this.',
        );
    })
    .immediate();
  sqlite.pragma('foreign_keys = ON');
}

/** When each update was written that this database has; what a line ending may change of it does not count. */
function appliedTo(sqlite: SQLite.Database): Set<number> {
  const stamps = sqlite.prepare<[], number>('select created_at from __drizzle_migrations').pluck().all();
  return new Set(stamps);
}

/**
 * What is to be applied. Each update stands on all before it: the last one alone does not say that they are there.
 * @throws DatabaseUnusable where one is there that is not known, or one is not there that should be.
 */
function missingIn<Update extends { folderMillis: number }>(applied: Set<number>, known: Update[]): Update[] {
  const stamps = new Set(known.map(({ folderMillis }) => folderMillis));
  if ([...applied].some((stamp) => !stamps.has(stamp))) {
    throw new DatabaseUnusable(
      'This database was made by a newer version of the app. Please start that version, or restore a backup from before it.',
    );
  }
  const missing = known.filter(({ folderMillis }) => !applied.has(folderMillis));
  if (missing.some(({ folderMillis }) => folderMillis < Math.max(...applied))) {
    throw new DatabaseUnusable(
      'This database lacks an update from before its last one; nothing was changed. Please start the version that used it last, and report this.',
    );
  }
  return missing;
}
