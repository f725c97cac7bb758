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
  /** To be told of what was written into it other than rows, which SQLite counts. */
  wroteNoRow: () => void;
  hasRoom: () => boolean;
};

/**
 * Remembers which file `sqlite` has open at `path`. SQLite goes on writing where the file was removed, moved or
 * replaced, and what it writes is found by nobody.
 */
export function openFile(path: string, sqlite: SQLite.Database): OpenFile {
  if (path === IN_MEMORY) return { isThere: () => true, wroteNoRow: () => undefined, hasRoom: () => true };
  const log = sqlite.prepare<[], LogState>('pragma wal_checkpoint(NOOP)');
  const commitsOfOthers = sqlite.prepare<[], number>('pragma data_version').pluck();
  const ownRows = sqlite.prepare<[], number>('select total_changes()').pluck();
  let noRows = 0;
  const frameBytes = Number(sqlite.pragma('page_size', { simple: true })) + FRAME_HEADER_BYTES;
  const stateNow = () => ({
    ...stateOf(log.get()),
    commits: commitsOfOthers.get(),
    changes: Number(ownRows.get()) + noRows,
  });
  let main = statSync(path);
  let wal = statSync(`${path}-wal`);
  let state = stateNow();

  /** Only a checkpoint writes into the file: where none took place, somebody else did. */
  function isStillMain(now: Stats | undefined): boolean {
    if (!isSame(main, now)) return false;
    if (now.mtimeMs === main.mtimeMs && now.size === main.size) return true;
    const then = state;
    const next = stateNow();
    const isEmptied = next.log === 0;
    // What was written since is in the file already.
    const isCaughtUp = next.checkpointed === next.log && next.changes !== then.changes;
    const isCheckpointed = next.checkpointed > 0 && (next.checkpointed !== then.checkpointed || isCaughtUp);
    if (now.size === 0 || !(isEmptied || isCheckpointed || next.commits !== then.commits)) return false;
    main = now;
    state = next;
    return true;
  }

  /** A log that became shorter has to hold what it is known to hold. */
  function isStillLog(now: Stats | undefined): boolean {
    if (!isSame(wal, now)) return false;
    if (now.size < wal.size) {
      const frames = stateOf(log.get()).log;
      const size = found(`${path}-wal`)?.size ?? 0;
      if (frames > 0 && size < LOG_HEADER_BYTES + frames * frameBytes) return false;
    }
    wal = now;
    return true;
  }

  return {
    isThere: () => isStillMain(found(path)) && isStillLog(found(`${path}-wal`)),
    wroteNoRow: () => void (noRows += 1),
    hasRoom() {
      const { bavail, bsize } = statfsSync(dirname(path));
      return bavail * bsize >= ROOM_BYTES;
    },
  };
}

/** Frames in the log, and how many of them are in the file as well. */
type LogState = { log: number; checkpointed: number };

const stateOf = (state: LogState | undefined): LogState => ({
  log: state?.log ?? 0,
  checkpointed: state?.checkpointed ?? 0,
});

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
