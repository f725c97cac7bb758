import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { Trouble } from '../sandbox/faults.ts';
import { startBot } from '../src/bot.ts';
import { toCapture } from '../src/domain/capture.ts';
import { EMPTY_TELLING, type Tier } from '../src/domain/near-miss.ts';
import { openStorage } from '../src/storage/storage.ts';
import { type Office, openOffice, QUICK } from './office.ts';

/** Shares from a channel and closes the modal after Save, as somebody in a hurry does. */
async function share({ workspace }: Office, who: string, channel: string, words: string): Promise<void> {
  const person = workspace.person(who);
  await person.command(channel, `/nearmiss ${words}`);
  await workspace.until(() => person.view());
  expect(await person.submit()).toMatchObject({ acked: true, errors: {} });
  await person.close({ all: true });
}

/** The first words of the app's messages in a channel, as somebody there sees them. */
function cards({ workspace }: Office, channel = 'payments-ops'): string[] {
  const ours = workspace
    .person('jon')
    .messages(channel)
    .filter(({ bot_id: bot }) => bot !== undefined);
  return ours.map(({ text }) => text);
}

/** What one person was told, here and there. */
function toldTo({ workspace }: Office, who: string): string[] {
  const person = workspace.person(who);
  return [...person.ephemerals(), ...person.dm()].map((message) => JSON.stringify(message));
}

function rows<Row>({ config }: Office, sql: string): Row[] {
  const database = new SQLite(config.databasePath, { readonly: true });
  try {
    return database.prepare<[], Row>(sql).all();
  } finally {
    database.close();
  }
}

async function settled(office: Office): Promise<void> {
  await expect
    .poll(() => rows(office, "select kind from outbox where state in ('pending', 'sending', 'unsure')"), {
      timeout: 15_000,
    })
    .toEqual([]);
}

function expectNothingOdd(office: Office): void {
  expect(office.workspace.complaints).toEqual([]);
  expect(office.fatal).toEqual([]);
}

const PASSING: [string, Trouble][] = [
  ['is limited', { kind: 'rate_limit', retryAfter: 1 }],
  ['fails with 500 before it did anything', { kind: 'http', status: 500 }],
  ['fails with 503 after it did it', { kind: 'http', status: 503, when: 'after' }],
  ['says internal_error', { kind: 'error', error: 'internal_error' }],
  ['is cut off before', { kind: 'drop', when: 'before' }],
  ['is cut off after', { kind: 'drop', when: 'after' }],
];

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
    expectNothingOdd(office);
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
    expectNothingOdd(office);
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
    expectNothingOdd(office);
  },
);

test('an address that takes no answers any more is replaced by a direct message', async () => {
  const office = await openOffice();
  workspaceFails(office, 'response_url', { kind: 'http', status: 404 });
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await settled(office);
  expect(office.workspace.person('maria').dm()).toHaveLength(1);
  expect(office.workspace.person('maria').ephemerals()).toEqual([]);
  expectNothingOdd(office);
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
    expectNothingOdd(office);
  },
);

function workspaceFails({ workspace }: Office, method: string, trouble: Trouble) {
  return workspace.faults.on(method, trouble);
}

test('an answer that never comes is given up after ten seconds, and what Slack took is not sent again', async () => {
  const office = await openOffice({ world: { pace: { ...QUICK, leaseMs: 60_000 } } });
  const took = workspaceFails(office, 'chat.postMessage', { kind: 'hold', when: 'after' });
  await share(office, 'maria', 'payments-ops', 'Taken without a word');
  await took.struck;
  await settled(office);
  expect(cards(office)).toHaveLength(1);
  expect(rows(office, "select attempts from outbox where kind = 'card'")).toEqual([{ attempts: 2 }]);
  expectNothingOdd(office);
});

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
  expectNothingOdd(office);
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
  expectNothingOdd(office);
});

test.each([
  ['not_in_channel', 'the app is not a member'],
  ['is_archived', 'the channel is archived'],
  ['restricted_action', 'posting is restricted'],
  ['channel_not_found', 'the app is not a member'],
  ['msg_blocks_too_long', 'Slack did not accept it'],
])(
  'a card refused with %s is not tried again, and its reporter is told in the confirmation that %s',
  async (error, words) => {
    const office = await openOffice();
    workspaceFails(office, 'chat.postMessage', { kind: 'error', error });
    await share(office, 'maria', 'payments-ops', 'The rates were wrong');
    await office.workspace.until(() => toldTo(office, 'maria').length > 0);
    await settled(office);
    expect(cards(office)).toEqual([]);
    expect(rows(office, "select state, why, attempts from outbox where kind = 'card'")).toEqual([
      { state: 'refused', why: error, attempts: 1 },
    ]);
    expect(toldTo(office, 'maria')).toEqual([
      expect.stringContaining(
        `The card could not be posted in #payments-ops: ${words}. The near-miss is safe.`,
      ),
    ]);
    expectNothingOdd(office);
  },
);

test.each([
  ['post_again', 2],
  ['it_is_there', 1],
])(
  'where nobody can look whether a card is there its reporter is asked, and %s is done',
  async (press, posted) => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    workspaceFails(office, 'chat.postMessage', { kind: 'drop', when: 'after' });
    workspaceFails(office, 'conversations.history', { kind: 'error', error: 'missing_scope' });
    await share(office, 'maria', 'payments-ops', 'The rates were wrong');
    const question = await workspace.until(() =>
      maria.dm().find((each) => JSON.stringify(each).includes(press)),
    );
    expect(cards(office)).toHaveLength(1);
    await maria.press({ channel: question.channel, ts: question.ts }, press);
    await settled(office);
    await workspace.until(() => cards(office).length === posted);
    await maria.press({ channel: question.channel, ts: question.ts }, press).catch(() => undefined);
    await settled(office);
    expect(cards(office)).toHaveLength(posted);
    expectNothingOdd(office);
  },
);

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
  expectNothingOdd(office);
});

test('of many changes in a row only what is said last is sent', async () => {
  const office = await openOffice();
  const { workspace } = office;
  await share(office, 'maria', 'payments-ops', 'First');
  await workspace.until(() => cards(office).length === 1);
  await settled(office);
  const first = workspaceFails(office, 'chat.update', { kind: 'hold', when: 'before' });
  const storage = openStorage(office.config.databasePath, randomUUID);
  onTestFinished(() => storage.close());
  const near = await storage.nearMisses.byNumber(workspace.state.team.id, 1);
  if (near === undefined) throw new Error('It was not saved.');
  const reword = (summary: string) => storage.nearMisses.reword({ ...near, summary, now: Date.now() });
  await reword('Change 0');
  await share(office, 'jon', 'finance-leads', 'Wakes the outbox');
  await first.struck;
  for (let at = 1; at <= 9; at += 1) await reword(`Change ${at}`);
  first.release();
  await workspace.until(() => cards(office)[0]?.includes('Change 9'));
  await settled(office);
  expect(workspace.calls.filter(({ method }) => method === 'chat.update')).toHaveLength(2);
  expectNothingOdd(office);
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
  expectNothingOdd(office);
});

test.each<[string, Trouble, Tier]>([
  ['while it is being posted', { kind: 'hold', when: 'after' }, 'unattributed'],
  ['while it is being posted', { kind: 'hold', when: 'after' }, 'confidential'],
  ['while nobody knows whether it was posted', { kind: 'drop', when: 'after' }, 'unattributed'],
  ['while nobody knows whether it was posted', { kind: 'drop', when: 'before' }, 'unattributed'],
  ['while it waits', { kind: 'rate_limit', retryAfter: 1 }, 'unattributed'],
])('a card whose name is taken back %s does not stay (%o, %s)', async (_when, trouble, tier) => {
  const office = await openOffice({ world: { pace: { ...QUICK, leaseMs: 60_000, lookAfterMs: 500 } } });
  const posting = workspaceFails(office, 'chat.postMessage', trouble);
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await posting.struck;
  const storage = openStorage(office.config.databasePath, randomUUID);
  onTestFinished(() => storage.close());
  const teamId = office.workspace.state.team.id;
  const near = await storage.nearMisses.byNumber(teamId, 1);
  if (near === undefined) throw new Error('It was not saved.');
  const { id, conversation, summary, audience } = near;
  const change = {
    id,
    teamId,
    summary,
    audience,
    conversation,
    tier,
    personId: 'U_ANY',
    wantsCard: false,
    stewards: [],
  };
  await storage.nearMisses.changeWhoCanSee(toCapture(change, near.capturedAt), Date.now());
  posting.release();
  await settled(office);
  expect(cards(office)).toEqual([]);
  expect(rows(office, "select kind from outbox where kind like 'card%'")).toEqual([]);
  expect((await storage.nearMisses.byId(teamId, id))?.told).toEqual(EMPTY_TELLING);
  expectNothingOdd(office);
});

/** Withdraws NM-1 from its card's menu, as its reporter does. */
async function withdraw(office: Office): Promise<void> {
  const storage = openStorage(office.config.databasePath, randomUUID);
  onTestFinished(() => storage.close());
  const teamId = office.workspace.state.team.id;
  const near = await storage.nearMisses.byNumber(teamId, 1);
  if (near === undefined) throw new Error('It was not saved.');
  await storage.nearMisses.withdraw({ teamId, id: near.id, now: Date.now() });
}

function stillStands(office: Office): string[] {
  const dms = office.workspace.person('maria').dm();
  return dms.map(({ text }) => text).filter((text) => text.includes('could not be changed'));
}

test.each([
  ['is_archived', 'the channel is archived'],
  ['edit_window_closed', 'the time for changing messages is over'],
  ['cant_update_message', 'the app may not change it'],
])(
  'who withdraws is told, once, that the card still stands where changing it is refused with %s',
  async (error, words) => {
    const office = await openOffice();
    await share(office, 'maria', 'payments-ops', 'The rates were wrong');
    await office.workspace.until(() => cards(office).length === 1);
    await settled(office);
    const refused = { kind: 'error', error } as const;
    office.workspace.faults.on('chat.update', refused, { times: Number.POSITIVE_INFINITY });
    office.workspace.faults.on('chat.postMessage', { kind: 'rate_limit', retryAfter: 1 });
    await withdraw(office);
    await share(office, 'jon', 'finance-leads', 'Wakes the outbox');
    await settled(office);
    expect(stillStands(office)).toEqual([
      `The card of NM-1 in #payments-ops could not be changed: ${words}. Its words still stand there. A workspace admin can delete the message.`,
    ]);
    expect(rows(office, "select * from outbox where kind = 'card_change'")).toEqual([]);
    expectNothingOdd(office);
  },
);

test('who withdraws is told nothing where somebody removed the card, or it was never posted', async () => {
  const office = await openOffice();
  workspaceFails(office, 'chat.postMessage', { kind: 'error', error: 'is_archived' });
  await share(office, 'maria', 'payments-ops', 'Never posted');
  await settled(office);
  await withdraw(office);
  await share(office, 'maria', 'payments-ops', 'Removed');
  await office.workspace.until(() => cards(office).length === 1);
  await settled(office);
  workspaceFails(office, 'chat.update', { kind: 'error', error: 'message_not_found' });
  const storage = openStorage(office.config.databasePath, randomUUID);
  onTestFinished(() => storage.close());
  const teamId = office.workspace.state.team.id;
  const near = await storage.nearMisses.byNumber(teamId, 2);
  await storage.nearMisses.withdraw({ teamId, id: near?.id ?? '', now: Date.now() });
  await share(office, 'jon', 'finance-leads', 'Wakes the outbox');
  await settled(office);
  expect(stillStands(office)).toEqual([]);
  expectNothingOdd(office);
});

test.each([undefined, 'it_is_there'])(
  'who withdraws a card nobody could look for is told that it may still stand (after %s)',
  async (press) => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    workspaceFails(office, 'chat.postMessage', { kind: 'drop', when: 'after' });
    workspaceFails(office, 'conversations.history', { kind: 'error', error: 'missing_scope' });
    await share(office, 'maria', 'payments-ops', 'The rates were wrong');
    const asked = await workspace.until(() =>
      maria.dm().find((each) => JSON.stringify(each).includes('it_is_there')),
    );
    if (press !== undefined) await maria.press({ channel: asked.channel, ts: asked.ts }, press);
    await settled(office);
    await withdraw(office);
    await share(office, 'jon', 'finance-leads', 'Wakes the outbox');
    await settled(office);
    expect(stillStands(office)).toEqual([
      expect.stringContaining(
        'Slack did not say where it is. If it was posted, its words still stand there.',
      ),
    ]);
    expectNothingOdd(office);
  },
);

test('what the app itself cannot draw is given up after some tries, noted as an error, and holds up nothing', async () => {
  const office = await openOffice();
  workspaceFails(office, 'chat.postMessage', { kind: 'rate_limit', retryAfter: 1 });
  await share(office, 'maria', 'payments-ops', 'Unreadable');
  const database = new SQLite(office.config.databasePath);
  database.exec("update near_misses set stewards_then = 'no list'");
  database.close();
  await share(office, 'jon', 'payments-ops', 'After it');
  await office.workspace.until(() => cards(office).length === 1, { ms: 15_000 });
  await settled(office);
  expect(cards(office)).toEqual(['Near-miss NM-2: After it']);
  expect(rows(office, "select why from outbox where kind = 'card' and state = 'refused'")).toEqual([
    { why: 'SyntaxError' },
  ]);
  expect(office.logged()).toContain('a mistake of the app keeps it from sending this');
  expectNothingOdd(office);
});

test('a card does not go to another organisation where nobody could say so before Save, and its reporter is told', async () => {
  const office = await openOffice({
    channels: [{ name: 'payments-ops', members: ['maria', 'jon'], app: true, isExtShared: true }],
  });
  const { workspace } = office;
  // While the modal is open, and once more when the card is about to be posted.
  const silent = { kind: 'error', error: 'internal_error' } as const;
  const never = workspace.faults.on('conversations.info', silent, { times: Number.POSITIVE_INFINITY });
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await expect
    .poll(() => rows(office, "select why from outbox where kind = 'card'"))
    .toEqual([{ why: 'Slack did not say where it would go' }]);
  never.remove();
  await settled(office);
  expect(cards(office)).toEqual([]);
  expect(rows(office, "select state, why from outbox where kind = 'card'")).toEqual([
    { state: 'refused', why: 'shared_outside' },
  ]);
  await workspace.until(() => toldTo(office, 'maria').length === 1);
  expect(toldTo(office, 'maria')[0]).toContain('it is shared with another organisation');
  expectNothingOdd(office);
});

/** Nobody is known from the directory, and Slack answers this when asked who somebody is. */
async function namesFail(trouble: Trouble) {
  const office = await openOffice();
  const never = { times: Number.POSITIVE_INFINITY };
  office.workspace.faults.on('users.list', { kind: 'error', error: 'internal_error' }, never);
  await office.restart();
  return { office, failing: office.workspace.faults.on('users.info', trouble, never) };
}

test.each<Trouble>([
  { kind: 'rate_limit', retryAfter: 1 },
  { kind: 'http', status: 500 },
  { kind: 'error', error: 'internal_error' },
])('a card waits for a name that Slack does not say just now (%o)', async (trouble) => {
  const { office, failing } = await namesFail(trouble);
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await expect
    .poll(() => rows(office, "select why from outbox where kind = 'card'"))
    .toEqual([{ why: 'Slack did not say a name' }]);
  failing.remove();
  await office.workspace.until(() => cards(office).length === 1);
  expect(JSON.stringify(office.workspace.person('jon').messages('payments-ops'))).toContain(
    'Shared by Maria Lopez',
  );
  await settled(office);
  expectNothingOdd(office);
});

test('a card does without the name of somebody Slack does not know', async () => {
  const { office } = await namesFail({ kind: 'error', error: 'user_not_found' });
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await office.workspace.until(() => cards(office).length === 1);
  expect(JSON.stringify(office.workspace.person('jon').messages('payments-ops'))).toContain(
    'Shared by a colleague',
  );
  await settled(office);
  expectNothingOdd(office);
});

test('a card that Slack refuses to remove stands, and that it was refused is kept, with nobody’s id in it', async () => {
  const office = await openOffice();
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await office.workspace.until(() => cards(office).length === 1);
  await settled(office);
  workspaceFails(office, 'chat.delete', { kind: 'error', error: 'cant_delete_message' });
  const storage = openStorage(office.config.databasePath, randomUUID);
  onTestFinished(() => storage.close());
  const teamId = office.workspace.state.team.id;
  const near = await storage.nearMisses.byNumber(teamId, 1);
  if (near === undefined) throw new Error('It was not saved.');
  const change = { ...near, tier: 'unattributed' as const, personId: '', wantsCard: false, stewards: [] };
  await storage.nearMisses.changeWhoCanSee(toCapture(change, near.capturedAt), Date.now());
  await share(office, 'jon', 'finance-leads', 'Wakes the outbox');
  await settled(office);
  expect(cards(office)).toHaveLength(1);
  const removals = "select state, why, person_id, near_miss_id from outbox where kind = 'card_removal'";
  expect(rows(office, removals)).toEqual([
    { state: 'refused', why: 'cant_delete_message', person_id: null, near_miss_id: null },
  ]);
  expectNothingOdd(office);
});

test('a Home that Slack finds too large is given up without a trace, and comes with the next change', async () => {
  const office = await openOffice();
  const maria = office.workspace.person('maria');
  const refused = workspaceFails(office, 'views.publish', { kind: 'error', error: 'view_too_large' });
  await share(office, 'maria', 'payments-ops', 'First');
  await refused.struck;
  await settled(office);
  expect(rows(office, "select * from outbox where kind = 'home'")).toEqual([]);
  await share(office, 'maria', 'payments-ops', 'Second');
  await office.workspace.until(() => JSON.stringify(maria.home() ?? {}).includes('Second'));
  await settled(office);
  expectNothingOdd(office);
});
