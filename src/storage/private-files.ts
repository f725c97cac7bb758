import { chmodSync, closeSync, fchmodSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const OF_OTHERS = 0o077;
/** What SQLite calls a database that is no file. */
export const IN_MEMORY = ':memory:';

/**
 * Makes the file `path`, and its folder if need be, so that nobody but the user of the app can open them, whatever
 * the umask; SQLite makes those beside it the same. A file that was open to others is closed to them. A folder that
 * was there may have other uses, so it is only spoken of.
 * @param say gets a sentence about what others could, or can, open, for whoever runs the app.
 * @throws what keeps them from being made, as Node says it.
 */
export function makePrivate(path: string, say: (sentence: string) => void): void {
  if (path === IN_MEMORY) return;
  makeFolder(dirname(path), say);
  makeFile(path);
  for (const beside of ['', '-wal', '-shm', '-journal', '-waiting.json'])
    closeToOthers(`${path}${beside}`, say);
}

function makeFolder(folder: string, say: (sentence: string) => void): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) chmodSync(folder, 0o700);
  else if (isOpenToOthers(folder))
    say(
      `Others on this machine can look into the folder ${folder}, where the database is. Please give the database a folder of its own that only the user of the app may open.`,
    );
}

function makeFile(path: string): void {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw error;
  }
  fchmodSync(file, 0o600);
  closeSync(file);
}

function closeToOthers(path: string, say: (sentence: string) => void): void {
  if (!isOpenToOthers(path)) return;
  try {
    chmodSync(path, 0o600);
  } catch {
    // What it is now says whether that did anything.
  }
  say(
    isOpenToOthers(path)
      ? `Others on this machine can open the file ${path}, and the app may not change that. Please close it to them: chmod 600 ${path}`
      : `Others on this machine could open the file ${path}. Now only the user of the app can.`,
  );
}

/** Where there is none it is not; nor on Windows, where these bits say nothing. */
function isOpenToOthers(path: string): boolean {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  return process.platform !== 'win32' && (mode & OF_OTHERS) !== 0;
}
