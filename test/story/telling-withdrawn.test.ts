import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openStorage } from '../../src/storage/storage.ts';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { share, shareAndSkip } from '../support/capture.ts';
import { rows, waitingIn } from '../support/database.ts';
import { ephemeralOf, modalOf, typedIn, wordsOf } from '../support/screen.ts';
import { openChange, tellAbout } from '../support/story.ts';

describe('once it is withdrawn', () => {
  const WITHDRAWN =
    'This near-miss was withdrawn, so your words were not saved. They are still here: copy them if you would like to share them again.';

  /** As from another device, while a modal is open on this one. */
  const withdrawOutside = (bot: BotOnTheWire) => setWithdrawn(bot, '1');

  function setWithdrawn({ config }: BotOnTheWire, at: string) {
    const sqlite = new SQLite(config.databasePath);
    sqlite.exec(`update near_misses set withdrawn_at = ${at}`);
    sqlite.close();
  }

  /** By another process of the app. */
  async function withdrawWaiting(bot: BotOnTheWire) {
    const storage = openStorage(bot.config.databasePath, randomUUID);
    for (const { id, teamId } of waitingIn(bot)) await storage.nearMisses.withdraw({ id, teamId, now: 1 });
    await storage.close();
  }

  async function withdrawn(bot: BotOnTheWire) {
    const maria = bot.workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'not for anyone after all');
    const { channel, ts } = await ephemeralOf(bot, 'maria', 'Thank you.');
    await openChange(bot, 'maria');
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Withdraw');
    return { place: { channel, ts }, withdraw: () => maria.press('view', 'withdraw') };
  }

  test('buttons that are still on the screen say that it was', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    const { place, withdraw } = await withdrawn(bot);
    await withdraw();
    await modalOf(bot, 'maria', 'Edit or withdraw', 'NM-1 is withdrawn.');
    await maria.close();
    await maria.press(place, 'tell_more');
    await modalOf(bot, 'maria', 'Tell more', 'NM-1 was withdrawn. Its words have been removed.');
    await maria.close();
    await maria.press(place, 'who_can_see');
    const view = await modalOf(bot, 'maria', 'Who can see this', 'NM-1 was withdrawn.');
    expect(wordsOf(view)).toBe('NM-1 was withdrawn. Its words have been removed.');
    expectNoComplaints(bot);
  });

  test('words that were being written stay on the screen, with what became of the near-miss', async () => {
    const bot = await botOnTheWire();
    const jon = bot.workspace.person('jon');
    const { withdraw } = await withdrawn(bot);
    await tellAbout(bot, 'jon', 'users', 'Who we were protecting');
    await jon.change('view', 'protecting', 'too late');
    await withdraw();
    const sent = await jon.submit();
    expect(sent.errors).toEqual({ protecting: WITHDRAWN });
    expect(typedIn(jon.view(), 'protecting')).toBe('too late');
    expect(rows(bot, 'select * from answers')).toEqual([]);
    expectNoComplaints(bot);
  });

  test.each([
    ['step 2', 'saves', 'closeness'],
    ['step 2 of somebody without a name', 'saves', 'closeness'],
  ])('what is told in %s stays on the screen too', async (step, box, other) => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'told too late', step === 'step 2' ? {} : { tier: 'unattributed' });
    if (step === 'step 2') withdrawOutside(bot);
    else await withdrawWaiting(bot);
    await maria.change('view', other, 'an hour');
    expect((await maria.submit()).errors).toEqual({ [box]: WITHDRAWN });
    expect(typedIn(maria.view(), other)).toBe('an hour');
    expectNoComplaints(bot);
  });

  test('first words that are changed, and who can see it, are answered alike', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await withdrawn(bot);
    for (const [pick, title, box] of [
      ['edit_words', 'Edit my words', 'summary'],
      ['change_who_can_see', 'Who can see this', 'tier'],
    ] as const) {
      await maria.press('view', pick);
      await modalOf(bot, 'maria', title, box);
      withdrawOutside(bot);
      expect((await maria.submit()).errors).toEqual({ [box]: WITHDRAWN });
      await maria.close();
      setWithdrawn(bot, 'null');
    }
    expectNoComplaints(bot);
  });
});
