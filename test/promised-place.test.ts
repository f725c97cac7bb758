import { describe, expect, test } from 'vitest';
import type { Channel } from '../sandbox/state.ts';
import {
  type Chosen,
  callsOf,
  dmOf,
  ephemeralOf,
  expectNoComplaints,
  fillStepOne,
  openStepOne,
  placeOf,
  questionsOf,
  rows,
  share,
  stepOneOf,
  wordsOf,
} from './doing.ts';
import { type Office, type OfficeOptions, openOffice } from './office.ts';
import { askedAboutCard, cards, limitOps, settled, share as shareHere, toldTo } from './outbox-steps.ts';
import { ticked } from './step-one-choices.ts';

/*
 * What was promised at Save of who sees a card, held against what Slack says at the moment it is to be posted.
 */

const OUTSIDE =
  'it is shared with another organisation, and as far as the app knows you were not told so when you saved';
const SOON =
  'it is about to be shared with another organisation, and as far as the app knows you were not told so when you saved';
const MORE = 'more people can see it than when the near-miss was saved';
const UNSAID = 'Slack does not tell the app whether it is shared with another organisation';

/** What can become of a conversation while a card for it waits. */
const becomes = ({ workspace }: Office, name: string, change: Partial<Channel>) =>
  void Object.assign(workspace.channel(name), change);

const refused = (office: Office) =>
  rows(office, "select state, why from outbox where kind = 'card'") as { state: string; why: string }[];

/** Step 1 with what Slack says of the channel: a fact of this very moment. */
async function opened(office: Office, channel: string, chosen: Chosen = {}): Promise<void> {
  const words = 'The rates were wrong';
  await openStepOne(office, 'maria', channel);
  await office.workspace.until(() => callsOf(office, 'conversations.info').at(-1)?.outcome === 'ok');
  await stepOneOf(office, 'maria', `#${channel}`);
  await fillStepOne(office, 'maria', words, chosen);
}

async function saved({ workspace }: Office): Promise<void> {
  expect((await workspace.person('maria').submit()).errors).toEqual({});
  await workspace.person('maria').close();
}

describe('a card that is posted at Save', () => {
  test.each([
    ['is shared with another organisation', { isExtShared: true }, 'payments-ops', OUTSIDE],
    ['has another organisation invited to it', { isPendingExtShared: true }, 'payments-ops', SOON],
    ['is opened to everyone, where it was for its members', { kind: 'public' }, 'finance-leads', MORE],
  ] as const)(
    'is not where its channel %s a moment before, and its reporter is told',
    async (_what, change, channel, why) => {
      const office = await openOffice();
      await opened(office, channel);
      becomes(office, channel, change);
      await saved(office);
      const told = await ephemeralOf(office, 'maria', 'Thank you.');
      expect(told.text).toBe(
        `Thank you. NM-1 is saved. The card could not be posted in #${channel}: ${why}. The near-miss is safe.`,
      );
      await settled(office);
      expect(cards(office, channel)).toEqual([]);
      expectNoComplaints(office);
    },
  );

  test.each([
    ['became private', { kind: 'private' }, 'payments-ops', 'everyone'],
    ['was opened to everyone, who may read it anyway', { kind: 'public' }, 'finance-leads', 'everyone'],
    ['was open to everyone all along, and it is for its members', {}, 'quiet', 'channel'],
  ] as const)('is where its channel %s', async (_what, change, channel, audience) => {
    const office = await openOffice();
    await opened(office, channel, { audience });
    becomes(office, channel, change);
    await saved(office);
    await settled(office);
    expect(cards(office, channel)).toEqual(['Near-miss NM-1: The rates were wrong']);
    expectNoComplaints(office);
  });

  test('is not where its channel became private without the app, and its reporter is told', async () => {
    const office = await openOffice();
    await opened(office, 'quiet');
    becomes(office, 'quiet', { kind: 'private' });
    await saved(office);
    const told = await ephemeralOf(office, 'maria', 'Thank you.');
    expect(told.text).toContain('The card could not be posted in #quiet: the app is not a member.');
    expectNoComplaints(office);
  });

  test('in a channel of which its reporter was told that outsiders read there is posted for them', async () => {
    const office = await openOffice({
      channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true }],
    });
    await openStepOne(office, 'maria', 'with-partner', 'nothing posted now');
    await fillStepOne(office, 'maria', 'The rates were wrong', { card: true });
    await saved(office);
    await settled(office);
    expect(cards(office, 'with-partner')).toEqual(['Near-miss NM-1: The rates were wrong']);
    expectNoComplaints(office);
  });

  test.each([
    ['posts it when Slack says so', {}, ['Near-miss NM-1: The rates were wrong']],
    ['does not post it where it is shared by then', { isExtShared: true }, []],
  ] as const)('waits while Slack does not say what its channel is, and %s', async (_what, change, posted) => {
    const office = await openOffice();
    await opened(office, 'payments-ops');
    const silent = office.workspace.faults.on(
      'conversations.info',
      { kind: 'http', status: 503 },
      { times: Number.POSITIVE_INFINITY },
    );
    becomes(office, 'payments-ops', change);
    await saved(office);
    await expect
      .poll(() => refused(office))
      .toEqual([{ state: 'pending', why: 'Slack did not say where it would go' }]);
    expect(cards(office)).toEqual([]);
    silent.remove();
    await settled(office);
    expect(cards(office)).toEqual(posted);
    expectNoComplaints(office);
  });

  test('comes as late as Slack wants to be asked', async () => {
    const office = await openOffice();
    await opened(office, 'payments-ops');
    const limited = office.workspace.faults.on('conversations.info', { kind: 'rate_limit', retryAfter: 1 });
    await saved(office);
    await limited.struck;
    await settled(office);
    expect(callsOf(office, 'conversations.info').filter(({ outcome }) => outcome !== 'ok')).toHaveLength(1);
    expect(cards(office)).toHaveLength(1);
    expectNoComplaints(office);
  });

  test('is not where Slack will never say, and its reporter is told', async () => {
    const office = await openOffice();
    await opened(office, 'payments-ops');
    office.workspace.faults.on('conversations.info', { kind: 'error', error: 'access_denied' });
    await saved(office);
    const told = await ephemeralOf(office, 'maria', 'Thank you.');
    expect(told.text).toContain(`The card could not be posted in #payments-ops: ${UNSAID}.`);
    expectNoComplaints(office);
  });
});

describe('a card that waits', () => {
  test('for Slack is not posted where its channel became shared meanwhile, and its reporter hears it once', async () => {
    const office = await openOffice();
    const limited = limitOps(office);
    await shareHere(office, 'maria', 'payments-ops', 'The rates were wrong');
    await limited.struck;
    becomes(office, 'payments-ops', { isExtShared: true });
    limited.remove();
    await settled(office);
    expect(refused(office)).toEqual([{ state: 'refused', why: 'shared_outside' }]);
    expect(cards(office)).toEqual([]);
    const said = toldTo(office, 'maria').filter((told) => told.includes(OUTSIDE));
    expect(said).toHaveLength(1);
    expectNoComplaints(office);
  });

  test('to be posted again is not where its channel became shared meanwhile, and who pressed it hears', async () => {
    const office = await openOffice();
    const question = await askedAboutCard(office);
    becomes(office, 'payments-ops', { isExtShared: true });
    await office.workspace.person('maria').press(placeOf(question), 'post_again');
    const told = await dmOf(office, 'maria', 'could not be posted');
    expect(told.text).toBe(
      `About NM-1. The card could not be posted in #payments-ops: ${OUTSIDE}. The near-miss is safe.`,
    );
    // The first one stands: it was taken before.
    expect(cards(office)).toHaveLength(1);
    expectNoComplaints(office);
  });

  test('through a restart keeps what was promised, either way', async () => {
    const office = await openOffice({
      channels: [
        { name: 'payments-ops', members: ['maria', 'jon'], app: true },
        { name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true },
      ],
    });
    const limited = office.workspace.faults.on(
      'chat.postMessage',
      { kind: 'rate_limit', retryAfter: 1 },
      { times: Number.POSITIVE_INFINITY },
    );
    await shareHere(office, 'maria', 'payments-ops', 'For us');
    await openStepOne(office, 'jon', 'with-partner', 'nothing posted now');
    await fillStepOne(office, 'jon', 'For them as well', { card: true });
    expect((await office.workspace.person('jon').submit()).errors).toEqual({});
    await office.workspace.person('jon').close();
    becomes(office, 'payments-ops', { isExtShared: true });
    limited.remove();
    await office.restart();
    await settled(office);
    expect(cards(office)).toEqual([]);
    expect(cards(office, 'with-partner')).toEqual(['Near-miss NM-2: For them as well']);
    expectNoComplaints(office);
  });
});

describe('where Slack may not tell the app what a conversation is', () => {
  const declined: OfficeOptions = { decline: ['groups:read'] };

  test('a card is not ticked, and ticking it says who may see it, and it is posted', async () => {
    const office = await openOffice(declined);
    const view = await openStepOne(office, 'maria', 'finance-leads', 'nothing posted now');
    expect(questionsOf(view)).toContain('Post a short card');
    expect(ticked(view)).toBe(false);
    await fillStepOne(office, 'maria', 'The rates were wrong', { card: true });
    expect(wordsOf(await stepOneOf(office, 'maria', 'with a card in this conversation'))).toContain(
      'This conversation may be shared with another organisation, which the app cannot find out. If it is, people there will see the card.',
    );
    await saved(office);
    await settled(office);
    expect(cards(office, 'finance-leads')).toHaveLength(1);
    expectNoComplaints(office);
  });

  test('a card of which nobody could say so before Save is not posted', async () => {
    const office = await openOffice(declined);
    const asked = office.workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
    await openStepOne(office, 'maria', 'finance-leads');
    await asked.struck;
    await fillStepOne(office, 'maria', 'The rates were wrong');
    await saved(office);
    asked.release();
    const told = await ephemeralOf(office, 'maria', 'Thank you.');
    expect(told.text).toContain(`The card could not be posted in this conversation: ${UNSAID}.`);
    expect(cards(office, 'finance-leads')).toEqual([]);
    expectNoComplaints(office);
  });
});

test('what is said before Save of a channel that is about to be shared', async () => {
  const office = await openOffice({
    channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isPendingExtShared: true }],
  });
  const view = await openStepOne(office, 'maria', 'with-partner', 'nothing posted now');
  expect(ticked(view)).toBe(false);
  await fillStepOne(office, 'maria', 'The rates were wrong', { card: true, audience: 'channel' });
  expect(wordsOf(await stepOneOf(office, 'maria', 'with a card in #with-partner'))).toContain(
    '#with-partner is about to be shared with another organisation. People there will see the card.',
  );
  await saved(office);
  await settled(office);
  expect(cards(office, 'with-partner')).toHaveLength(1);
  expectNoComplaints(office);
});

test('of one under Nobody for everyone nothing is kept of where it came from, not even that', async () => {
  const office = await openOffice({
    channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true }],
  });
  await share(office, 'maria', 'The rates were wrong', { channel: 'with-partner', tier: 'unattributed' });
  expect(rows(office, 'select channel_id, card_for_outsiders from near_misses')).toEqual([
    { channel_id: null, card_for_outsiders: 0 },
  ]);
  expectNoComplaints(office);
});
