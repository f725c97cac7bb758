import { expect, test } from 'vitest';
import type { Trouble } from '../../sandbox/wire/call-faults.ts';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { EMPTY_TELLING, type Tier } from '../../src/domain/near-miss.ts';
import { expectNoComplaints, rows } from '../support/doing.ts';
import { type Office, openOffice, QUICK } from '../support/office.ts';
import {
  askedAboutCard,
  cards,
  settled,
  share,
  stored,
  withdraw,
  workspaceFails,
} from '../support/outbox-steps.ts';

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
  const { storage, near } = await stored(office);
  const { id, teamId, conversation, summary, audience } = near;
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
  expectNoComplaints(office);
});

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
    expectNoComplaints(office);
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
  await withdraw(office, 2);
  await share(office, 'jon', 'finance-leads', 'Wakes the outbox');
  await settled(office);
  expect(stillStands(office)).toEqual([]);
  expectNoComplaints(office);
});

test.each([undefined, 'it_is_there'])(
  'who withdraws a card nobody could look for is told that it may still stand (after %s)',
  async (press) => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    const asked = await askedAboutCard(office);
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
    expectNoComplaints(office);
  },
);

test('a card that Slack refuses to remove stands, and that it was refused is kept, with nobody’s id in it', async () => {
  const office = await openOffice();
  await share(office, 'maria', 'payments-ops', 'The rates were wrong');
  await office.workspace.until(() => cards(office).length === 1);
  await settled(office);
  workspaceFails(office, 'chat.delete', { kind: 'error', error: 'cant_delete_message' });
  const { storage, near } = await stored(office);
  const change = { ...near, tier: 'unattributed' as const, personId: '', wantsCard: false, stewards: [] };
  await storage.nearMisses.changeWhoCanSee(toCapture(change, near.capturedAt), Date.now());
  await share(office, 'jon', 'finance-leads', 'Wakes the outbox');
  await settled(office);
  expect(cards(office)).toHaveLength(1);
  const removals = "select state, why, person_id, near_miss_id from outbox where kind = 'card_removal'";
  expect(rows(office, removals)).toEqual([
    { state: 'refused', why: 'cant_delete_message', person_id: null, near_miss_id: null },
  ]);
  expectNoComplaints(office);
});
