import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire } from '../support/bot-on-the-wire.ts';
import { holdTheDatabase } from '../support/database.ts';

const status = async (bot: BotOnTheWire, path: string, init?: RequestInit) =>
  (await fetch(`http://127.0.0.1:${bot.port()}${path}`, init)).status;

/** Something a person does that needs the app to be there. */
async function answers({ workspace }: BotOnTheWire): Promise<boolean> {
  return (await workspace.person('maria').command('payments-ops', '/nearmiss help')).acked;
}

/** Comes back on its own; the library that holds the socket waits five seconds first. */
async function reconnected({ workspace }: BotOnTheWire, connections: number): Promise<void> {
  await workspace.until(() => workspace.connections() === connections, { ms: 15_000 });
}

test.each(['socket', 'http'] as const)(
  'over %s it is alive and ready, and says nothing else to anybody',
  async (mode) => {
    const bot = await botOnTheWire({ mode });
    expect(await status(bot, '/healthz')).toBe(200);
    expect(await status(bot, '/readyz?from=probe')).toBe(200);
    expect(await status(bot, '/')).toBe(404);
    expect(await answers(bot)).toBe(true);
    expect(bot.workspace.complaints).toEqual([]);
  },
);

test('a request that Slack did not sign is turned away', async () => {
  const bot = await botOnTheWire({ mode: 'http' });
  const body = 'command=%2Fnearmiss&text=help';
  expect(await status(bot, '/slack/events', { method: 'POST', body })).toBe(401);
  const headers = {
    'x-slack-signature': 'v0=00',
    'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
  };
  expect(await status(bot, '/slack/events', { method: 'POST', body, headers })).toBe(401);
});

test('a minute without a socket and it is not ready, until the socket is back', async () => {
  const bot = await botOnTheWire();
  bot.workspace.faults.slackIsDown();
  await expect.poll(() => bot.logged()).toContain('WebSocket error');
  expect(await status(bot, '/readyz')).toBe(200);
  bot.advance(61_000);
  expect(await status(bot, '/readyz')).toBe(503);
  expect(await status(bot, '/healthz')).toBe(200);
  bot.workspace.faults.slackIsBack();
  await expect.poll(() => status(bot, '/readyz'), { timeout: 20_000 }).toBe(200);
  expect(bot.fatal).toEqual([]);
});

test('it is not ready while nothing can be stored, and ready again when it can', async () => {
  const bot = await botOnTheWire();
  expect(await status(bot, '/readyz')).toBe(200);
  const letGo = holdTheDatabase(bot);
  bot.advance(10_000);
  expect(await status(bot, '/readyz')).toBe(503);
  expect(await status(bot, '/healthz')).toBe(200);
  letGo();
  bot.advance(10_000);
  expect(await status(bot, '/readyz')).toBe(200);
  expect(bot.fatal).toEqual([]);
});

test('asked by Slack to open a new socket, it does and goes on', async () => {
  const bot = await botOnTheWire();
  expect(await answers(bot)).toBe(true);
  bot.workspace.faults.askSocketsToReconnect();
  await reconnected(bot, 0);
  await reconnected(bot, 2);
  expect(await answers(bot)).toBe(true);
  expect(bot.fatal).toEqual([]);
  expect(bot.workspace.complaints).toEqual([]);
});

test('cut off without a word, it comes back and goes on, and loses nothing that was said meanwhile', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  workspace.faults.cutSockets();
  expect((await maria.submit()).failure).toBeDefined();
  await reconnected(bot, 2);
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  await workspace.until(() => maria.messages('payments-ops').length === 1);
  expect(bot.fatal).toEqual([]);
  expect(workspace.complaints).toEqual([]);
});

test('when the answer to a Save is lost, pressing it again is the same near-miss', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  workspace.faults.loseNextAck();
  expect((await maria.submit()).failure).toBe('operation_timeout');
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  await maria.close({ all: true });
  await workspace.until(() => maria.ephemerals().length === 1);
  expect(maria.messages('payments-ops')).toHaveLength(1);
  const database = new SQLite(bot.config.databasePath, { readonly: true });
  expect(database.prepare('select number from near_misses').all()).toEqual([{ number: 1 }]);
  database.close();
  expect(workspace.complaints).toEqual([]);
});
