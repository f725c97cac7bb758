import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { holdTheDatabase } from '../support/doing.ts';
import { type Office, openOffice } from '../support/office.ts';

const status = async ({ bot }: Office, path: string, init?: RequestInit) =>
  (await fetch(`http://127.0.0.1:${bot.port}${path}`, init)).status;

/** Something a person does that needs the app to be there. */
async function answers({ workspace }: Office): Promise<boolean> {
  return (await workspace.person('maria').command('payments-ops', '/nearmiss help')).acked;
}

/** Comes back on its own; the library that holds the socket waits five seconds first. */
async function reconnected({ workspace }: Office, connections: number): Promise<void> {
  await workspace.until(() => workspace.connections() === connections, { ms: 15_000 });
}

test.each(['socket', 'http'] as const)(
  'over %s it is alive and ready, and says nothing else to anybody',
  async (mode) => {
    const office = await openOffice({ mode });
    expect(await status(office, '/healthz')).toBe(200);
    expect(await status(office, '/readyz?from=probe')).toBe(200);
    expect(await status(office, '/')).toBe(404);
    expect(await answers(office)).toBe(true);
    expect(office.workspace.complaints).toEqual([]);
  },
);

test('a request that Slack did not sign is turned away', async () => {
  const office = await openOffice({ mode: 'http' });
  const body = 'command=%2Fnearmiss&text=help';
  expect(await status(office, '/slack/events', { method: 'POST', body })).toBe(401);
  const headers = {
    'x-slack-signature': 'v0=00',
    'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
  };
  expect(await status(office, '/slack/events', { method: 'POST', body, headers })).toBe(401);
});

test('a minute without a socket and it is not ready, until the socket is back', async () => {
  let later = 0;
  const office = await openOffice({ world: { now: () => Date.now() + later } });
  office.workspace.faults.slackIsDown();
  await expect.poll(() => office.logged()).toContain('http request failed');
  expect(await status(office, '/readyz')).toBe(200);
  later = 61_000;
  expect(await status(office, '/readyz')).toBe(503);
  expect(await status(office, '/healthz')).toBe(200);
  office.workspace.faults.slackIsBack();
  await expect.poll(() => status(office, '/readyz'), { timeout: 20_000 }).toBe(200);
  expect(office.fatal).toEqual([]);
});

test('it is not ready while nothing can be stored, and ready again when it can', async () => {
  let later = 0;
  const office = await openOffice({ world: { now: () => Date.now() + later } });
  expect(await status(office, '/readyz')).toBe(200);
  const letGo = holdTheDatabase(office);
  later = 10_000;
  expect(await status(office, '/readyz')).toBe(503);
  expect(await status(office, '/healthz')).toBe(200);
  letGo();
  later = 20_000;
  expect(await status(office, '/readyz')).toBe(200);
  expect(office.fatal).toEqual([]);
});

test('asked by Slack to open a new socket, it does and goes on', async () => {
  const office = await openOffice();
  expect(await answers(office)).toBe(true);
  office.workspace.faults.askSocketsToReconnect();
  await reconnected(office, 0);
  await reconnected(office, 1);
  expect(await answers(office)).toBe(true);
  expect(office.fatal).toEqual([]);
  expect(office.workspace.complaints).toEqual([]);
});

test('cut off without a word, it comes back and goes on, and loses nothing that was said meanwhile', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  workspace.faults.cutSockets();
  expect((await maria.submit()).failure).toBeDefined();
  await reconnected(office, 1);
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  await workspace.until(() => maria.messages('payments-ops').length === 1);
  expect(office.fatal).toEqual([]);
  expect(workspace.complaints).toEqual([]);
});

test('when the answer to a Save is lost, pressing it again is the same near-miss', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  workspace.faults.loseNextAck();
  expect((await maria.submit()).failure).toBe('operation_timeout');
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  await maria.close({ all: true });
  await workspace.until(() => maria.ephemerals().length === 1);
  expect(maria.messages('payments-ops')).toHaveLength(1);
  const database = new SQLite(office.config.databasePath, { readonly: true });
  expect(database.prepare('select number from near_misses').all()).toEqual([{ number: 1 }]);
  database.close();
  expect(workspace.complaints).toEqual([]);
});
