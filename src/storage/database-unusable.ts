/** The database cannot be used, and why in one sentence for whoever runs the app. */
export class DatabaseUnusable extends Error {}

/** The file at the path of the database is another one than the process has open, or none. */
export class DatabaseGone extends Error {
  constructor() {
    super(
      'The database is no longer the file that is open: it was removed, moved, replaced or cut short. Nothing is saved until it is back. Please put it back where it was; or stop the app, put a backup in its place, remove the files beside it that end in -wal and -shm, and start it.',
    );
  }
}

export const DISK_FULL = 'The disk with the database is full, or nearly. Please make room.';

/** What SQLite says, in a sentence that says what to do. */
export function explain(path: string, cause: unknown): string {
  const code = codeOf(cause);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return `The disk with the database ${path} is full. Please make room and start again.`;
  if (code.startsWith('SQLITE_READONLY'))
    return `The database ${path} is read-only. Please give the app leave to write it.`;
  if (/^(SQLITE_CANTOPEN|SQLITE_IOERR|EROFS|EACCES|EPERM|ENOENT|ENOTDIR|EEXIST)/.test(code)) {
    return `The database ${path} cannot be opened for writing. Please check that its folder exists and can be written.`;
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return `The file ${path} is not a sound SQLite database. Please restore a backup.`;
  }
  if (code.startsWith('SQLITE_BUSY'))
    return `The database ${path} is in use by another program that holds on to it.`;
  return `The database ${path} cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}
