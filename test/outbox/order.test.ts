import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startBot } from '../../src/app/bot.ts';
import { botOnTheWire, expectNoComplaints, QUICK } from '../support/bot-on-the-wire.ts';
import { shareInAHurry } from '../support/capture.ts';
import { stored } from '../support/database.ts';
import { cards, settled, toldTo, workspaceFails } from '../support/outbox.ts';

test('a limit in one channel keeps the order there and holds up neither other channels nor modals', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const channel = workspace.channel('payments-ops').id;
  const limit = workspace.faults.on(
    'chat.postMessage',
    { kind: 'rate_limit', retryAfter: 3 },
    { matching: (args) => args.channel === channel },
  );
  await shareInAHurry(bot, 'maria', 'payments-ops', 'First');
  await limit.struck;
  await shareInAHurry(bot, 'jon', 'payments-ops', 'Second');
  await shareInAHurry(bot, 'jon', 'finance-leads', 'Elsewhere');
  await workspace.until(() => cards(bot, 'finance-leads').length === 1);
  expect(cards(bot)).toEqual([]);
  await workspace.until(() => cards(bot).length === 2);
  expect(cards(bot)).toEqual(['Near-miss NM-1: First', 'Near-miss NM-2: Second']);
  expectNoComplaints(bot);
});

test('one slow channel holds up no other', async () => {
  const bot = await botOnTheWire({ world: { pace: { ...QUICK, leaseMs: 60_000 } } });
  const { workspace } = bot;
  const channel = workspace.channel('payments-ops').id;
  const slow = workspace.faults.on(
    'chat.postMessage',
    { kind: 'hold', when: 'before' },
    { matching: (args) => args.channel === channel },
  );
  await shareInAHurry(bot, 'maria', 'payments-ops', 'First');
  await slow.struck;
  await shareInAHurry(bot, 'maria', 'payments-ops', 'Second');
  for (const words of ['A', 'B', 'C']) await shareInAHurry(bot, 'jon', 'finance-leads', words);
  await workspace.until(() => cards(bot, 'finance-leads').length === 3);
  expect(cards(bot)).toEqual([]);
  slow.release();
  await workspace.until(() => cards(bot).length === 2);
  expect(cards(bot)[0]).toContain('First');
  expectNoComplaints(bot);
});

test('of many changes in a row only what is said last is sent', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  await shareInAHurry(bot, 'maria', 'payments-ops', 'First');
  await workspace.until(() => cards(bot).length === 1);
  await settled(bot);
  const first = workspaceFails(bot, 'chat.update', { kind: 'hold', when: 'before' });
  const { storage, near } = await stored(bot);
  const reword = (summary: string) => storage.nearMisses.reword({ ...near, summary, now: bot.now() });
  await reword('Change 0');
  await shareInAHurry(bot, 'jon', 'finance-leads', 'Wakes the outbox');
  await first.struck;
  for (let at = 1; at <= 9; at += 1) await reword(`Change ${at}`);
  first.release();
  await workspace.until(() => cards(bot)[0]?.includes('Change 9'));
  await settled(bot);
  expect(workspace.calls.filter(({ method }) => method === 'chat.update')).toHaveLength(2);
  expectNoComplaints(bot);
});

test('two processes on one file post one card each', async () => {
  const bot = await botOnTheWire();
  const world = { now: bot.now, newId: randomUUID, shuffle: <Item>(items: Item[]) => items, pace: QUICK };
  const other = await startBot(bot.config, {
    ...world,
    host: '127.0.0.1',
    log: pino({ level: 'silent' }),
    onFatal: (sentence) => void bot.fatal.push(sentence),
  });
  onTestFinished(() => other.stop());
  await bot.workspace.until(() => bot.workspace.connections() === 4);
  const words = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
  for (const each of words) await shareInAHurry(bot, 'maria', 'payments-ops', each);
  await bot.workspace.until(() => cards(bot).length >= words.length, { ms: 15_000 });
  await settled(bot);
  expect(cards(bot)).toEqual(words.map((each, at) => `Near-miss NM-${at + 1}: ${each}`));
  expect(toldTo(bot, 'maria')).toHaveLength(words.length);
  expectNoComplaints(bot);
});
