import { expect, test } from 'vitest';
import type { Trouble } from '../../sandbox/wire/call-faults.ts';
import { expectNoComplaints, rows } from '../support/doing.ts';
import { openOffice } from '../support/office.ts';
import { cards, settled, share } from '../support/outbox-steps.ts';

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
  expectNoComplaints(office);
});

test('a card does without the name of somebody Slack does not know', async () => {
  const { office } = await namesFail({ kind: 'error', error: 'user_not_found' });
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await office.workspace.until(() => cards(office).length === 1);
  expect(JSON.stringify(office.workspace.person('jon').messages('payments-ops'))).toContain(
    'Shared by a colleague',
  );
  await settled(office);
  expectNoComplaints(office);
});
