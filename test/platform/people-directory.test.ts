import { expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { cardIn, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

/** How often the app asked Slack for its directory of people. */
const timesRead = (bot: BotOnTheWire) =>
  callsOf(bot, 'users.list').filter(({ outcome }) => outcome !== 'pending').length;

test('the directory of people is read again and again, so that people stay known and newcomers become known', async () => {
  const bot = await botOnTheWire({ world: { directoryPace: { againMs: 20, afterFailureMs: 60_000 } } });
  const { workspace } = bot;
  await workspace.until(() => timesRead(bot) > 0);
  const jon = workspace.state.people.get(workspace.person('jon').id);
  if (jon !== undefined) workspace.state.people.set(jon.id, { ...jon, realName: 'Jon Newname' });
  const before = timesRead(bot);
  await workspace.until(() => timesRead(bot) >= before + 2);
  await shareAndSkip(bot, 'jon', 'by a newcomer');
  expect(wordsOf(await cardIn(bot, 'payments-ops', 'maria', 'by a newcomer'))).toContain(
    'Shared by Jon Newname',
  );
  expectNoComplaints(bot);
});

test('a directory that could not be read is read again soon, not hours later', async () => {
  const bot = await botOnTheWire({ world: { directoryPace: { againMs: 60 * 60_000, afterFailureMs: 10 } } });
  await bot.workspace.until(() => timesRead(bot) === 1);
  const broken = bot.workspace.faults.on('users.list', { kind: 'http', status: 503 });
  await bot.restart();
  await broken.struck;
  await bot.workspace.until(() => timesRead(bot) === 3);
  expect(bot.logged()).toContain('the directory of people could not be read to its end');
  expectNoComplaints(bot);
});

test('a large directory goes on where Slack stopped it, as soon as Slack says', async () => {
  const bot = await botOnTheWire({
    world: { directoryPace: { againMs: 60 * 60_000, afterFailureMs: 60_000 } },
  });
  const { workspace } = bot;
  await workspace.until(() => timesRead(bot) === 1);
  for (let at = 0; at < 2000; at += 1) workspace.addPerson({ handle: `p${at}` });
  workspace.faults.on('users.list', { kind: 'rate_limit', retryAfter: 0 }, { nth: 2, times: 2 });
  await bot.restart();
  await workspace.until(() => timesRead(bot) === 6);
  const [, ...asked] = callsOf(bot, 'users.list');
  const [second, third] = [asked[1]?.args.cursor, asked[4]?.args.cursor];
  expect(asked.map(({ args, outcome }) => [args.cursor, outcome])).toEqual([
    [undefined, 'ok'],
    [second, 'rate_limit'],
    [second, 'rate_limit'],
    [second, 'ok'],
    [third, 'ok'],
  ]);
  expect(new Set([undefined, second, third]).size).toBe(3);
  expect(bot.logged()).not.toContain('could not be read to its end');
  expectNoComplaints(bot);
});
