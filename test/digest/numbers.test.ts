import { expect, test } from 'vitest';
import { type BotOnAStore, botOnAStore, DAY, HOUR, SUNDAY } from '../support/bot-on-a-store.ts';
import { digestsIn } from '../support/digest.ts';
import { said } from '../support/screen.ts';

const MONDAY = SUNDAY + 21.5 * HOUR;

async function goTo(bot: BotOnAStore, at: number): Promise<void> {
  bot.clock.advance(at - bot.clock.now());
  await bot.tend();
  await bot.drain();
}

const numberOf = async ({ storage, app }: BotOnAStore, id: string) =>
  (await storage.nearMisses.byId(app.identity.teamId, id))?.number;

const repliesOf = (bot: BotOnAStore, at: number) => digestsIn(bot)[at]?.replies.map(({ text }) => text);

test('told with a name and then under Nobody: it is told without one, and numbered with those of the next digest', async () => {
  const bot = await botOnAStore();
  const alpha = await bot.share('Alpha words');
  await bot.share('Beta words', { answers: { practice: 'Do beta' } });
  await goTo(bot, MONDAY);
  await bot.change(alpha, { tier: 'unattributed' });
  await bot.drain();
  expect(await numberOf(bot, alpha)).toBeUndefined();
  expect(repliesOf(bot, 0)).toEqual(['NM-2: Beta words', 'A near-miss: Alpha words']);
  await bot.share('Gamma words', {}, { tier: 'unattributed' });
  await goTo(bot, MONDAY + 7 * DAY);
  // The last to come is the first to be numbered: the bot shuffles by turning around.
  expect(repliesOf(bot, 1)).toEqual(['NM-4: Gamma words']);
  expect(await numberOf(bot, alpha)).toBe(3);
  expect(repliesOf(bot, 0)).toEqual(['NM-2: Beta words', 'NM-3: Alpha words']);
});

test('a line of the parent about one that has no number just now has no empty brackets', async () => {
  const bot = await botOnAStore();
  const alpha = await bot.share('Alpha words');
  await goTo(bot, MONDAY);
  await bot.change(alpha, { tier: 'unattributed' });
  await bot.drain();
  const [digest] = digestsIn(bot);
  expect(digest && said(digest.parent)).toContain('Alpha words');
  expect(digest && said(digest.parent)).not.toContain('(');
});

test('one under Nobody that is older than the first digest goes back is numbered when that one comes', async () => {
  const bot = await botOnAStore({ startsAt: SUNDAY - 21 * DAY });
  const old = await bot.share('From long ago', {}, { tier: 'unattributed' });
  const digest = { ...bot.settings, since: SUNDAY, setUpAt: SUNDAY };
  bot.clock.advance(SUNDAY - bot.clock.now());
  await bot.storage.workspaces.change(bot.app.identity.teamId, { digest });
  await bot.share('Of this week', {}, { tier: 'unattributed' });
  await goTo(bot, MONDAY);
  expect(repliesOf(bot, 0)).toEqual(['NM-2: Of this week']);
  expect(await numberOf(bot, old)).toBe(1);
  await goTo(bot, MONDAY + 7 * DAY);
  expect(await numberOf(bot, old)).toBe(1);
});

test('of one that came today nothing is numbered, whatever it was in', async () => {
  const bot = await botOnAStore();
  bot.clock.advance(MONDAY - HOUR - bot.clock.now());
  const alpha = await bot.share('Alpha words');
  await goTo(bot, MONDAY);
  await bot.change(alpha, { tier: 'unattributed' });
  const again = { ...bot.settings, minutes: bot.settings.minutes + 60 };
  await bot.storage.workspaces.change(bot.app.identity.teamId, { digest: again });
  await goTo(bot, MONDAY + 2 * HOUR);
  expect(await numberOf(bot, alpha)).toBeUndefined();
  await goTo(bot, MONDAY + 8 * DAY);
  expect(await numberOf(bot, alpha)).toBe(2);
});

test('one that becomes Nobody’s while stewards look at it is told under its number', async () => {
  const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
  const alpha = await bot.share('Alpha words');
  await goTo(bot, MONDAY - HOUR);
  await bot.change(alpha, { tier: 'unattributed' });
  await goTo(bot, MONDAY);
  expect(await numberOf(bot, alpha)).toBe(2);
  expect(repliesOf(bot, 0)).toEqual(['NM-2: Alpha words']);
});
