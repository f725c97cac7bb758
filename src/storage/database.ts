import SQLite from 'better-sqlite3';
import { DatabaseGone, DatabaseUnusable, DISK_FULL, explain } from './database-unusable.ts';
import { drizzle } from './drizzle.ts';
import { migrate } from './migrate.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { makePrivate } from './private-files.ts';

/** One open database as drizzle has it. */
export type Db = ReturnType<typeof drizzle>;

/** What a function of the store works with, inside the transaction that its caller opened, or to read outside of one. */
export type Tx = {
  db: Db;
  /** Random text. */
  newId: () => string;
  /**
   * The statement that `prepare` prepares, once for each open file: for what a capture asks, drizzle takes 76 µs to
   * build a statement and 6 µs to run a prepared one. `prepare` is a function of a module, never one made on the spot.
   */
  prepared: <Statement>(prepare: (db: Db) => Statement) => Statement;
};

/** One open database. Private to `src/storage`: nothing outside sees drizzle or SQLite through it. */
export type Connection = Tx & {
  sqlite: SQLite.Database;
  /**
   * Runs `work` in one write transaction. It takes the write lock at once: a transaction that read first and
   * wrote later would fail with SQLITE_BUSY_SNAPSHOT without waiting its turn.
   * @throws DatabaseGone where the next start would not find what was written.
   */
  write: <Result>(work: (tx: Tx) => Result) => Result;
  /**
   * The same for what has to go: it goes from the log of earlier writes, too. While somebody else reads the file
   * that cannot be, and nobody is kept waiting for it: it is tried again after each write, of which the outbox
   * makes one a minute at least.
   */
  writeForgetting: <Result>(work: (tx: Tx) => Result) => Result;
  /** Proved by writing, without waiting for anybody. */
  isWritable: () => boolean;
  /** Sentences on why nothing can be stored, for whoever runs the app, which anybody may read. */
  notes: () => string[];
};

/** Tells whoever runs the app. */
type Say = (sentence: string) => void;

/** Waiting for another writer blocks the event loop, and Slack waits three seconds at most. */
const BUSY_MS = 1000;
/** While starting there is nobody to keep waiting, and another process may be migrating. */
const BUSY_AT_START_MS = 30_000;

/**
 * Opens the file `path`, making it and its folder if need be, brings it up to date and proves that it can be written.
 * @param say gets what others on this machine can open of it, and later that the file is gone or back, a sentence each.
 * @throws DatabaseUnusable for a file that is read-only, full, damaged, or made by newer code.
 */
export function connect(path: string, newId: () => string, say: Say = () => undefined): Connection {
  const sqlite = opened(path, say);
  const db = drizzle(sqlite);
  const begin = sqlite.transaction((work: (tx: Tx) => unknown) => work(connection));
  // An earlier run may have stopped before it could.
  let hasToForget = true;
  const file = openFile(path, sqlite);
  const isThere = telling(file.isThere, say);
  const write = <Result>(work: (tx: Tx) => Result) => {
    if (!isThere()) throw new DatabaseGone();
    const result = begin.immediate(work) as Result;
    // Looked at again, since it may have waited for its turn.
    if (!isThere()) throw new DatabaseGone();
    if (hasToForget) hasToForget = !emptyLog(sqlite);
    return result;
  };
  const writeForgetting = <Result>(work: (tx: Tx) => Result) => {
    hasToForget = true;
    return write(work);
  };
  const connection: Connection = {
    sqlite,
    db,
    newId,
    prepared: preparedFor(db),
    write,
    writeForgetting,
    isWritable() {
      if (!isThere() || !file.hasRoom()) return false;
      file.wroteNoRow();
      return canWrite(sqlite);
    },
    notes: () => (isThere() ? (file.hasRoom() ? [] : [DISK_FULL]) : [new DatabaseGone().message]),
  };
  return connection;
}

/** The same, and says when the answer becomes another one. */
function telling(isThere: OpenFile['isThere'], say: Say): OpenFile['isThere'] {
  let was = true;
  return () => {
    const is = isThere();
    if (is !== was) say(is ? 'The database is back.' : new DatabaseGone().message);
    was = is;
    return is;
  };
}

function preparedFor(db: Db): Tx['prepared'] {
  const statements = new Map<unknown, unknown>();
  return <Statement>(prepare: (from: Db) => Statement) => {
    const before = statements.get(prepare);
    if (before !== undefined) return before as Statement;
    const statement = prepare(db);
    statements.set(prepare, statement);
    return statement;
  };
}

function opened(path: string, say: Say): SQLite.Database {
  let sqlite: SQLite.Database | undefined;
  try {
    makePrivate(path, say);
    sqlite = new SQLite(path);
    configure(sqlite);
    migrate(sqlite);
    proveWritable(sqlite);
    sqlite.pragma(`busy_timeout = ${BUSY_MS}`);
    return sqlite;
  } catch (cause) {
    sqlite?.close();
    throw cause instanceof DatabaseUnusable ? cause : new DatabaseUnusable(explain(path, cause), { cause });
  }
}

function configure(sqlite: SQLite.Database): void {
  sqlite.pragma(`busy_timeout = ${BUSY_AT_START_MS}`);
  sqlite.pragma('journal_mode = WAL');
  // Must follow journal_mode, on every open: better-sqlite3 is built with DEFAULT_WAL_SYNCHRONOUS=1, and falls
  // back to NORMAL (which may lose the last commits when power fails) unless it is said.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // What was withdrawn is overwritten, not just unlinked.
  sqlite.pragma('secure_delete = ON');
}

/** False where another connection reads or writes, or the disk is full; what was written stands. */
function emptyLog(sqlite: SQLite.Database): boolean {
  // Its answer says whether it was kept from it: it throws for other reasons only.
  return atOnce(sqlite, () => sqlite.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0);
}

function canWrite(sqlite: SQLite.Database): boolean {
  return atOnce(sqlite, () => {
    proveWritable(sqlite);
    return true;
  });
}

/** Does it without waiting for other connections; false where it failed. */
function atOnce(sqlite: SQLite.Database, work: () => boolean): boolean {
  try {
    sqlite.pragma('busy_timeout = 0');
    return work();
  } catch {
    return false;
  } finally {
    sqlite.pragma(`busy_timeout = ${BUSY_MS}`);
  }
}

/** A read-only or full disk is found out now, not when somebody presses Save. */
function proveWritable(sqlite: SQLite.Database): void {
  const version = sqlite.pragma('user_version', { simple: true });
  sqlite.transaction(() => sqlite.pragma(`user_version = ${Number(version)}`)).immediate();
}
