import { expect, test } from 'vitest';
import type { Channel } from '../../sandbox/state/state.ts';
import { DAY } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { fillStepOne, openStepOne, shareAndSkip, stepOneOf } from '../support/capture.ts';
import { botWithDigest, publishNow, setUpDigest } from '../support/digest.ts';
import { cards, settled } from '../support/outbox.ts';
import { MONDAY } from '../support/preview.ts';
import { cardIn, dmOf, ephemeralOf, modalOf, placeOf, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { tell } from '../support/story.ts';

/*
 * Cards that wait for the digest: what was promised days before, held against what Slack says when they are posted.
 */

const quiet = { channel: 'ledger', audience: 'channel', tier: 'confidential' } as const;

const becomes = ({ workspace }: BotOnTheWire, name: string, change: Partial<Channel>) =>
  void Object.assign(workspace.channel(name), change);

/** The digest is posted by hand, after the app knew for certain that nobody else was in #ledger. */
async function digestComes(bot: BotOnTheWire, change: Partial<Channel>): Promise<void> {
  await tell(bot, 'sam', 'the phones were dead at night');
  await bot.goTo(MONDAY - DAY);
  await openStepOne(bot, 'maria', 'ledger');
  await stepOneOf(bot, 'maria', '#ledger');
  await bot.workspace.person('maria').close();
  becomes(bot, 'ledger', change);
  await publishNow(bot, 'jon');
}

test.each([
  [
    { isExtShared: true },
    'it is shared with another organisation, and as far as the app knows you were not told so when you saved',
  ],
  [
    { isPendingExtShared: true },
    'it is about to be shared with another organisation, and as far as the app knows you were not told so when you saved',
  ],
  [{ kind: 'public' }, 'more people can see it than when the near-miss was saved'],
] as const)(
  'only the stewards: a card is not posted by then (%o), and its reporter hears why',
  async (change, why) => {
    const bot = await botWithDigest();
    await shareAndSkip(bot, 'maria', 'a quiet one', quiet);
    await digestComes(bot, change);
    const told = await dmOf(bot, 'maria', 'could not be posted');
    expect(told.text).toBe(
      `About NM-2. The card could not be posted in #ledger: ${why}. The near-miss is safe.`,
    );
    await settled(bot);
    expect(cards(bot, 'ledger')).toEqual([]);
    expectNoComplaints(bot);
  },
);

test('nobody: such a card waits for the stewards, and comes when one tries again after it was mended', async () => {
  const bot = await botWithDigest();
  const { workspace } = bot;
  await shareAndSkip(bot, 'maria', 'a quiet one', { ...quiet, tier: 'unattributed' });
  await digestComes(bot, { isExtShared: true });
  const jon = workspace.person('jon');
  const letter = () => wordsOf(jon.home()).split('For stewards\n')[1] ?? '';
  await workspace.until(() => letter().includes('A card'), { what: 'a letter to Jon' });
  expect(letter()).toBe(
    'A card could not be posted in #ledger: it is shared with another organisation.\nTry again\nLet it go',
  );
  expect(letter()).not.toContain('quiet one');
  await jon.press('home', 'try_letter_again');
  await settled(bot);
  expect(cards(bot, 'ledger')).toEqual([]);
  becomes(bot, 'ledger', { isExtShared: false });
  await workspace.until(() => letter().includes('A card'), { what: 'the letter again' });
  await jon.press('home', 'try_letter_again');
  await cardIn(bot, 'ledger', 'jon', 'a quiet one');
  expect(workspace.person('maria').dm()).toEqual([]);
  expectNoComplaints(bot);
});

test('a card for a channel of which was said that outsiders read there is posted', async () => {
  const bot = await botWithDigest();
  await openStepOne(bot, 'maria', 'partners', 'nothing posted now');
  await fillStepOne(bot, 'maria', 'a quiet one', quiet);
  const words = wordsOf(bot.workspace.person('maria').view());
  expect(words).toContain('#partners is shared with another organisation. People there will see the card.');
  expect((await bot.workspace.person('maria').submit()).errors).toEqual({});
  await bot.workspace.person('maria').close();
  await bot.goTo(MONDAY);
  await cardIn(bot, 'partners', 'jon', 'a quiet one');
  expectNoComplaints(bot);
});

test('a card is not posted for outsiders where Save said that nothing is', async () => {
  const bot = await botOnTheWire();
  await chooseStewards(bot, 'jon', ['jon', 'amira']);
  await openStepOne(bot, 'maria', 'partners', 'nothing posted now');
  await fillStepOne(bot, 'maria', 'a quiet one', quiet);
  const words = wordsOf(bot.workspace.person('maria').view());
  expect(words).toContain('Nothing is posted. People find it in the app.');
  expect((await bot.workspace.person('maria').submit()).errors).toEqual({});
  await bot.workspace.person('maria').close();
  await setUpDigest(bot, 'jon');
  await bot.goTo(MONDAY);
  await dmOf(bot, 'maria', 'The card could not be posted in #partners: it is shared with another');
  expect(cards(bot, 'partners')).toEqual([]);
  expectNoComplaints(bot);
});

test('became private, it is posted', async () => {
  const bot = await botWithDigest();
  await shareAndSkip(bot, 'maria', 'a quiet one', { ...quiet, channel: 'payments-ops' });
  becomes(bot, 'payments-ops', { kind: 'private' });
  await bot.goTo(MONDAY);
  await cardIn(bot, 'payments-ops', 'jon', 'a quiet one');
  expectNoComplaints(bot);
});

test.each([
  [{ isExtShared: true }, '#ledger is shared with another organisation'],
  [{ kind: 'public' }, 'more people can see #ledger than when the near-miss was saved'],
] as const)('*Who can see this* promises no card where none will be posted (%o)', async (change, why) => {
  const bot = await botWithDigest();
  await shareAndSkip(bot, 'maria', 'a quiet one', quiet);
  const told = await ephemeralOf(bot, 'maria', 'It first appears in #ledger on Monday 20 October.');
  becomes(bot, 'ledger', change);
  await bot.restart();
  const maria = bot.workspace.person('maria');
  await maria.press(placeOf(told), 'who_can_see');
  const words = wordsOf(await modalOf(bot, 'maria', 'Who can see this', '#ledger'));
  expect(words).toContain(`Nothing is posted, because ${why}.`);
  expect(words).not.toMatch(/A card goes|will see the card/);
  expectNoComplaints(bot);
});
