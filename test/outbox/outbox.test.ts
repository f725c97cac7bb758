import { expect, test } from 'vitest';
import type { Trouble } from '../../sandbox/wire/call-faults.ts';
import { botOnTheWire, expectNoComplaints, QUICK } from '../support/bot-on-the-wire.ts';
import { shareInAHurry } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { cards, PASSING, settled, toldTo, withdrawUnheard, workspaceFails } from '../support/outbox.ts';

test.each(PASSING)(
  'when posting a card %s, it comes exactly once and so does its confirmation',
  async (_how, trouble) => {
    const bot = await botOnTheWire();
    workspaceFails(bot, 'chat.postMessage', trouble);
    await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
    await bot.workspace.until(() => toldTo(bot, 'maria').length > 0);
    await settled(bot);
    expect(cards(bot)).toEqual(['Near-miss NM-1: The rates were wrong']);
    expect(toldTo(bot, 'maria')).toEqual([expect.stringContaining('Its card is in')]);
    expectNoComplaints(bot);
  },
);

test.each(PASSING)(
  'when a confirmation by direct message %s, it is said exactly once',
  async (_how, trouble) => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await maria.globalShortcut('share_from_anywhere');
    await bot.workspace.until(() => maria.view());
    await maria.change('view', 'summary', 'The rates were wrong');
    workspaceFails(bot, 'chat.postMessage', trouble);
    await maria.submit();
    await maria.close({ all: true });
    await bot.workspace.until(() => maria.dm().length > 0);
    await settled(bot);
    expect(toldTo(bot, 'maria')).toHaveLength(1);
    expectNoComplaints(bot);
  },
);

test.each<[string, Trouble, number]>([
  ['fails with 500 before it did anything', { kind: 'http', status: 500 }, 0],
  ['fails with 503 after it did it', { kind: 'http', status: 503, when: 'after' }, 1],
  ['is refused with 404', { kind: 'http', status: 404 }, 1],
  ['is cut off before', { kind: 'drop', when: 'before' }, 0],
  ['is cut off after', { kind: 'drop', when: 'after' }, 1],
])(
  'when answering where the person was %s, they are told where that was surely not seen, and never twice',
  async (_how, trouble, told) => {
    const bot = await botOnTheWire();
    workspaceFails(bot, 'response_url', trouble);
    await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
    await settled(bot);
    // An answer that may have been seen is not repeated, and one that was surely refused goes another way.
    expect(toldTo(bot, 'maria')).toHaveLength(told);
    expect(rows(bot, "select state from outbox where kind = 'confirmation'")).toEqual([{ state: 'sent' }]);
    expectNoComplaints(bot);
  },
);

test('an address that takes no answers is replaced by a direct message, also where that is cut off at first', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  workspaceFails(bot, 'response_url', { kind: 'http', status: 404 });
  bot.workspace.faults.on(
    'chat.postMessage',
    { kind: 'drop', when: 'before' },
    { matching: (args) => String(args.text).startsWith('Thank you.') },
  );
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await settled(bot);
  expect(maria.dm()).toHaveLength(1);
  expectNoComplaints(bot);
});

test('an address that takes no answers any more is replaced by a direct message', async () => {
  const bot = await botOnTheWire();
  workspaceFails(bot, 'response_url', { kind: 'http', status: 404 });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await settled(bot);
  expect(bot.workspace.person('maria').dm()).toHaveLength(1);
  expect(bot.workspace.person('maria').ephemerals()).toEqual([]);
  expectNoComplaints(bot);
});

test.each(PASSING)(
  'when changing a card %s, it says in the end what was said last',
  async (_how, trouble) => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await maria.command('payments-ops', '/nearmiss The rates were wrong');
    await bot.workspace.until(() => maria.view());
    await maria.submit();
    await bot.workspace.until(() => cards(bot).length === 1);
    workspaceFails(bot, 'chat.update', trouble);
    await maria.change('view', 'saves', 'We open ten by hand');
    await maria.submit();
    await maria.close();
    await bot.workspace.until(() => JSON.stringify(maria.messages('payments-ops')).includes('ten by hand'));
    await settled(bot);
    expect(cards(bot)).toHaveLength(1);
    expectNoComplaints(bot);
  },
);

test.each(['token_revoked', 'invalid_auth', 'account_inactive'])(
  'while Slack refuses the token with %s nothing is given up: it comes once the token is mended',
  async (error) => {
    const bot = await botOnTheWire();
    workspaceFails(bot, 'chat.postMessage', { kind: 'error', error });
    await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
    await settled(bot);
    expect(cards(bot)).toEqual(['Near-miss NM-1: The rates were wrong']);
    expect(bot.workspace.complaints).toEqual([]);
    expect(bot.fatal).toHaveLength(1);
  },
);

test('what Slack took is found where our clock is two minutes ahead of Slack’s, and not sent again', async () => {
  const bot = await botOnTheWire({ now: Date.now, world: { now: () => Date.now() + 2 * 60_000 } });
  workspaceFails(bot, 'chat.postMessage', { kind: 'drop', when: 'after' });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await settled(bot);
  expect(cards(bot)).toHaveLength(1);
  expectNoComplaints(bot);
});

test('of a card that was withdrawn before it came nothing is posted', async () => {
  const bot = await botOnTheWire();
  const limited = workspaceFails(bot, 'chat.postMessage', { kind: 'rate_limit', retryAfter: 1 });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await limited.struck;
  await withdrawUnheard(bot);
  await settled(bot);
  expect(cards(bot)).toEqual([]);
  expectNoComplaints(bot);
});

test('what was withdrawn before its confirmation is not said to be saved', async () => {
  const bot = await botOnTheWire();
  const maria = bot.workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await bot.workspace.until(() => maria.view());
  await maria.submit();
  await withdrawUnheard(bot);
  await maria.close({ all: true });
  await settled(bot);
  expect(toldTo(bot, 'maria').join()).not.toContain('is saved');
  expectNoComplaints(bot);
});

test('of what was withdrawn meanwhile nobody is asked whether its card is there', async () => {
  const bot = await botOnTheWire();
  workspaceFails(bot, 'chat.postMessage', { kind: 'drop', when: 'after' });
  workspaceFails(bot, 'conversations.history', { kind: 'error', error: 'missing_scope' });
  const asking = bot.workspace.faults.on(
    'chat.postMessage',
    { kind: 'rate_limit', retryAfter: 1 },
    { matching: ({ text }) => String(text).includes('Is it there?') },
  );
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await asking.struck;
  await withdrawUnheard(bot);
  await settled(bot);
  expect(toldTo(bot, 'maria').join()).not.toContain('Is it there?');
  expectNoComplaints(bot);
});

test('what Slack took is found below two hundred messages that came since, and not sent again', async () => {
  const bot = await botOnTheWire();
  const took = workspaceFails(bot, 'chat.postMessage', { kind: 'drop', when: 'after' });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await took.struck;
  for (let at = 0; at < 250; at += 1) bot.workspace.person('jon').say('payments-ops', `Message ${at}`);
  await settled(bot);
  expect(cards(bot)).toHaveLength(1);
  expectNoComplaints(bot);
});

test('an answer that never comes is given up after ten seconds, and what Slack took is not sent again', async () => {
  const bot = await botOnTheWire({ world: { pace: { ...QUICK, leaseMs: 60_000 } } });
  const took = workspaceFails(bot, 'chat.postMessage', { kind: 'hold', when: 'after' });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'Taken without a word');
  await took.struck;
  await settled(bot);
  expect(cards(bot)).toHaveLength(1);
  expect(rows(bot, "select attempts from outbox where kind = 'card'")).toEqual([{ attempts: 2 }]);
  expectNoComplaints(bot);
});

test('Slack is down for as long as it likes: everything comes afterwards, once and in order', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const [maria, jon] = [workspace.person('maria'), workspace.person('jon')];
  for (const person of [maria, jon]) {
    await person.command('payments-ops', `/nearmiss From ${person.handle}`);
    await workspace.until(() => person.view());
  }
  const down = workspace.faults.on(
    '*',
    { kind: 'drop', when: 'before' },
    { times: Number.POSITIVE_INFINITY },
  );
  for (const person of [maria, jon]) {
    expect(await person.submit()).toMatchObject({ acked: true, errors: {} });
    await person.close({ all: true });
  }
  await expect.poll(() => down.hits, { timeout: 15_000 }).toBeGreaterThan(25);
  expect(rows(bot, "select count(*) as n from outbox where state = 'refused'")).toEqual([{ n: 0 }]);
  down.remove();
  await workspace.until(() => cards(bot).length === 2, { ms: 15_000 });
  await settled(bot);
  expect(cards(bot)).toEqual(['Near-miss NM-1: From maria', 'Near-miss NM-2: From jon']);
  expect([toldTo(bot, 'maria').length, toldTo(bot, 'jon').length]).toEqual([1, 1]);
  expectNoComplaints(bot);
});
