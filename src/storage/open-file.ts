import { type Stats, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type SQLite from 'better-sqlite3';
import { IN_MEMORY } from './private-files.ts';

/** What one Save writes, several times over: with less room it may fail. */
const ROOM_BYTES = 500_000;
const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** The file a database is open in. What is at its path is what the next start finds. */
export type OpenFile = {
  /**
   * Whether the database and its log are still at their path, whole. Two looks at files that are as they were, a few
   * microseconds; not to be asked inside a transaction.
   */
  isThere: () => boolean;
  hasRoom: () => boolean;
};

/**
 * Remembers which file `sqlite` has open at `path`. SQLite goes on writing where the file was removed, moved or
 * replaced, and what it writes is found by nobody. A file that is written over in place is not told from one that
 * SQLite writes: a check that took the second for the first would refuse what people share.
 */
export function openFile(path: string, sqlite: SQLite.Database): OpenFile {
  if (path === IN_MEMORY) return { isThere: () => true, hasRoom: () => true };
  const log = sqlite.prepare<[], LogState>('pragma wal_checkpoint(NOOP)');
  const pages = sqlite.prepare<[], number>('pragma page_count').pluck();
  const pageBytes = Number(sqlite.pragma('page_size', { simple: true }));
  const frameBytes = pageBytes + FRAME_HEADER_BYTES;
  let main = statSync(path);
  let wal = statSync(`${path}-wal`);

  /** One that became shorter, as after a rebuild, has to hold all its pages. */
  function isStillMain(now: Stats | undefined): boolean {
    if (!isSame(main, now) || now.size === 0) return false;
    if (now.size < main.size && now.size < (pages.get() ?? 0) * pageBytes) return false;
    main = now;
    return true;
  }

  /** A log that became shorter has to hold what it is known to hold. */
  function isStillLog(now: Stats | undefined): boolean {
    if (!isSame(wal, now)) return false;
    if (now.size < wal.size) {
      const frames = log.get()?.log ?? 0;
      const size = found(`${path}-wal`)?.size ?? 0;
      if (frames > 0 && size < LOG_HEADER_BYTES + frames * frameBytes) return false;
    }
    wal = now;
    return true;
  }

  return {
    isThere: () => isStillMain(found(path)) && isStillLog(found(`${path}-wal`)),
    hasRoom() {
      const { bavail, bsize } = statfsSync(dirname(path));
      return bavail * bsize >= ROOM_BYTES;
    },
  };
}

/** How many frames the log has. */
type LogState = { log: number };

/** Nothing where it is not there, or may not be looked at. */
function found(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isSame(then: Stats, now: Stats | undefined): now is Stats {
  return now !== undefined && then.ino === now.ino && then.dev === now.dev;
}
