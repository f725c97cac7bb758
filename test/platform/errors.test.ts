import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../sandbox/clock.ts';
import {
  cardIn,
  choose,
  dmOf,
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  openStepOne,
  share,
  shareAndSkip,
  stepOneOf,
  typedIn,
  wordsOf,
} from '../support/doing.ts';
import { openOffice } from '../support/office.ts';

const TOO_LATE = 'That took too long to open. Please try it once more.';
const DID_NOT_WORK =
  'That did not work just now. Please try it once more in a moment. If it keeps happening, tell whoever runs the app: ';

describe('a modal that cannot open', () => {
  test('for the trigger was too old: one sentence, where the person is', async () => {
    const clock = manualClock();
    const office = await openOffice({ clock });
    const { workspace } = office;
    const slow = workspace.faults.on('views.open', { kind: 'hold', when: 'before' });
    const sent = await workspace.person('maria').command('payments-ops', '/nearmiss');
    await slow.struck;
    clock.advance(3001);
    slow.release();
    expect((await ephemeralOf(office, 'maria', 'That')).text).toBe(TOO_LATE);
    expect(sent.failure).toBeUndefined();
    expect(office.logged()).toContain('expired_trigger_id');
    expectNoComplaints(office);
  });

  test.each([
    ['is refused', { kind: 'error', error: 'internal_error' }],
    ['is rate limited', { kind: 'rate_limit', retryAfter: 30 }],
    ['is broken', { kind: 'http', status: 502 }],
    ['is cut off', { kind: 'drop', when: 'before' }],
  ] as const)(
    'for Slack’s answer %s: the sentence names the line in the log that has the cause',
    async (_how, trouble) => {
      const office = await openOffice();
      office.workspace.faults.on('views.open', trouble);
      await office.workspace.person('maria').command('payments-ops', '/nearmiss the words');
      const told = await ephemeralOf(office, 'maria', DID_NOT_WORK);
      const id = told.text.slice(DID_NOT_WORK.length).replace(/\.$/, '');
      expect(id).toMatch(/^[\w-]{8}$/);
      expect(office.logged()).toContain(`"id":"${id}"`);
      expect(office.logged()).not.toContain('the words');
      await office.workspace.person('maria').command('payments-ops', '/nearmiss the words');
      expect(typedIn(await stepOneOf(office, 'maria'), 'summary')).toBe('the words');
      expectNoComplaints(office);
    },
  );

  test('from the message shortcut says it where the message is; from the global shortcut and Home, by direct message', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    const message = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    await maria.openHome();
    await workspace.until(() => maria.home());
    workspace.faults.on('views.open', { kind: 'error', error: 'internal_error' }, { times: 3 });
    await maria.messageShortcut('share_from_message', message);
    await ephemeralOf(office, 'maria', DID_NOT_WORK);
    await maria.globalShortcut('share_from_anywhere');
    await workspace.until(() => maria.dm().length === 1);
    await maria.press('home', 'share_from_home');
    await workspace.until(() => maria.dm().length === 2);
    expect(maria.dm().map(({ text }) => text.startsWith(DID_NOT_WORK))).toEqual([true, true]);
    expectNoComplaints(office);
  });

  test.each([
    ['is refused', { kind: 'error', error: 'internal_error' }],
    ['is rate limited', { kind: 'rate_limit', retryAfter: 30 }],
  ] as const)(
    'nobody is left waiting for a thread that was read: drawing step 1 %s',
    async (_how, trouble) => {
      const office = await openOffice();
      const { workspace } = office;
      const message = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
      workspace.faults.on('views.update', trouble);
      await workspace.person('maria').messageShortcut('share_from_message', message);
      const view = await modalOf(office, 'maria', 'Share a near-miss', DID_NOT_WORK);
      expect(wordsOf(view)).not.toContain('Reading the thread');
      expectNoComplaints(office);
    },
  );

  test('nobody is left waiting for a thread when the app’s own store does not answer', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const message = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    const sqlite = new SQLite(office.config.databasePath);
    sqlite.exec('alter table near_misses rename to elsewhere');
    sqlite.close();
    await workspace.person('maria').messageShortcut('share_from_message', message);
    const view = await modalOf(office, 'maria', 'Share a near-miss', DID_NOT_WORK);
    expect(wordsOf(view)).not.toContain('Reading the thread');
    expectNoComplaints(office);
  });

  test('from a list that is open says it there', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const jon = workspace.person('jon');
    await shareAndSkip(office, 'maria', 'seen in time');
    const { channel, ts } = await cardIn(office, 'payments-ops', 'jon', 'seen in time');
    await jon.press({ channel, ts }, 'tell_more');
    await modalOf(office, 'jon', 'Tell more', 'answered');
    workspace.faults.on('views.push', { kind: 'error', error: 'expired_trigger_id' });
    await jon.press('view', { block_id: 'users' });
    expect(wordsOf(await modalOf(office, 'jon', 'Tell more', 'That'))).toBe(TOO_LATE);
    expect(jon.ephemerals()).toEqual([]);
    expect(jon.dm()).toEqual([]);
    expectNoComplaints(office);
  });

  test('a choice that cannot be drawn takes nothing away that was typed', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await openStepOne(office, 'maria');
    await maria.change('view', 'summary', 'typed');
    workspace.faults.on('views.update', { kind: 'rate_limit', retryAfter: 1 });
    await maria.change('view', 'tier', 'unattributed');
    await expect.poll(() => office.logged()).toContain('could not be answered');
    expect(typedIn(maria.view(), 'summary')).toBe('typed');
    await choose(office, 'maria', 'audience', 'channel');
    expect(wordsOf(maria.view())).toContain('No name stored, for members of #payments-ops');
    expect(maria.ephemerals()).toEqual([]);
    expectNoComplaints(office);
  });
});

test('a token that is refused: the person is told, what they save is safe, and the process says why it ends', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await share(office, 'maria', 'saved before');
  workspace.faults.revokeToken();
  await workspace.person('jon').command('payments-ops', '/nearmiss');
  await ephemeralOf(office, 'jon', DID_NOT_WORK);
  await maria.change('view', 'closeness', 'an hour');
  expect((await maria.submit()).errors).toEqual({});
  await expect.poll(() => office.fatal[0], { timeout: 10_000 }).toContain('Slack does not accept this token');
  workspace.faults.restoreToken();
  expect(workspace.complaints).toEqual([]);
});

test('rate limited, cards wait and arrive in the order they were shared', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const limited = workspace.faults.on(
    'chat.postMessage',
    { kind: 'rate_limit', retryAfter: 1 },
    { times: 2 },
  );
  for (const [who, summary] of [
    ['maria', 'the first'],
    ['jon', 'the second'],
    ['amira', 'the third'],
  ] as const)
    await share(office, who, summary);
  await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 3, { ms: 20_000 });
  expect(limited.hits).toBe(2);
  expect(
    workspace
      .person('jon')
      .messages('payments-ops')
      .map(({ text }) => text),
  ).toEqual(['Near-miss NM-1: the first', 'Near-miss NM-2: the second', 'Near-miss NM-3: the third']);
  expectNoComplaints(office);
});

test('help and show that Slack will not show where they were asked come by direct message', async () => {
  const office = await openOffice();
  office.workspace.faults.on('response_url', { kind: 'http', status: 500 }, { times: 2 });
  await office.workspace.person('maria').command('payments-ops', '/nearmiss help');
  const told = await dmOf(office, 'maria', DID_NOT_WORK);
  expect(told.text.startsWith(DID_NOT_WORK)).toBe(true);
  expectNoComplaints(office);
});
