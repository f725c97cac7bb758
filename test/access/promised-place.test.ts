import { describe, expect, test } from 'vitest';
import type { Channel } from '../../sandbox/state/state.ts';
import {
  type BotOnTheWire,
  type BotOptions,
  botOnTheWire,
  expectNoComplaints,
} from '../support/bot-on-the-wire.ts';
import {
  type Chosen,
  fillStepOne,
  openStepOne,
  share,
  shareInAHurry as shareHere,
  stepOneOf,
} from '../support/capture.ts';
import { rows, waitingIn } from '../support/database.ts';
import { askedAboutCard, cards, limitOps, settled, toldTo } from '../support/outbox.ts';
import { dmOf, ephemeralOf, placeOf, questionsOf, ticked, wordsOf } from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

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
const becomes = ({ workspace }: BotOnTheWire, name: string, change: Partial<Channel>) =>
  void Object.assign(workspace.channel(name), change);

const refused = (bot: BotOnTheWire) =>
  rows(bot, "select state, why from outbox where kind = 'card'") as { state: string; why: string }[];

/** Step 1 with what Slack says of the channel: a fact of this very moment. */
async function opened(bot: BotOnTheWire, channel: string, chosen: Chosen = {}): Promise<void> {
  const words = 'The rates were wrong';
  await openStepOne(bot, 'maria', channel);
  await bot.workspace.until(() => callsOf(bot, 'conversations.info').at(-1)?.outcome === 'ok');
  await stepOneOf(bot, 'maria', `#${channel}`);
  await fillStepOne(bot, 'maria', words, chosen);
}

async function saved({ workspace }: BotOnTheWire): Promise<void> {
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
      const bot = await botOnTheWire();
      await opened(bot, channel);
      becomes(bot, channel, change);
      await saved(bot);
      const told = await ephemeralOf(bot, 'maria', 'Thank you.');
      expect(told.text).toBe(
        `Thank you. NM-1 is saved. The card could not be posted in #${channel}: ${why}. The near-miss is safe.`,
      );
      await settled(bot);
      expect(cards(bot, channel)).toEqual([]);
      expectNoComplaints(bot);
    },
  );

  test.each([
    ['became private', { kind: 'private' }, 'payments-ops', 'everyone'],
    ['was opened to everyone, who may read it anyway', { kind: 'public' }, 'finance-leads', 'everyone'],
    ['was open to everyone all along, and it is for its members', {}, 'quiet', 'channel'],
  ] as const)('is where its channel %s', async (_what, change, channel, audience) => {
    const bot = await botOnTheWire();
    await opened(bot, channel, { audience });
    becomes(bot, channel, change);
    await saved(bot);
    await settled(bot);
    expect(cards(bot, channel)).toEqual(['Near-miss NM-1: The rates were wrong']);
    expectNoComplaints(bot);
  });

  test('is not where its channel became private without the app, and its reporter is told', async () => {
    const bot = await botOnTheWire();
    await opened(bot, 'quiet');
    becomes(bot, 'quiet', { kind: 'private' });
    await saved(bot);
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    expect(told.text).toContain('The card could not be posted in #quiet: the app is not a member.');
    expectNoComplaints(bot);
  });

  test('in a channel of which its reporter was told that outsiders read there is posted for them', async () => {
    const bot = await botOnTheWire({
      channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true }],
    });
    await openStepOne(bot, 'maria', 'with-partner', 'nothing posted now');
    await fillStepOne(bot, 'maria', 'The rates were wrong', { card: true });
    await saved(bot);
    await settled(bot);
    expect(cards(bot, 'with-partner')).toEqual(['Near-miss NM-1: The rates were wrong']);
    expectNoComplaints(bot);
  });

  test.each([
    ['posts it when Slack says so', {}, ['Near-miss NM-1: The rates were wrong']],
    ['does not post it where it is shared by then', { isExtShared: true }, []],
  ] as const)('waits while Slack does not say what its channel is, and %s', async (_what, change, posted) => {
    const bot = await botOnTheWire();
    await opened(bot, 'payments-ops');
    const silent = bot.workspace.faults.on(
      'conversations.info',
      { kind: 'http', status: 503 },
      { times: Number.POSITIVE_INFINITY },
    );
    becomes(bot, 'payments-ops', change);
    await saved(bot);
    await expect
      .poll(() => refused(bot))
      .toEqual([{ state: 'pending', why: 'Slack did not say where it would go' }]);
    expect(cards(bot)).toEqual([]);
    silent.remove();
    await settled(bot);
    expect(cards(bot)).toEqual(posted);
    expectNoComplaints(bot);
  });

  test('comes as late as Slack wants to be asked', async () => {
    const bot = await botOnTheWire();
    await opened(bot, 'payments-ops');
    const limited = bot.workspace.faults.on('conversations.info', { kind: 'rate_limit', retryAfter: 1 });
    await saved(bot);
    await limited.struck;
    await settled(bot);
    expect(callsOf(bot, 'conversations.info').filter(({ outcome }) => outcome !== 'ok')).toHaveLength(1);
    expect(cards(bot)).toHaveLength(1);
    expectNoComplaints(bot);
  });

  test('is not where Slack will never say, and its reporter is told', async () => {
    const bot = await botOnTheWire();
    await opened(bot, 'payments-ops');
    bot.workspace.faults.on('conversations.info', { kind: 'error', error: 'access_denied' });
    await saved(bot);
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    expect(told.text).toContain(`The card could not be posted in #payments-ops: ${UNSAID}.`);
    expectNoComplaints(bot);
  });
});

describe('a card that waits', () => {
  test('for Slack is not posted where its channel became shared meanwhile, and its reporter hears it once', async () => {
    const bot = await botOnTheWire();
    const limited = limitOps(bot);
    await shareHere(bot, 'maria', 'payments-ops', 'The rates were wrong');
    await limited.struck;
    becomes(bot, 'payments-ops', { isExtShared: true });
    limited.remove();
    await settled(bot);
    expect(refused(bot)).toEqual([{ state: 'refused', why: 'shared_outside' }]);
    expect(cards(bot)).toEqual([]);
    const said = toldTo(bot, 'maria').filter((told) => told.includes(OUTSIDE));
    expect(said).toHaveLength(1);
    expectNoComplaints(bot);
  });

  test('to be posted again is not where its channel became shared meanwhile, and who pressed it hears', async () => {
    const bot = await botOnTheWire();
    const question = await askedAboutCard(bot);
    becomes(bot, 'payments-ops', { isExtShared: true });
    await bot.workspace.person('maria').press(placeOf(question), 'post_again');
    const told = await dmOf(bot, 'maria', 'could not be posted');
    expect(told.text).toBe(
      `About NM-1. The card could not be posted in #payments-ops: ${OUTSIDE}. The near-miss is safe.`,
    );
    // The first one stands: it was taken before.
    expect(cards(bot)).toHaveLength(1);
    expectNoComplaints(bot);
  });

  test('through a restart keeps what was promised, either way', async () => {
    const bot = await botOnTheWire({
      channels: [
        { name: 'payments-ops', members: ['maria', 'jon'], app: true },
        { name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true },
      ],
    });
    const limited = bot.workspace.faults.on(
      'chat.postMessage',
      { kind: 'rate_limit', retryAfter: 1 },
      { times: Number.POSITIVE_INFINITY },
    );
    await shareHere(bot, 'maria', 'payments-ops', 'For us');
    await openStepOne(bot, 'jon', 'with-partner', 'nothing posted now');
    await fillStepOne(bot, 'jon', 'For them as well', { card: true });
    expect((await bot.workspace.person('jon').submit()).errors).toEqual({});
    await bot.workspace.person('jon').close();
    becomes(bot, 'payments-ops', { isExtShared: true });
    limited.remove();
    await bot.restart();
    await settled(bot);
    expect(cards(bot)).toEqual([]);
    expect(cards(bot, 'with-partner')).toEqual(['Near-miss NM-2: For them as well']);
    expectNoComplaints(bot);
  });
});

describe('where Slack may not tell the app what a conversation is', () => {
  const declined: BotOptions = { decline: ['groups:read'] };

  test('a card is not ticked, and ticking it says who may see it, and it is posted', async () => {
    const bot = await botOnTheWire(declined);
    const view = await openStepOne(bot, 'maria', 'finance-leads', 'nothing posted now');
    expect(questionsOf(view)).toContain('Post a short card');
    expect(ticked(view)).toBe(false);
    await fillStepOne(bot, 'maria', 'The rates were wrong', { card: true });
    expect(wordsOf(await stepOneOf(bot, 'maria', 'with a card in this conversation'))).toContain(
      'This conversation may be shared with another organisation, which the app cannot find out. If it is, people there will see the card.',
    );
    await saved(bot);
    await settled(bot);
    expect(cards(bot, 'finance-leads')).toHaveLength(1);
    expectNoComplaints(bot);
  });

  test('a card of which nobody could say so before Save is not posted', async () => {
    const bot = await botOnTheWire(declined);
    const asked = bot.workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
    await openStepOne(bot, 'maria', 'finance-leads');
    await asked.struck;
    await fillStepOne(bot, 'maria', 'The rates were wrong');
    await saved(bot);
    asked.release();
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    expect(told.text).toContain(`The card could not be posted in this conversation: ${UNSAID}.`);
    expect(cards(bot, 'finance-leads')).toEqual([]);
    expectNoComplaints(bot);
  });
});

test('what is said before Save of a channel that is about to be shared', async () => {
  const bot = await botOnTheWire({
    channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isPendingExtShared: true }],
  });
  const view = await openStepOne(bot, 'maria', 'with-partner', 'nothing posted now');
  expect(ticked(view)).toBe(false);
  await fillStepOne(bot, 'maria', 'The rates were wrong', { card: true, audience: 'channel' });
  expect(wordsOf(await stepOneOf(bot, 'maria', 'with a card in #with-partner'))).toContain(
    '#with-partner is about to be shared with another organisation. People there will see the card.',
  );
  await saved(bot);
  await settled(bot);
  expect(cards(bot, 'with-partner')).toHaveLength(1);
  expectNoComplaints(bot);
});

test('of one under Nobody for everyone nothing is kept of where it came from, not even that', async () => {
  const bot = await botOnTheWire({
    channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true }],
  });
  await share(bot, 'maria', 'The rates were wrong', { channel: 'with-partner', tier: 'unattributed' });
  const [waiting] = waitingIn(bot);
  expect(waiting).toMatchObject({ summary: 'The rates were wrong' });
  for (const part of ['conversation', 'cardForOutsiders']) expect(waiting).not.toHaveProperty(part);
  expectNoComplaints(bot);
});
