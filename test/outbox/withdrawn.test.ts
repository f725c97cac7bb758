import { expect, test } from 'vitest';
import type { Trouble } from '../../sandbox/wire/call-faults.ts';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { EMPTY_TELLING, type Tier } from '../../src/domain/near-miss.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints, QUICK } from '../support/bot-on-the-wire.ts';
import { shareInAHurry } from '../support/capture.ts';
import { rows, stored } from '../support/database.ts';
import { askedAboutCard, cards, settled, withdrawUnheard, workspaceFails } from '../support/outbox.ts';

test.each<[string, Trouble, Tier]>([
  ['while it is being posted', { kind: 'hold', when: 'after' }, 'unattributed'],
  ['while it is being posted', { kind: 'hold', when: 'after' }, 'confidential'],
  ['while nobody knows whether it was posted', { kind: 'drop', when: 'after' }, 'unattributed'],
  ['while nobody knows whether it was posted', { kind: 'drop', when: 'before' }, 'unattributed'],
  ['while it waits', { kind: 'rate_limit', retryAfter: 1 }, 'unattributed'],
])('a card whose name is taken back %s does not stay (%o, %s)', async (_when, trouble, tier) => {
  const bot = await botOnTheWire({ world: { pace: { ...QUICK, leaseMs: 60_000, lookAfterMs: 500 } } });
  const posting = workspaceFails(bot, 'chat.postMessage', trouble);
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await posting.struck;
  const { storage, near } = await stored(bot);
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
  await storage.nearMisses.changeWhoCanSee(toCapture(change, near.capturedAt), bot.now());
  posting.release();
  await settled(bot);
  expect(cards(bot)).toEqual([]);
  expect(rows(bot, "select kind from outbox where kind like 'card%'")).toEqual([]);
  expect((await storage.nearMisses.byId(teamId, id))?.told).toEqual(EMPTY_TELLING);
  expectNoComplaints(bot);
});

function stillStands(bot: BotOnTheWire): string[] {
  const dms = bot.workspace.person('maria').dm();
  return dms.map(({ text }) => text).filter((text) => text.includes('could not be changed'));
}

test.each([
  ['is_archived', 'the channel is archived'],
  ['edit_window_closed', 'the time for changing messages is over'],
  ['cant_update_message', 'the app may not change it'],
])(
  'who withdraws is told, once, that the card still stands where changing it is refused with %s',
  async (error, words) => {
    const bot = await botOnTheWire();
    await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
    await bot.workspace.until(() => cards(bot).length === 1);
    await settled(bot);
    const refused = { kind: 'error', error } as const;
    bot.workspace.faults.on('chat.update', refused, { times: Number.POSITIVE_INFINITY });
    bot.workspace.faults.on('chat.postMessage', { kind: 'rate_limit', retryAfter: 1 });
    await withdrawUnheard(bot);
    await shareInAHurry(bot, 'jon', 'finance-leads', 'Wakes the outbox');
    await settled(bot);
    expect(stillStands(bot)).toEqual([
      `The card of NM-1 in #payments-ops could not be changed: ${words}. Its words still stand there. A workspace admin can delete the message.`,
    ]);
    expect(rows(bot, "select * from outbox where kind = 'card_change'")).toEqual([]);
    expectNoComplaints(bot);
  },
);

test('who withdraws is told nothing where somebody removed the card, or it was never posted', async () => {
  const bot = await botOnTheWire();
  workspaceFails(bot, 'chat.postMessage', { kind: 'error', error: 'is_archived' });
  await shareInAHurry(bot, 'maria', 'payments-ops', 'Never posted');
  await settled(bot);
  await withdrawUnheard(bot);
  await shareInAHurry(bot, 'maria', 'payments-ops', 'Removed');
  await bot.workspace.until(() => cards(bot).length === 1);
  await settled(bot);
  workspaceFails(bot, 'chat.update', { kind: 'error', error: 'message_not_found' });
  await withdrawUnheard(bot, 2);
  await shareInAHurry(bot, 'jon', 'finance-leads', 'Wakes the outbox');
  await settled(bot);
  expect(stillStands(bot)).toEqual([]);
  expectNoComplaints(bot);
});

test.each([undefined, 'it_is_there'])(
  'who withdraws a card nobody could look for is told that it may still stand (after %s)',
  async (press) => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    const asked = await askedAboutCard(bot);
    if (press !== undefined) await maria.press({ channel: asked.channel, ts: asked.ts }, press);
    await settled(bot);
    await withdrawUnheard(bot);
    await shareInAHurry(bot, 'jon', 'finance-leads', 'Wakes the outbox');
    await settled(bot);
    expect(stillStands(bot)).toEqual([
      expect.stringContaining(
        'Slack did not say where it is. If it was posted, its words still stand there.',
      ),
    ]);
    expectNoComplaints(bot);
  },
);

test('a card that Slack refuses to remove stands, and that it was refused is kept, with nobody’s id in it', async () => {
  const bot = await botOnTheWire();
  await shareInAHurry(bot, 'maria', 'payments-ops', 'The rates were wrong');
  await bot.workspace.until(() => cards(bot).length === 1);
  await settled(bot);
  workspaceFails(bot, 'chat.delete', { kind: 'error', error: 'cant_delete_message' });
  const { storage, near } = await stored(bot);
  const change = { ...near, tier: 'unattributed' as const, personId: '', wantsCard: false, stewards: [] };
  await storage.nearMisses.changeWhoCanSee(toCapture(change, near.capturedAt), bot.now());
  await shareInAHurry(bot, 'jon', 'finance-leads', 'Wakes the outbox');
  await settled(bot);
  expect(cards(bot)).toHaveLength(1);
  const removals = "select state, why, person_id, near_miss_id from outbox where kind = 'card_removal'";
  expect(rows(bot, removals)).toEqual([
    { state: 'refused', why: 'cant_delete_message', person_id: null, near_miss_id: null },
  ]);
  expectNoComplaints(bot);
});
