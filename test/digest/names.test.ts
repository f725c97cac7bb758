import { describe, expect, test } from 'vitest';
import { anotherProcess, type BotOnAStore, botOnAStore, DAY, HOUR } from '../support/bot-on-a-store.ts';
import { digestsIn } from '../support/digest.ts';
import { said } from '../support/screen.ts';
import { emptyDatabase } from '../support/workspace.ts';

/** A Monday. */
const SLOT = Date.UTC(2026, 9, 19, 9, 30);

async function at(bot: BotOnAStore, when: number): Promise<void> {
  bot.clock.advance(when - bot.clock.now());
  await bot.tend();
  await bot.drain();
}

const noNames = ({ workspace }: BotOnAStore) =>
  workspace.faults.on('users.info', { kind: 'http', status: 503 }, { times: Number.POSITIVE_INFINITY });

const wordsIn = (bot: BotOnAStore) =>
  digestsIn(bot)
    .flatMap(({ parent, replies }) => [parent, ...replies])
    .map(said)
    .join('\n');

describe('who shared it stands under a story', () => {
  test('from the archive', async () => {
    const bot = await botOnAStore({ digest: { quietWeek: 'archive' } });
    await bot.share('The rates were wrong');
    await at(bot, SLOT);
    await at(bot, SLOT + 7 * DAY);
    const [, archive] = digestsIn(bot);
    expect(archive && said(archive.parent)).toContain('Shared by Maria Lopez · Sunday 18 October');
  });

  test('of a preview whose digest came late, with those of the next week', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('The rates were wrong');
    await at(bot, SLOT - HOUR);
    await at(bot, SLOT + 7 * DAY);
    expect(digestsIn(bot)).toHaveLength(1);
    expect(wordsIn(bot)).toContain('The rates were wrong');
    expect(wordsIn(bot)).toContain('Shared by Maria Lopez · Sunday 18 October');
  });

  test('where Slack says no name when it is due: a minute later, and not without it', async () => {
    const bot = await botOnAStore();
    await bot.share('The rates were wrong');
    const silent = noNames(bot);
    bot.clock.advance(SLOT - bot.clock.now());
    await bot.tend();
    // The parent, and a second later the story that waits for its name.
    while (await bot.step());
    bot.clock.advance(2000);
    while (await bot.step());
    expect(digestsIn(bot).map(({ replies }) => replies)).toEqual([[]]);
    silent.remove();
    await at(bot, SLOT + 60_000);
    expect(wordsIn(bot)).toContain('Shared by Maria Lopez · Sunday 18 October');
    expect(digestsIn(bot)).toHaveLength(1);
  });

  test('after a press that is counted while Slack says no name', async () => {
    const databasePath = emptyDatabase();
    const bot = await botOnAStore({ databasePath });
    const nearMissId = await bot.share('The rates were wrong');
    await at(bot, SLOT);
    const restarted = await anotherProcess(bot, databasePath);
    const silent = noNames(restarted);
    const { teamId } = bot.app.identity;
    const personId = bot.workspace.person('jon').id;
    const press = { teamId, nearMissId, personId, press: 'learned' as const, now: bot.clock.now() };
    await restarted.storage.presses.press(press);
    bot.clock.advance(2000);
    while (await restarted.step());
    expect(wordsIn(bot)).toContain('Shared by Maria Lopez');
    silent.remove();
    await restarted.drain();
    expect(wordsIn(bot)).toContain('I learned something (1)');
    expect(wordsIn(bot)).toContain('Shared by Maria Lopez');
  });
});
