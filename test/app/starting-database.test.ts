import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { envFor, lastWords, startBotProcess } from '../support/bot-process.ts';
import { openWorkspace, temporaryFolder } from '../support/workspace.ts';

test('a database of newer code, a damaged one and a folder in its place each end it', async () => {
  const workspace = await openWorkspace();
  const folder = temporaryFolder();
  const newer = join(folder, 'newer.db');
  const database = new SQLite(newer);
  database.exec(
    'create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)',
  );
  database
    .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
    .run('later', 99_999_999_999_999);
  database.close();
  expect(await lastWords(startBotProcess({ env: await envFor(workspace, newer) }))).toBe(
    'This database was made by a newer version of the app. Please start that version, or restore a backup from before it.',
  );
  const damaged = join(folder, 'damaged.db');
  writeFileSync(damaged, 'Not a database, but long enough to be taken for one. '.repeat(100));
  expect(await lastWords(startBotProcess({ env: await envFor(workspace, damaged) }))).toBe(
    `The file ${damaged} is not a sound SQLite database. Please restore a backup.`,
  );
  expect(await lastWords(startBotProcess({ env: await envFor(workspace, folder) }))).toBe(
    `The database ${folder} cannot be opened for writing. Please check that its folder exists and can be written.`,
  );
  const within = join(damaged, 'nearmiss.db');
  expect(await lastWords(startBotProcess({ env: await envFor(workspace, within) }))).toBe(
    `The database ${within} cannot be opened for writing. Please check that its folder exists and can be written.`,
  );
  expect(workspace.calls).toEqual([]);
});

const canMount = spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

/** Runs a command with a small disk of its own at `at`, prepared by `script`. */
const withDisk = (at: string, script: string) => (command: string[]) => [
  'unshare',
  '-Urm',
  'sh',
  '-c',
  `mount -t tmpfs -o size=2m none "$0" && cd "$0" && ${script}; exec "$@"`,
  at,
  ...command,
];

// Skipped where this user may not mount a disk of its own.
test.skipIf(!canMount)('a read-only disk and a full one each end it', async () => {
  const workspace = await openWorkspace();
  const at = temporaryFolder();
  const env = await envFor(workspace, join(at, 'nearmiss.db'));
  const full = withDisk(at, 'head -c 3000000 /dev/zero > filler 2>/dev/null');
  expect(await lastWords(startBotProcess({ env, wrapped: full }))).toBe(
    `The disk with the database ${at}/nearmiss.db is full. Please make room and start again.`,
  );
  const readOnly = withDisk(at, 'mount -o remount,ro .');
  expect(await lastWords(startBotProcess({ env, wrapped: readOnly }))).toMatch(
    /^The database .*nearmiss\.db (is read-only|cannot be opened for writing)\./,
  );
  const intoFolder = { ...env, DATABASE_URL: `file:${at}/data/nearmiss.db` };
  expect(await lastWords(startBotProcess({ env: intoFolder, wrapped: readOnly }))).toMatch(
    /^The database .*nearmiss\.db cannot be opened for writing\./,
  );
});

// Skipped where this user may not mount a disk of its own.
test.skipIf(!canMount)(
  'a disk that fills up costs no words: they stay in the modal, and are saved when there is room',
  async () => {
    const workspace = await openWorkspace();
    const at = temporaryFolder();
    const wrapped = withDisk(at, 'true');
    const app = startBotProcess({ env: await envFor(workspace, join(at, 'nearmiss.db')), wrapped });
    await app.says('"msg":"ready"');
    const filler = `/proc/${app.pid}/root${at}/filler`;
    const maria = workspace.person('maria');
    const words = 'We saw it an hour before. '.repeat(100);
    await maria.command('payments-ops', '/nearmiss');
    await workspace.until(() => maria.view());
    await maria.change('view', 'summary', words);
    fill(filler);
    const { errors } = await maria.submit();
    expect(Object.values(errors)).toEqual([
      'This could not be saved just now. Your words are still here. Please press Save again in a moment.',
    ]);
    // What was asked before holds for a while.
    await expect.poll(() => app.status('/readyz'), { timeout: 10_000 }).toBe(503);
    expect(await app.body('/readyz')).toContain('The disk with the database is full, or nearly.');
    rmSync(filler);
    expect((await maria.submit()).errors).toEqual({});
    await workspace.until(() => maria.messages('payments-ops').length === 1);
    await expect.poll(() => app.status('/readyz'), { timeout: 10_000 }).toBe(200);
    expect(app.out()).toContain('SQLITE_FULL');
    expect(workspace.complaints).toEqual([]);
  },
);

/** Writes until there is no room left. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  const write = () => {
    for (;;) writeSync(file, Buffer.alloc(4096));
  };
  expect(write).toThrow('ENOSPC');
  closeSync(file);
}
