import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startBot } from '../../src/app/bot.ts';
import { expectNoComplaints } from '../support/doing.ts';
import { openOffice, QUICK } from '../support/office.ts';
import { cards, settled, share, stored, toldTo, workspaceFails } from '../support/outbox-steps.ts';

test('a limit in one channel keeps the order there and holds up neither other channels nor modals', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const channel = workspace.channel('payments-ops').id;
  const limit = workspace.faults.on(
    'chat.postMessage',
    { kind: 'rate_limit', retryAfter: 3 },
    { matching: (args) => args.channel === channel },
  );
  await share(office, 'maria', 'payments-ops', 'First');
  await limit.struck;
  await share(office, 'jon', 'payments-ops', 'Second');
  await share(office, 'jon', 'finance-leads', 'Elsewhere');
  await workspace.until(() => cards(office, 'finance-leads').length === 1);
  expect(cards(office)).toEqual([]);
  await workspace.until(() => cards(office).length === 2);
  expect(cards(office)).toEqual(['Near-miss NM-1: First', 'Near-miss NM-2: Second']);
  expectNoComplaints(office);
});

test('one slow channel holds up no other', async () => {
  const office = await openOffice({ world: { pace: { ...QUICK, leaseMs: 60_000 } } });
  const { workspace } = office;
  const channel = workspace.channel('payments-ops').id;
  const slow = workspace.faults.on(
    'chat.postMessage',
    { kind: 'hold', when: 'before' },
    { matching: (args) => args.channel === channel },
  );
  await share(office, 'maria', 'payments-ops', 'First');
  await slow.struck;
  await share(office, 'maria', 'payments-ops', 'Second');
  for (const words of ['A', 'B', 'C']) await share(office, 'jon', 'finance-leads', words);
  await workspace.until(() => cards(office, 'finance-leads').length === 3);
  expect(cards(office)).toEqual([]);
  slow.release();
  await workspace.until(() => cards(office).length === 2);
  expect(cards(office)[0]).toContain('First');
  expectNoComplaints(office);
});

test('of many changes in a row only what is said last is sent', async () => {
  const office = await openOffice();
  const { workspace } = office;
  await share(office, 'maria', 'payments-ops', 'First');
  await workspace.until(() => cards(office).length === 1);
  await settled(office);
  const first = workspaceFails(office, 'chat.update', { kind: 'hold', when: 'before' });
  const { storage, near } = await stored(office);
  const reword = (summary: string) => storage.nearMisses.reword({ ...near, summary, now: Date.now() });
  await reword('Change 0');
  await share(office, 'jon', 'finance-leads', 'Wakes the outbox');
  await first.struck;
  for (let at = 1; at <= 9; at += 1) await reword(`Change ${at}`);
  first.release();
  await workspace.until(() => cards(office)[0]?.includes('Change 9'));
  await settled(office);
  expect(workspace.calls.filter(({ method }) => method === 'chat.update')).toHaveLength(2);
  expectNoComplaints(office);
});

test('two processes on one file post one card each', async () => {
  const office = await openOffice();
  const world = { now: Date.now, newId: randomUUID, shuffle: <Item>(items: Item[]) => items, pace: QUICK };
  const other = await startBot(office.config, {
    ...world,
    host: '127.0.0.1',
    log: pino({ level: 'silent' }),
    onFatal: (sentence) => void office.fatal.push(sentence),
  });
  onTestFinished(() => other.stop());
  await office.workspace.until(() => office.workspace.connections() === 2);
  const words = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
  for (const each of words) await share(office, 'maria', 'payments-ops', each);
  await office.workspace.until(() => cards(office).length >= words.length, { ms: 15_000 });
  await settled(office);
  expect(cards(office)).toEqual(words.map((each, at) => `Near-miss NM-${at + 1}: ${each}`));
  expect(toldTo(office, 'maria')).toHaveLength(words.length);
  expectNoComplaints(office);
});
