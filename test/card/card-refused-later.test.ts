import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import { type BotOnAStore, botOnAStore } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { shareAndSkip } from '../support/capture.ts';
import { botWithDigest } from '../support/digest.ts';
import { MONDAY } from '../support/preview.ts';
import { dmOf, ephemeralOf, placeOf, said } from '../support/screen.ts';

/** What the app wrote to somebody about a card, in the order it came. */
const aboutCards = ({ workspace }: Pick<BotOnAStore, 'workspace'>, who: string) =>
  workspace
    .person(who)
    .dm()
    .map(({ text }) => text)
    .filter((text) => text.includes('card'));

/** Somebody shares something with its card in #payments-ops; the end of the capture was seen. */
async function shareWithCard({ storage, app, workspace, clock }: BotOnAStore): Promise<void> {
  const { id, name } = workspace.channel('payments-ops');
  const submission = {
    id: randomUUID(),
    teamId: app.identity.teamId,
    personId: workspace.person('maria').id,
    summary: 'The rates were wrong',
    tier: 'named' as const,
    audience: 'everyone' as const,
    wantsCard: true,
    conversation: { id, name, kind: 'public' as const },
    stewards: [],
  };
  await storage.nearMisses.capture(toCapture(submission, clock.now()), clock.now(), clock.now());
}

const REFUSED =
  'About NM-1. The card could not be posted in #payments-ops: posting is restricted. The near-miss is safe.';

test('after its confirmation said that the card follows, its reporter hears that it does not, once', async () => {
  const bot = await botOnAStore();
  const toOps = ({ channel }: { channel?: unknown }) => channel === bot.workspace.channel('payments-ops').id;
  const { faults } = bot.workspace;
  faults.on('chat.postMessage', { kind: 'rate_limit', retryAfter: 60 }, { matching: toOps });
  faults.on('chat.postMessage', { kind: 'error', error: 'restricted_action' }, { matching: toOps });
  await shareWithCard(bot);
  await bot.drain();
  expect(aboutCards(bot, 'maria')).toEqual([
    expect.stringContaining('Its card will follow as soon as Slack accepts it.'),
    REFUSED,
  ]);
});

test('while its confirmation is still to come that one says it, and nothing else does', async () => {
  const bot = await botOnAStore();
  bot.workspace.faults.on('chat.postMessage', { kind: 'error', error: 'restricted_action' });
  await shareWithCard(bot);
  await bot.drain();
  expect(aboutCards(bot, 'maria')).toEqual([
    expect.stringContaining('The card could not be posted in #payments-ops: posting is restricted.'),
  ]);
});

test('of what was withdrawn meanwhile nothing is said', async () => {
  const bot = await botOnAStore();
  const { faults } = bot.workspace;
  await shareWithCard(bot);
  faults.on('chat.postMessage', { kind: 'drop', when: 'before' });
  faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await bot.drain();
  const { teamId } = bot.app.identity;
  const { id: nearMissId = '' } = (await bot.storage.nearMisses.byNumber(teamId, 1)) ?? {};
  const answered = { teamId, nearMissId, answer: 'post_again', now: bot.clock.now() } as const;
  await bot.storage.outbox.answerAsked(answered);
  faults.on('chat.postMessage', { kind: 'error', error: 'restricted_action' });
  while ((await bot.storage.outbox.cardDelivery(teamId, nearMissId)).state !== 'refused') await bot.step();
  await bot.withdraw(nearMissId);
  const before = aboutCards(bot, 'maria');
  await bot.drain();
  expect(aboutCards(bot, 'maria')).toEqual(before);
});

test('*Post it again* and refused: the person who pressed it is told', async () => {
  const bot = await botOnTheWire();
  bot.workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'before' });
  bot.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await shareAndSkip(bot, 'maria', 'The rates were wrong');
  const question = await dmOf(bot, 'maria', 'Is it there?');
  Object.assign(bot.workspace.channel('payments-ops'), { isPostingRestricted: true });
  await bot.workspace.person('maria').press(placeOf(question), 'post_again');
  expect(said(await dmOf(bot, 'maria', 'could not be posted'))).toBe(`${REFUSED}\n${REFUSED}`);
  expectNoComplaints(bot);
});

/** Monday comes, and #ledger takes nothing any more. */
async function mondayWithoutLedger(bot: BotOnTheWire): Promise<void> {
  Object.assign(bot.workspace.channel('ledger'), { isArchived: true });
  await bot.goTo(MONDAY);
}

test('only the stewards: a card promised for Monday and refused on Monday', async () => {
  const bot = await botWithDigest();
  await shareAndSkip(bot, 'maria', 'a quiet one', {
    channel: 'ledger',
    audience: 'channel',
    tier: 'confidential',
  });
  await ephemeralOf(bot, 'maria', 'Thank you.');
  await mondayWithoutLedger(bot);
  const told = await dmOf(bot, 'maria', 'could not be posted');
  expect(told.text).toBe(
    'About NM-1. The card could not be posted in #ledger: the channel is archived. The near-miss is safe.',
  );
  expect(bot.workspace.person('jon').dm()).toEqual([]);
  expectNoComplaints(bot);
});
