import { expect, test } from 'vitest';
import { pauseAfter, SOCKET_PACE, type SocketPace } from '../../src/slack/platform/over-socket.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { rows } from '../support/database.ts';
import { runs } from '../support/runs.ts';
import { callsOf } from '../support/workspace.ts';

/** As in production, but nobody waits seconds for a pause. */
const QUICK_SOCKETS: SocketPace = { ...SOCKET_PACE, firstPauseMs: 5, longestPauseMs: 20, drainMs: 100 };

/** `RUNS=100` tries a hundred. */
const TIMES = runs(20);
const PEOPLE = ['maria', 'jon', 'maria', 'jon'];

async function botOnSockets(pace: Partial<SocketPace> = {}): Promise<BotOnTheWire> {
  const bot = await botOnTheWire({ world: { socketPace: { ...QUICK_SOCKETS, ...pace } } });
  await connected(bot, 2);
  return bot;
}

const connected = ({ workspace }: BotOnTheWire, connections: number) =>
  workspace.until(() => workspace.connections() === connections, { ms: 15_000 });

const asksForHelp = ({ workspace }: BotOnTheWire, handle: string) =>
  workspace.person(handle).command('payments-ops', '/nearmiss help');

const helpsShown = ({ workspace }: BotOnTheWire) =>
  ['maria', 'jon'].flatMap((handle) => workspace.person(handle).ephemerals()).length;

test('whatever is asked while Slack replaces one connection after another, many times, is answered once', async () => {
  const bot = await botOnSockets();
  let asked = 0;
  for (let refreshes = 0; refreshes < TIMES; refreshes += 1) {
    const asking = PEOPLE.map((handle) => asksForHelp(bot, handle));
    bot.workspace.faults.askSocketsToReconnect(refreshes % 2 ? 'warning' : 'refresh_requested', 'one');
    asking.push(...PEOPLE.map((handle) => asksForHelp(bot, handle)));
    asked += asking.length;
    for (const { acked } of await Promise.all(asking)) expect(acked).toBe(true);
    await connected(bot, 2);
  }
  await bot.workspace.until(() => helpsShown(bot) === asked);
  expectNoComplaints(bot);
});

test('what arrived over a connection that is to go is answered over it', async () => {
  const bot = await botOnSockets({ drainMs: 0 });
  const { workspace } = bot;
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  // What Save waits for before it answers.
  const asking = workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
  bot.advance(3_600_000);
  const saving = maria.submit();
  await asking.struck;
  for (let at = 0; at < 2; at += 1) workspace.faults.askSocketsToReconnect('refresh_requested', 'one');
  await connected(bot, 2);
  asking.release();
  expect(await saving).toMatchObject({ acked: true, errors: {} });
  expectNoComplaints(bot);
});

test('many connections are cut in the middle of everything: nothing is done twice, and it goes on', async () => {
  const bot = await botOnSockets();
  const { workspace } = bot;
  let asked = 0;
  for (let cuts = 0; cuts < TIMES; cuts += 1) {
    const asking = PEOPLE.map((handle) => asksForHelp(bot, handle));
    const opening = workspace.person('maria').openHome();
    workspace.faults.cutSockets('one');
    await Promise.all([...asking, opening]);
    asked += asking.length;
    await connected(bot, 2);
  }
  const before = helpsShown(bot);
  expect(before).toBeLessThanOrEqual(asked);
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  expect(rows(bot, 'select number from near_misses')).toEqual([{ number: 1 }]);
  expectNoComplaints(bot);
});

test('one connection is lost and the other takes what people do, at once', async () => {
  const bot = await botOnSockets();
  bot.workspace.faults.hangUpgrades();
  bot.workspace.faults.cutSockets('one');
  for (const handle of PEOPLE) expect((await asksForHelp(bot, handle)).acked).toBe(true);
  expectNoComplaints(bot);
});

test('an upgrade that hangs is given up in time, and tried again until one does not', async () => {
  const bot = await botOnSockets({ handshakeMs: 100 });
  const { workspace } = bot;
  const { faults } = workspace;
  faults.hangUpgrades();
  faults.cutSockets();
  const tried = () => callsOf(bot, 'apps.connections.open').length;
  const before = tried();
  await workspace.until(() => faults.hangingUpgrades() === 2);
  await workspace.until(() => tried() > before + 6);
  // Those that were given up are closed.
  expect(faults.hangingUpgrades()).toBeLessThanOrEqual(2);
  faults.hangUpgrades(false);
  await connected(bot, 2);
  expect((await asksForHelp(bot, 'maria')).acked).toBe(true);
  expect(bot.logged()).toContain('a connection to Slack could not be opened');
  expectNoComplaints(bot);
});

test('where nothing was heard for too long it ends with a sentence; a ping counts as heard', async () => {
  const bot = await botOnSockets({ silenceMs: 1000 });
  const start = performance.now();
  while (performance.now() < start + 2500) await bot.workspace.faults.pingSocket();
  expect(bot.fatal).toEqual([]);
  await expect.poll(() => bot.fatal, { timeout: 5000 }).toHaveLength(1);
  expect(bot.fatal[0]).toMatch(/^Nothing was heard from Slack for five minutes, not even a ping\./);
});

test('where Slack counts more connections than there are here it says so, and takes its time for the next', async () => {
  const bot = await botOnSockets({ longestPauseMs: 60_000 });
  const { faults } = bot.workspace;
  faults.countOtherConnections(7);
  faults.cutSockets('one');
  await connected(bot, 2);
  await expect.poll(() => bot.logged()).toContain('"counted":9,"ours":2');
  const opened = callsOf(bot, 'apps.connections.open').length;
  faults.cutSockets('one');
  for (const handle of PEOPLE) expect((await asksForHelp(bot, handle)).acked).toBe(true);
  expect(callsOf(bot, 'apps.connections.open')).toHaveLength(opened);
  // With none left nobody is kept waiting.
  faults.countOtherConnections(0);
  faults.cutSockets('one');
  await connected(bot, 1);
  expectNoComplaints(bot);
});

test('a connection that fails is opened again at once, then less and less often, and every half minute at least', () => {
  const pauses = [0, 1, 2, 3, 6, 7, 100, 2000].map((failures) => pauseAfter(failures, SOCKET_PACE));
  expect(pauses).toEqual([0, 0, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
});
