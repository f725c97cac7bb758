import { Worker } from 'node:worker_threads';
import type SQLite from 'better-sqlite3';
import { hourOf, quietestHour } from '../../domain/quiet-hour.ts';
import { forgottenIn } from './forgotten.ts';

export type Rebuilding = {
  /** Something was forgotten, or an earlier run ended before it was out of the file. */
  ask: () => void;
  /** Does what is due by now: what failed, and a large file in its quiet hour. @throws why it failed before. */
  tend: (now: number) => void;
  /** Begins no other, and waits for the one that is running. */
  stop: () => Promise<void>;
};

/** Up to this size it takes less than a writer waits; measured in the README. */
const AT_ONCE_BYTES = 100 * 1024 * 1024;
/** What is forgotten within a moment is one rebuild. */
const MOMENT_MS = 1000;
const FOUR_WEEKS_MS = 28 * 24 * 60 * 60 * 1000;

/**
 * Page by page SQLite leaves copies of what was deleted where it moved rows to another page. Only building the file
 * anew takes them out: at once while it is small, once in the quietest hour where it is large.
 * @param sqlite the open database in the file `path`; to be asked only.
 */
export function rebuilding(sqlite: SQLite.Database, path: string): Rebuilding {
  let waiting: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let failure: unknown;
  let hasStopped = false;

  const isDue = (now?: number) =>
    forgottenIn(sqlite) > 0 && (isSmall(sqlite) || (now !== undefined && isQuiet(sqlite, now)));
  const begin = () => {
    if (hasStopped || running !== undefined) return;
    running = rebuild(path)
      .catch((error: unknown) => {
        failure = error;
      })
      .finally(() => {
        running = undefined;
        if (failure === undefined) ask();
      });
  };
  const ask = () => {
    if (hasStopped || waiting !== undefined || !isDue()) return;
    waiting = setTimeout(() => {
      waiting = undefined;
      begin();
    }, MOMENT_MS);
    waiting.unref();
  };
  return {
    ask,
    tend(now) {
      const before = failure;
      failure = undefined;
      if (waiting === undefined && isDue(now)) begin();
      if (before !== undefined) throw before;
    },
    async stop() {
      hasStopped = true;
      clearTimeout(waiting);
      await running;
    },
  };
}

/** For a database that is in memory only. */
export const NOTHING_TO_REBUILD: Rebuilding = {
  ask: () => undefined,
  tend: () => undefined,
  stop: () => Promise.resolve(),
};

async function rebuild(path: string): Promise<void> {
  const worker = new Worker(new URL('./rebuild-worker.ts', import.meta.url), { workerData: { path } });
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}

function isSmall(sqlite: SQLite.Database): boolean {
  const of = (pragma: string) => Number(sqlite.pragma(pragma, { simple: true }));
  return of('page_count') * of('page_size') <= AT_ONCE_BYTES;
}

/** Is it the hour in which the fewest near-misses were shared these weeks? Those without a name have no hour. */
function isQuiet(sqlite: SQLite.Database, now: number): boolean {
  const shared = sqlite
    .prepare<[number, number], { at: number }>(`
      select captured_at as at from workspaces cross join near_misses indexed by near_misses_to_list
      where near_misses.team_id = workspaces.team_id and captured_at between ? and ?
        and number is not null and withdrawn_at is null and captured_at % 86400000 <> 0`)
    .all(now - FOUR_WEEKS_MS, now);
  return hourOf(now) === quietestHour(shared.map(({ at }) => at));
}
