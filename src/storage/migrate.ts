import { fileURLToPath } from 'node:url';
import type SQLite from 'better-sqlite3';
import { DatabaseUnusable } from './database-unusable.ts';
import { readMigrationFiles } from './drizzle.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Applies what is missing, in one transaction: a second process waits for the lock and finds nothing to do.
 * Foreign keys are off meanwhile, since drizzle-kit rebuilds a table by dropping it, which would cascade; and
 * they can only be switched outside a transaction, which is why drizzle's own migrator cannot.
 * @throws DatabaseUnusable for a file that newer code made, or whose rows point nowhere afterwards.
 */
export function migrate(sqlite: SQLite.Database): void {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  sqlite.pragma('foreign_keys = OFF');
  sqlite
    .transaction(() => {
      sqlite.exec(
        'create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)',
      );
      const applied = sqlite
        .prepare<[], { at: number | null }>('select max(created_at) as at from __drizzle_migrations')
        .get();
      const last = applied?.at ?? 0;
      refuseNewer(last, known.at(-1)?.folderMillis ?? 0);
      for (const { sql, hash, folderMillis } of known.filter((migration) => migration.folderMillis > last)) {
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

function refuseNewer(applied: number, known: number): void {
  if (applied > known) {
    throw new DatabaseUnusable(
      'This database was made by a newer version of the app. Please start that version, or restore a backup from before it.',
    );
  }
}
