import { expect, test } from 'vitest';
import type { Trouble } from '../../sandbox/wire/call-faults.ts';
import { expectNoComplaints, rows } from '../support/doing.ts';
import { openOffice, QUICK } from '../support/office.ts';
import { cards, PASSING, settled, share, toldTo, withdraw, workspaceFails } from '../support/outbox-steps.ts';

test.each(PASSING)(
  'when posting a card %s, it comes exactly once and so does its confirmation',
  async (_how, trouble) => {
    const office = await openOffice();
    workspaceFails(office, 'chat.postMessage', trouble);
    await share(office, 'maria', 'payments-ops', 'The rates were wrong');
    await office.workspace.until(() => toldTo(office, 'maria').length > 0);
    await settled(office);
    expect(cards(office)).toEqual(['Near-miss NM-1: The rates were wrong']);
    expect(toldTo(office, 'maria')).toEqual([expect.stringContaining('Its card is in')]);
    expectNoComplaints(office);
  },
);

test.each(PASSING)(
  'when a confirmation by direct message %s, it is said exactly once',
  async (_how, trouble) => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await maria.globalShortcut('share_from_anywhere');
    await office.workspace.until(() => maria.view());
    await maria.change('view', 'summary', 'The rates were wrong');
    workspaceFails(office, 'chat.postMessage', trouble);
    await maria.submit();
    await maria.close({ all: true });
    await office.workspace.until(() => maria.dm().length > 0);
    await settled(office);
    expect(toldTo(office, 'maria')).toHaveLength(1);
    expectNoComplaints(office);
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
    const office = await openOffice();
    workspaceFails(office, 'response_url', trouble);
    await share(office, 'maria', 'payments-ops', 'The rates were wrong');
    await settled(office);
    // An answer that may have been seen is not repeated, and one that was surely refused goes another way.
    expect(toldTo(office, 'maria')).toHaveLength(told);
    expect(rows(office, "select state from outbox where kind = 'confirmation'")).toEqual([{ state: 'sent' }]);
    expectNoComplaints(office);
  },
);

test('an address that takes no answers is replaced by a direct message, also where that is cut off at first', async () => {
  const office = await openOffice();
  const maria = office.workspace.person('maria');
  workspaceFails(office, 'response_url', { kind: 'http', status: 404 });
  office.workspace.faults.on(
    'chat.postMessage',
    { kind: 'drop', when: 'before' },
    { matching: (args) => String(args.text).startsWith('Thank you.') },
  );
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await settled(office);
  expect(maria.dm()).toHaveLength(1);
  expectNoComplaints(office);
});

test('an address that takes no answers any more is replaced by a direct message', async () => {
  const office = await openOffice();
  workspaceFails(office, 'response_url', { kind: 'http', status: 404 });
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await settled(office);
  expect(office.workspace.person('maria').dm()).toHaveLength(1);
  expect(office.workspace.person('maria').ephemerals()).toEqual([]);
  expectNoComplaints(office);
});

test.each(PASSING)(
  'when changing a card %s, it says in the end what was said last',
  async (_how, trouble) => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await maria.command('payments-ops', '/nearmiss The rates were wrong');
    await office.workspace.until(() => maria.view());
    await maria.submit();
    await office.workspace.until(() => cards(office).length === 1);
    workspaceFails(office, 'chat.update', trouble);
    await maria.change('view', 'saves', 'We open ten by hand');
    await maria.submit();
    await office.workspace.until(() =>
      JSON.stringify(maria.messages('payments-ops')).includes('ten by hand'),
    );
    await settled(office);
    expect(cards(office)).toHaveLength(1);
    expectNoComplaints(office);
  },
);

test.each(['token_revoked', 'invalid_auth', 'account_inactive'])(
  'while Slack refuses the token with %s nothing is given up: it comes once the token is mended',
  async (error) => {
    const office = await openOffice();
    workspaceFails(office, 'chat.postMessage', { kind: 'error', error });
    await share(office, 'maria', 'payments-ops', 'The rates were wrong');
    await settled(office);
    expect(cards(office)).toEqual(['Near-miss NM-1: The rates were wrong']);
    expect(office.workspace.complaints).toEqual([]);
    expect(office.fatal).toHaveLength(1);
  },
);

test('what Slack took is found where our clock is two minutes ahead of Slack’s, and not sent again', async () => {
  const office = await openOffice({ world: { now: () => Date.now() + 2 * 60_000 } });
  workspaceFails(office, 'chat.postMessage', { kind: 'drop', when: 'after' });
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await settled(office);
  expect(cards(office)).toHaveLength(1);
  expectNoComplaints(office);
});

test('of a card that was withdrawn before it came nothing is posted', async () => {
  const office = await openOffice();
  const limited = workspaceFails(office, 'chat.postMessage', { kind: 'rate_limit', retryAfter: 1 });
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await limited.struck;
  await withdraw(office);
  await settled(office);
  expect(cards(office)).toEqual([]);
  expectNoComplaints(office);
});

test('what was withdrawn before its confirmation is not said to be saved', async () => {
  const office = await openOffice();
  const maria = office.workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await office.workspace.until(() => maria.view());
  await maria.submit();
  await withdraw(office);
  await maria.close({ all: true });
  await settled(office);
  expect(toldTo(office, 'maria').join()).not.toContain('is saved');
  expectNoComplaints(office);
});

test('of what was withdrawn meanwhile nobody is asked whether its card is there', async () => {
  const office = await openOffice();
  workspaceFails(office, 'chat.postMessage', { kind: 'drop', when: 'after' });
  workspaceFails(office, 'conversations.history', { kind: 'error', error: 'missing_scope' });
  const asking = office.workspace.faults.on(
    'chat.postMessage',
    { kind: 'rate_limit', retryAfter: 1 },
    { matching: ({ text }) => String(text).includes('Is it there?') },
  );
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await asking.struck;
  await withdraw(office);
  await settled(office);
  expect(toldTo(office, 'maria').join()).not.toContain('Is it there?');
  expectNoComplaints(office);
});

test('what Slack took is found below two hundred messages that came since, and not sent again', async () => {
  const office = await openOffice();
  const took = workspaceFails(office, 'chat.postMessage', { kind: 'drop', when: 'after' });
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await took.struck;
  for (let at = 0; at < 250; at += 1) office.workspace.person('jon').say('payments-ops', `Message ${at}`);
  await settled(office);
  expect(cards(office)).toHaveLength(1);
  expectNoComplaints(office);
});

test('an answer that never comes is given up after ten seconds, and what Slack took is not sent again', async () => {
  const office = await openOffice({ world: { pace: { ...QUICK, leaseMs: 60_000 } } });
  const took = workspaceFails(office, 'chat.postMessage', { kind: 'hold', when: 'after' });
  await share(office, 'maria', 'payments-ops', 'Taken without a word');
  await took.struck;
  await settled(office);
  expect(cards(office)).toHaveLength(1);
  expect(rows(office, "select attempts from outbox where kind = 'card'")).toEqual([{ attempts: 2 }]);
  expectNoComplaints(office);
});

test('Slack is down for as long as it likes: everything comes afterwards, once and in order', async () => {
  const office = await openOffice();
  const { workspace } = office;
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
  expect(rows(office, "select count(*) as n from outbox where state = 'refused'")).toEqual([{ n: 0 }]);
  down.remove();
  await workspace.until(() => cards(office).length === 2, { ms: 15_000 });
  await settled(office);
  expect(cards(office)).toEqual(['Near-miss NM-1: From maria', 'Near-miss NM-2: From jon']);
  expect([toldTo(office, 'maria').length, toldTo(office, 'jon').length]).toEqual([1, 1]);
  expectNoComplaints(office);
});
