import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { sayThread, shareFrom, stepTwoOf } from '../support/capture.ts';
import { ephemeralOf, typedIn, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

describe('how much of a thread was read is said', () => {
  test.each([
    [1, '1 message, 1 person'],
    [2, '2 messages, 2 people'],
    [250, '250 messages, 2 people'],
    [1000, '1,000 messages, 2 people'],
  ])('%i messages', async (count, said) => {
    const bot = await botOnTheWire();
    const view = await shareFrom(bot, 'maria', sayThread(bot, count, ['jon', 'maria']));
    expect(wordsOf(view)).toContain(`From the thread: ${said}, started `);
    expect(typedIn(view, 'summary')).toBe('The invoices look wrong');
    expect(wordsOf(view)).toContain('You choose what to keep in the next step.');
    expectNoComplaints(bot);
  });

  test('the start is said in the zone of whoever shares', async () => {
    const bot = await botOnTheWire({ now: () => Date.UTC(2025, 9, 14, 19, 40) });
    const { workspace } = bot;
    await workspace.until(() => callsOf(bot, 'users.list').some(({ outcome }) => outcome === 'ok'));
    const view = await shareFrom(bot, 'maria', sayThread(bot, 1, ['jon']));
    expect(wordsOf(view)).toContain('started Tuesday 14 October, 21:40. You choose');
  });
});

test('a zone Slack made up is no reason not to read the thread', async () => {
  const bot = await botOnTheWire({
    people: [
      { handle: 'maria', tz: 'Mars/Olympus_Mons' },
      { handle: 'jon', tz: 'UTC' },
    ],
    channels: [{ name: 'payments-ops', members: ['maria', 'jon'], app: true }],
    now: () => Date.UTC(2025, 9, 14, 19, 40),
  });
  await bot.workspace.until(() => callsOf(bot, 'users.list').some(({ outcome }) => outcome === 'ok'));
  const view = await shareFrom(bot, 'maria', sayThread(bot, 1, ['jon']));
  expect(wordsOf(view)).toContain('started Tuesday 14 October, 19:40 UTC. You choose');
  expectNoComplaints(bot);
});

test('shared from a reply, the whole thread is read and the card goes into that thread', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
  const reply = workspace.person('amira').say('payments-ops', 'I can stop the send', { threadTs: root.ts });
  const view = await shareFrom(bot, 'maria', reply);
  expect(typedIn(view, 'summary')).toBe('The invoices look wrong');
  expect(wordsOf(view)).toContain('From the thread: 2 messages, 2 people');
  expect(wordsOf(view)).toContain('with a card in this thread. Change it below.');
  await stepTwoOf(bot, 'maria');
  await workspace.until(() => workspace.person('jon').thread('payments-ops', root.ts).length === 3);
  await workspace.person('maria').close();
  const told = await ephemeralOf(bot, 'maria', 'Its card is in this thread.');
  expect(told.thread_ts).toBe(root.ts);
  expectNoComplaints(bot);
});

test('nobody’s name and nobody’s id stays in the first line', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  await workspace.until(() => callsOf(bot, 'users.list').some(({ outcome }) => outcome === 'ok'));
  const root = workspace.person('jon').say('payments-ops', '@amira saw it & told #quiet');
  Object.assign(root, { text: `${root.text} and <@U0GONE0000> <!here>`, blocks: undefined });
  const view = await shareFrom(bot, 'maria', root);
  expect(typedIn(view, 'summary')).toBe('A colleague saw it & told #quiet and a colleague');
});
