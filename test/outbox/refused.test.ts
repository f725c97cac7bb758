import SQLite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { expectNoComplaints, rows } from '../support/doing.ts';
import { openOffice } from '../support/office.ts';
import { askedAboutCard, cards, settled, share, toldTo, workspaceFails } from '../support/outbox-steps.ts';

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
    expectNoComplaints(office);
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
    const question = await askedAboutCard(office);
    expect(cards(office)).toHaveLength(1);
    await maria.press({ channel: question.channel, ts: question.ts }, press);
    await settled(office);
    await workspace.until(() => cards(office).length === posted);
    await maria.press({ channel: question.channel, ts: question.ts }, press).catch(() => undefined);
    await settled(office);
    expect(cards(office)).toHaveLength(posted);
    expectNoComplaints(office);
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
  expectNoComplaints(office);
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
  expectNoComplaints(office);
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
  expectNoComplaints(office);
});
