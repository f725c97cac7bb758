import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { startWorkspace, type Workspace } from '../../sandbox/workspace.ts';
import { type BotProcess, envFor, startBotProcess } from '../support/bot-process.ts';
import { CHANNELS, PEOPLE, temporaryFolder } from '../support/workspace.ts';

let workspace: Workspace;
let databasePath: string;

beforeEach(async () => {
  workspace = await startWorkspace({ manifest: 'manifest.yml', people: PEOPLE, channels: CHANNELS });
  databasePath = join(temporaryFolder(), 'nearmiss.db');
});

async function start(): Promise<BotProcess> {
  onTestFinished(() => workspace.stop());
  const app = startBotProcess({ env: await envFor(workspace, databasePath) });
  await app.says('"msg":"ready"');
  return app;
}

/** Dead at once, in the middle of whatever it did; nothing of it is flushed or closed. */
async function kill(app: BotProcess): Promise<void> {
  app.signal('SIGKILL');
  expect(await app.ended).toBe('SIGKILL');
  await workspace.until(() => workspace.connections() === 0);
}

/** A look into the file from outside. */
function rows<Row>(sql: string): Row[] {
  const database = new SQLite(databasePath);
  try {
    return database.prepare<[], Row>(sql).all();
  } finally {
    database.close();
  }
}

const kept = () =>
  rows<{ number: number; summary: string }>('select number, summary from near_misses order by number');

/** So much time passes before the app is started again that no attempt of the dead one can be under way. */
function aMinuteLater(): void {
  const database = new SQLite(databasePath);
  database.exec(
    'update outbox set due_at = due_at - 60000, created_at = created_at - 60000, tried_at = tried_at - 60000',
  );
  database.close();
}

const cards = () =>
  workspace
    .person('jon')
    .messages('payments-ops')
    .filter(({ bot_id: bot }) => bot !== undefined);

async function openModal(words: string) {
  const maria = workspace.person('maria');
  await maria.command('payments-ops', `/nearmiss ${words}`);
  await workspace.until(() => maria.view());
  return maria;
}

/** Nothing is on its way any more. */
async function settled(): Promise<void> {
  await expect
    .poll(() => rows("select 1 from outbox where state in ('pending', 'sending', 'unsure')"))
    .toEqual([]);
}

/** Never let go: what the call was to do never happens. */
const neverTaken = () => workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'before' });

test('killed between save and ack: it is kept, and pressing Save again is the same near-miss', async () => {
  const app = await start();
  const maria = await openModal('The rates were wrong');
  workspace.faults.loseNextAck();
  const posting = neverTaken();
  const saving = maria.submit();
  await posting.struck;
  await kill(app);
  expect((await saving).failure).toBeDefined();
  expect(kept()).toEqual([{ number: 1, summary: 'The rates were wrong' }]);
  aMinuteLater();

  await start();
  await maria.change('view', 'summary', 'The rates were wrong, for one group');
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  await maria.close({ all: true });
  await workspace.until(() => maria.dm().length === 1);
  await settled();
  expect(kept()).toEqual([{ number: 1, summary: 'The rates were wrong, for one group' }]);
  expect(cards().map(({ text }) => text)).toEqual([expect.stringContaining('for one group')]);
  expect(maria.dm()).toHaveLength(1);
  expect(workspace.complaints).toEqual([]);
});

test('killed between ack and card: the card comes after the next start, once', async () => {
  const app = await start();
  const maria = await openModal('The rates were wrong');
  const posting = neverTaken();
  expect(await maria.submit()).toMatchObject({ acked: true });
  await posting.struck;
  await kill(app);
  expect(cards()).toEqual([]);
  aMinuteLater();

  await start();
  await workspace.until(() => cards().length === 1);
  await maria.close({ all: true });
  await workspace.until(() => maria.dm().length === 1);
  await settled();
  expect(cards()).toHaveLength(1);
  expect(maria.dm()).toHaveLength(1);
  expect(kept()).toHaveLength(1);
  expect(workspace.complaints).toEqual([]);
});

test('killed after Slack took the card and before the app knew: there is one card, and it goes on being changed', async () => {
  const app = await start();
  const maria = await openModal('The rates were wrong');
  const posting = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'after' });
  await maria.submit();
  await workspace.until(() => cards().length === 1);
  await posting.struck;
  await kill(app);
  aMinuteLater();

  await start();
  await maria.change('view', 'saves', 'We open ten by hand');
  await maria.submit();
  await workspace.until(() => JSON.stringify(cards()[0]?.blocks).includes('We open ten by hand'));
  await settled();
  expect(cards()).toHaveLength(1);
  expect(workspace.complaints).toEqual([]);
});

test('killed while the card is changed: the change comes after the next start', async () => {
  const app = await start();
  const maria = await openModal('The rates were wrong');
  await maria.submit();
  await workspace.until(() => cards().length === 1);
  const changing = workspace.faults.on('chat.update', { kind: 'hold', when: 'before' });
  await maria.change('view', 'saves', 'We open ten by hand');
  await maria.submit();
  await changing.struck;
  await kill(app);
  aMinuteLater();

  await start();
  await workspace.until(() => JSON.stringify(cards()[0]?.blocks).includes('We open ten by hand'));
  await settled();
  expect(cards()).toHaveLength(1);
  expect(workspace.complaints).toEqual([]);
});

test('killed while a confirmation is shown where the person was: it is not said a second time', async () => {
  const app = await start();
  const maria = await openModal('The rates were wrong');
  await maria.submit();
  await workspace.until(() => cards().length === 1);
  const answering = workspace.faults.on('response_url', { kind: 'hold', when: 'after' });
  await maria.close({ all: true });
  await answering.struck;
  await workspace.until(() => maria.ephemerals().length === 1);
  await kill(app);
  aMinuteLater();

  await start();
  await settled();
  expect(maria.ephemerals()).toHaveLength(1);
  expect(maria.dm()).toEqual([]);
  expect(cards()).toHaveLength(1);
  expect(workspace.complaints).toEqual([]);
});

test('killed in the middle of reading a thread: nothing is kept of it, what was kept stays, and it can be done again', async () => {
  const app = await start();
  const jon = workspace.person('jon');
  const alarm = jon.say('payments-ops', 'The export is empty, again');
  const maria = await openModal('The rates were wrong');
  await maria.submit();
  await workspace.until(() => cards().length === 1);
  await maria.close({ all: true });
  await workspace.until(() => maria.ephemerals().length === 1);
  await settled();
  const reading = workspace.faults.on('conversations.replies', { kind: 'hold', when: 'before' });
  await jon.messageShortcut('share_from_message', alarm);
  await reading.struck;
  await workspace.until(() => jon.view());
  await kill(app);
  expect(kept()).toHaveLength(1);

  await start();
  await jon.close({ all: true });
  await jon.messageShortcut('share_from_message', alarm);
  await workspace.until(() => JSON.stringify(jon.view() ?? '').includes('The export is empty, again'));
  expect(await jon.submit()).toMatchObject({ acked: true, errors: {} });
  await workspace.until(() => jon.thread('payments-ops', alarm.ts).length === 2);
  expect(kept().map(({ number }) => number)).toEqual([1, 2]);
  expect(workspace.complaints).toEqual([]);
});
