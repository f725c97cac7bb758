import { beforeEach, expect, test } from 'vitest';
import { type BotProcess, type KillableBot, killableBot } from '../support/bot-process.ts';
import { rows, waitingIn } from '../support/database.ts';
import { settled } from '../support/outbox.ts';

let bot: KillableBot;

beforeEach(async () => {
  bot = await killableBot();
});

async function start(): Promise<BotProcess> {
  const app = await bot.start();
  await app.says('"msg":"ready"');
  return app;
}

const kept = () =>
  rows<{ number: number; summary: string }>(bot, 'select number, summary from near_misses order by number');

const cards = () =>
  bot.workspace
    .person('jon')
    .messages('payments-ops')
    .filter((message) => message.bot_id !== undefined);

async function openModal(words: string) {
  const maria = bot.workspace.person('maria');
  await maria.command('payments-ops', `/nearmiss ${words}`);
  await bot.workspace.until(() => maria.view());
  return maria;
}

/** Never let go: what the call was to do never happens. */
const neverTaken = () => bot.workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'before' });

test('killed between save and ack: it is kept, and pressing Save again is the same near-miss', async () => {
  const app = await start();
  const maria = await openModal('The rates were wrong');
  bot.workspace.faults.loseNextAck();
  const posting = neverTaken();
  const saving = maria.submit();
  await posting.struck;
  await bot.kill(app);
  expect((await saving).failure).toBeDefined();
  expect(kept()).toEqual([{ number: 1, summary: 'The rates were wrong' }]);

  await start();
  await maria.change('view', 'summary', 'The rates were wrong, for one group');
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  await maria.close({ all: true });
  await bot.workspace.until(() => maria.dm().length === 1);
  await settled(bot);
  expect(kept()).toEqual([{ number: 1, summary: 'The rates were wrong, for one group' }]);
  expect(cards().map(({ text }) => text)).toEqual([expect.stringContaining('for one group')]);
  expect(maria.dm()).toHaveLength(1);
  expect(bot.workspace.complaints).toEqual([]);
});

test('killed between ack and card: the card comes after the next start, once', async () => {
  const app = await start();
  const maria = await openModal('The rates were wrong');
  const posting = neverTaken();
  expect(await maria.submit()).toMatchObject({ acked: true });
  await posting.struck;
  await bot.kill(app);
  expect(cards()).toEqual([]);

  await start();
  await bot.workspace.until(() => cards().length === 1);
  await maria.close({ all: true });
  await bot.workspace.until(() => maria.dm().length === 1);
  await settled(bot);
  expect(cards()).toHaveLength(1);
  expect(maria.dm()).toHaveLength(1);
  expect(kept()).toHaveLength(1);
  expect(bot.workspace.complaints).toEqual([]);
});

test('killed after Slack took the card and before the app knew: there is one card, and it goes on being changed', async () => {
  const app = await start();
  const maria = await openModal('The rates were wrong');
  const posting = bot.workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'after' });
  await maria.submit();
  await bot.workspace.until(() => cards().length === 1);
  await posting.struck;
  await bot.kill(app);

  await start();
  await maria.change('view', 'saves', 'We open ten by hand');
  await maria.submit();
  await maria.close();
  await bot.workspace.until(() => JSON.stringify(cards()[0]?.blocks).includes('We open ten by hand'));
  await settled(bot);
  expect(cards()).toHaveLength(1);
  expect(bot.workspace.complaints).toEqual([]);
});

test('killed while the card is changed: the change comes after the next start', async () => {
  const app = await start();
  const maria = await openModal('The rates were wrong');
  await maria.submit();
  await bot.workspace.until(() => cards().length === 1);
  const changing = bot.workspace.faults.on('chat.update', { kind: 'hold', when: 'before' });
  await maria.change('view', 'saves', 'We open ten by hand');
  await maria.submit();
  await changing.struck;
  await bot.kill(app);

  await start();
  await maria.close();
  await bot.workspace.until(() => JSON.stringify(cards()[0]?.blocks).includes('We open ten by hand'));
  await settled(bot);
  expect(cards()).toHaveLength(1);
  expect(bot.workspace.complaints).toEqual([]);
});

test('killed while a confirmation is shown where the person was: it is not said a second time', async () => {
  const app = await start();
  const maria = await openModal('The rates were wrong');
  await maria.submit();
  await bot.workspace.until(() => cards().length === 1);
  const answering = bot.workspace.faults.on('response_url', { kind: 'hold', when: 'after' });
  await maria.close({ all: true });
  await answering.struck;
  await bot.workspace.until(() => maria.ephemerals().length === 1);
  await bot.kill(app);

  await start();
  await settled(bot);
  expect(maria.ephemerals()).toHaveLength(1);
  expect(maria.dm()).toEqual([]);
  expect(cards()).toHaveLength(1);
  expect(bot.workspace.complaints).toEqual([]);
});

test('killed in the middle of reading a thread: nothing is kept of it, what was kept stays, and it can be done again', async () => {
  const app = await start();
  const jon = bot.workspace.person('jon');
  const alarm = jon.say('payments-ops', 'The export is empty, again');
  const maria = await openModal('The rates were wrong');
  await maria.submit();
  await bot.workspace.until(() => cards().length === 1);
  await maria.close({ all: true });
  await bot.workspace.until(() => maria.ephemerals().length === 1);
  await settled(bot);
  const reading = bot.workspace.faults.on('conversations.replies', { kind: 'hold', when: 'before' });
  await jon.messageShortcut('share_from_message', alarm);
  await reading.struck;
  await bot.workspace.until(() => jon.view());
  await bot.kill(app);
  expect(kept()).toHaveLength(1);

  await start();
  await jon.close({ all: true });
  await jon.messageShortcut('share_from_message', alarm);
  await bot.workspace.until(() => JSON.stringify(jon.view() ?? '').includes('The export is empty, again'));
  expect(await jon.submit()).toMatchObject({ acked: true, errors: {} });
  await bot.workspace.until(() => jon.thread('payments-ops', alarm.ts).length === 2);
  expect(kept().map(({ number }) => number)).toEqual([1, 2]);
  expect(bot.workspace.complaints).toEqual([]);
});

test('killed between save and ack without a name: it waits, once, also with what is told after the next start', async () => {
  const app = await start();
  const maria = await openModal('nobody is to know');
  await maria.change('view', 'tier', 'unattributed');
  bot.workspace.faults.loseNextAck();
  const saving = maria.submit();
  await expect.poll(() => waitingIn(bot).map(({ summary }) => summary)).toEqual(['nobody is to know']);
  await bot.kill(app);
  // It may have ended before it sent the answer that was to be lost.
  bot.workspace.faults.clear();
  expect((await saving).failure).toBeDefined();
  expect(kept()).toEqual([]);

  const next = await start();
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  await maria.change('view', 'saves', 'We open ten by hand');
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  await bot.kill(next);
  await start();
  expect(waitingIn(bot)).toMatchObject([
    { summary: 'nobody is to know', told: { saves: [{ text: 'We open ten by hand' }] } },
  ]);
  expect(kept()).toEqual([]);
  expect(bot.workspace.complaints).toEqual([]);
});
