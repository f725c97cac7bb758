import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { startWorkspace, type Workspace } from '../sandbox/workspace.ts';
import { CHANNELS, PEOPLE, temporaryFolder } from './office.ts';
import { envFor, type StartedApp, startApp } from './started-app.ts';

async function openWorkspace(): Promise<Workspace> {
  const workspace = await startWorkspace({ manifest: 'manifest.yml', people: PEOPLE, channels: CHANNELS });
  onTestFinished(() => workspace.stop());
  return workspace;
}

/** What it ended with: it did so by itself and not with success, and with nothing only its authors can read. */
async function lastWords(app: StartedApp): Promise<string> {
  const code = await app.ended;
  const words = app.err().trim();
  if (code !== 1 || /\n\s+at |mistake in it/.test(words)) throw new Error(`It ended with ${code}: ${words}`);
  return words;
}

test('any one variable of Slack or of the database means a real start, and what is missing is listed', async () => {
  for (const [name, value] of [
    ['SLACK_BOT_TOKEN', 'xoxb-secret'],
    ['SLACK_APP_TOKEN', 'xapp-secret'],
    ['SLACK_SIGNING_SECRET', 'secret'],
    ['SLACK_API_URL', 'https://slack.com/api/'],
    ['DATABASE_URL', 'file:other.db'],
  ] as const) {
    const folder = temporaryFolder();
    const app = startApp({ env: { [name]: value }, folder });
    expect(await lastWords(app)).toMatch(/^The app cannot start\. Please set these variables/);
    expect(app.err()).not.toContain('secret');
    expect(app.err().includes('SLACK_BOT_TOKEN is missing')).toBe(name !== 'SLACK_BOT_TOKEN');
    expect(existsSync(join(folder, '.workspace'))).toBe(false);
  }
});

test('an .env file means a real start too', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.env'), 'LOG_LEVEL=debug\n');
  expect(await lastWords(startApp({ env: {}, folder }))).toMatch(/SLACK_BOT_TOKEN is missing/);
});

test('a wrong bot token, a wrong app token and Socket Mode switched off each end it with one sentence', async () => {
  const workspace = await openWorkspace();
  const env = await envFor(workspace, join(temporaryFolder(), 'nearmiss.db'));
  const wrong =
    /^Slack does not accept this token \(invalid_auth\)\. Please check SLACK_BOT_TOKEN and SLACK_APP_TOKEN/;
  expect(await lastWords(startApp({ env: { ...env, SLACK_BOT_TOKEN: 'xoxb-wrong' } }))).toMatch(wrong);
  expect(await lastWords(startApp({ env: { ...env, SLACK_APP_TOKEN: 'xapp-wrong' } }))).toMatch(wrong);
  workspace.faults.on('apps.connections.open', { kind: 'error', error: 'connection_mode_disabled' });
  expect(await lastWords(startApp({ env }))).toMatch(
    /^Slack does not let the app in \(connection_mode_disabled\)\..*Socket Mode is on/,
  );
});

test('an app installed without a scope it cannot do without says which', async () => {
  const workspace = await openWorkspace();
  const env = await envFor(workspace, join(temporaryFolder(), 'nearmiss.db'));
  const meager = createServer((_request, response) => {
    response.writeHead(200, { 'x-oauth-scopes': 'commands,users:read', 'content-type': 'application/json' });
    response.end('{"ok":true,"team_id":"T1","user_id":"U1","bot_id":"B1"}');
  }).listen(0, '127.0.0.1');
  await once(meager, 'listening');
  onTestFinished(() => void meager.close());
  const address = meager.address();
  const SLACK_API_URL = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  expect(await lastWords(startApp({ env: { ...env, SLACK_API_URL } }))).toMatch(
    /lacks these scopes: chat:write, channels:read, im:write\./,
  );
});

test.each<[string, (workspace: Workspace) => Promise<unknown>]>([
  ['somebody uses a command', (workspace) => workspace.person('maria').command('payments-ops', '/nearmiss')],
  ['somebody opens Home', (workspace) => workspace.person('maria').openHome()],
  ['a card is to be posted', (workspace) => workspace.person('jon').submit()],
])('a token refused later ends it, the moment %s', async (_when, find) => {
  const workspace = await openWorkspace();
  const app = startApp({ env: await envFor(workspace, join(temporaryFolder(), 'nearmiss.db')) });
  await app.says('"msg":"ready"');
  const jon = workspace.person('jon');
  await jon.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => jon.view());
  await workspace.until(() => workspace.calls.some(({ method }) => method === 'users.list'));
  workspace.faults.revokeToken();
  await find(workspace);
  expect(await lastWords(app)).toMatch(/^Slack does not accept this token \(token_revoked\)\./);
});

test('a token refused when the socket reconnects ends it', async () => {
  const workspace = await openWorkspace();
  const app = startApp({ env: await envFor(workspace, join(temporaryFolder(), 'nearmiss.db')) });
  await app.says('"msg":"ready"');
  workspace.faults.on('apps.connections.open', { kind: 'error', error: 'account_inactive' });
  workspace.faults.cutSockets();
  expect(await lastWords(app)).toMatch(/^Slack does not accept this token \(account_inactive\)\./);
});

test('a taken port ends it', async () => {
  const workspace = await openWorkspace();
  const env = await envFor(workspace, join(temporaryFolder(), 'nearmiss.db'));
  const other = createServer().listen(Number(env.PORT));
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  expect(await lastWords(startApp({ env }))).toBe(
    `Port ${env.PORT} is taken by another program. Please set PORT to a free one.`,
  );
});

test('the demo ends in a sentence too: a taken port, or one that is none', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const address = other.address();
  const taken = String(typeof address === 'object' && address !== null ? address.port : 0);
  expect(await lastWords(startApp({ env: { PORT: taken } }))).toBe(
    `Port ${taken} is taken by another program. Please set PORT to a free one.`,
  );
  expect(await lastWords(startApp({ env: { PORT: 'abc' } }))).toContain(
    'PORT must be a whole number from 1 to 65535',
  );
});

test('where only what production needs is installed, an empty environment is told what it lacks', async () => {
  const folder = temporaryFolder();
  cpSync('src', join(folder, 'src'), { recursive: true });
  cpSync('package.json', join(folder, 'package.json'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const words = await lastWords(startApp({ env: {}, folder, start: join(folder, 'src/start.js') }));
  expect(words).toContain('SLACK_BOT_TOKEN is missing');
});

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
  expect(await lastWords(startApp({ env: await envFor(workspace, newer) }))).toBe(
    'This database was made by a newer version of the app. Please start that version, or restore a backup from before it.',
  );
  const damaged = join(folder, 'damaged.db');
  writeFileSync(damaged, 'Not a database, but long enough to be taken for one. '.repeat(100));
  expect(await lastWords(startApp({ env: await envFor(workspace, damaged) }))).toBe(
    `The file ${damaged} is not a sound SQLite database. Please restore a backup.`,
  );
  expect(await lastWords(startApp({ env: await envFor(workspace, folder) }))).toBe(
    `The database ${folder} cannot be opened for writing. Please check that its folder exists and can be written.`,
  );
  const within = join(damaged, 'nearmiss.db');
  expect(await lastWords(startApp({ env: await envFor(workspace, within) }))).toBe(
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
  expect(await lastWords(startApp({ env, wrapped: full }))).toBe(
    `The disk with the database ${at}/nearmiss.db is full. Please make room and start again.`,
  );
  const readOnly = withDisk(at, 'mount -o remount,ro .');
  expect(await lastWords(startApp({ env, wrapped: readOnly }))).toMatch(
    /^The database .*nearmiss\.db (is read-only|cannot be opened for writing)\./,
  );
  const intoFolder = { ...env, DATABASE_URL: `file:${at}/data/nearmiss.db` };
  expect(await lastWords(startApp({ env: intoFolder, wrapped: readOnly }))).toMatch(
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
    const app = startApp({ env: await envFor(workspace, join(at, 'nearmiss.db')), wrapped });
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
    rmSync(filler);
    expect((await maria.submit()).errors).toEqual({});
    await workspace.until(() => maria.messages('payments-ops').length === 1);
    expect(await app.status('/readyz')).toBe(200);
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

test('while Slack cannot be reached it waits and says so, is alive and not ready, and goes on when Slack is back', async () => {
  const workspace = await openWorkspace();
  workspace.faults.slackIsDown();
  const app = startApp({ env: await envFor(workspace, join(temporaryFolder(), 'nearmiss.db')) });
  await app.says('Slack cannot be reached; waiting for it');
  expect(await app.status('/healthz')).toBe(200);
  expect(await app.status('/readyz')).toBe(503);
  workspace.faults.slackIsBack();
  await app.says('"msg":"ready"');
  expect(await app.status('/readyz')).toBe(200);
  expect(await app.status('/elsewhere')).toBe(404);
});

test('told to end while it waits for Slack, it ends at once and without complaint', async () => {
  const workspace = await openWorkspace();
  workspace.faults.slackIsDown();
  const app = startApp({ env: await envFor(workspace, join(temporaryFolder(), 'nearmiss.db')) });
  await app.says('Slack cannot be reached; waiting for it');
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
  expect(app.err()).toBe('');
});

test('told to end, it finishes what is on its way and ends without complaint', async () => {
  const workspace = await openWorkspace();
  const app = startApp({ env: await envFor(workspace, join(temporaryFolder(), 'nearmiss.db')) });
  await app.says('"msg":"ready"');
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  const posting = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'before' });
  await maria.submit();
  await posting.struck;
  app.signal('SIGTERM');
  await workspace.until(() => workspace.connections() === 0);
  posting.release();
  expect(await app.ended).toBe(0);
  expect(app.err()).toBe('');
  expect(maria.messages('payments-ops')).toHaveLength(1);
  expect(workspace.complaints).toEqual([]);
});

const systemNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => {
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return asked.status === 0 && Number(/^v(\d+)/.exec(asked.stdout)?.[1]) < 24;
});

// Skipped where the system has no Node older than 24.
test.skipIf(systemNode === undefined)(
  'an older Node is told which one is needed, before anything else',
  () => {
    const node = systemNode ?? '';
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
    const { status, stderr } = spawnSync(node, ['src/start.js'], { encoding: 'utf8' });
    const { engines }: { engines: { node: string } } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(status).toBe(1);
    expect(stderr).toBe(
      `This needs Node ${engines.node.replace('>=', '')} or newer, and this is ${version}. "npm ci" brings one along and "npm start" uses it; or install it from nodejs.org.\n`,
    );
  },
);
