import { describe, expect, it } from 'vitest';
import { digestWorkOf } from '../../src/slack/digest/digest-channel.ts';
import { freezeFor } from '../../src/slack/digest/tend-digest.ts';
import {
  anotherProcess,
  lookAt as at,
  botOnAStore,
  DAY,
  HOUR,
  MINUTE,
  SLOT,
  SUNDAY,
} from '../support/bot-on-a-store.ts';
import { digestsIn, digestTitles } from '../support/digest.ts';
import { changeDigest, definitionOf } from '../support/digest-on-a-store.ts';
import { dmsOf } from '../support/screen.ts';
import { emptyDatabase } from '../support/workspace.ts';

describe('after the app was away, exactly one digest comes, and says the dates it covers', () => {
  it.each([
    ['not away', 0, '12 to 18 October: 1 story'],
    ['an hour', HOUR, '12 to 18 October: 1 story'],
    ['a week', 7 * DAY, '12 to 25 October: 1 story'],
    ['a month', 30 * DAY, '12 October to 17 November: 1 story'],
  ])('%s', async (_away, away, words) => {
    const bot = await botOnAStore({ startsAt: SUNDAY - 7 * DAY });
    await bot.share('The week before');
    await at(bot, SLOT - 7 * DAY);
    await bot.share('This week');
    await at(bot, SLOT + away);
    for (let minutes = 1; minutes < 5; minutes += 1) await at(bot, SLOT + away + minutes * MINUTE);
    expect(digestTitles(bot)).toEqual(['5 to 11 October: 1 story', words]);
    expect(bot.workspace.complaints).toEqual([]);
  });

  it('with one that stewards had been shown before: what waited comes in the same digest', async () => {
    const bot = await botOnAStore({ digest: { previewMinutes: 60 } });
    await bot.share('Seen by the stewards');
    await at(bot, SLOT - HOUR);
    await bot.share('Shared afterwards');
    await at(bot, SLOT + 14 * DAY);
    await at(bot, SLOT + 14 * DAY + MINUTE);
    expect(digestTitles(bot)).toEqual(['12 October to 1 November: 2 stories']);
    expect(digestsIn(bot)[0]?.replies).toHaveLength(2);
    expect(dmsOf(bot, 'amira'), 'the preview went with it').toEqual([]);
  });
});

describe('the clock and the timetable', () => {
  it('the clock set back by days posts nothing again until the next week', async () => {
    const bot = await botOnAStore();
    await bot.share('One');
    await at(bot, SLOT);
    bot.clock.advance(-3 * DAY);
    await bot.share('Another');
    for (let days = 0; days < 9; days += 1) {
      await at(bot, bot.clock.now() + DAY);
      expect(digestTitles(bot)).toHaveLength(1);
    }
    await at(bot, SLOT + 7 * DAY);
    expect(digestTitles(bot)).toHaveLength(2);
  });

  it('a zone changed in the middle of the week brings no second digest in it, and the next one at the new time', async () => {
    const bot = await botOnAStore();
    await bot.share('One');
    await at(bot, SLOT);
    await changeDigest(bot, { zone: 'America/New_York' });
    await bot.share('Two');
    await at(bot, SLOT + 5 * HOUR);
    await at(bot, SLOT + 2 * DAY);
    expect(digestTitles(bot)).toHaveLength(1);
    await at(bot, SLOT + 7 * DAY);
    expect(digestTitles(bot), 'in New York it is early still').toHaveLength(1);
    await at(bot, SLOT + 7 * DAY + 4 * HOUR);
    expect(digestTitles(bot)).toHaveLength(2);
  });

  it('two processes on one file post one digest', async () => {
    const databasePath = emptyDatabase();
    const bot = await botOnAStore({ databasePath });
    const other = await anotherProcess(bot, databasePath);
    await bot.share('One');
    bot.clock.advance(SLOT - SUNDAY);
    await Promise.all([bot.tend(), other.tend(), bot.tend(), other.tend()]);
    // Time passes only while neither sends: what one holds is not the other's after a minute nobody waited.
    while ((await Promise.all([bot.step(), other.step()])).some(Boolean));
    await bot.drain();
    expect(digestTitles(bot)).toEqual(['12 to 18 October: 1 story']);
    expect(digestsIn(bot)[0]?.replies).toHaveLength(1);
  });

  it('one asked for by hand in between leaves the weekly one where it was', async () => {
    const bot = await botOnAStore();
    await bot.share('One');
    await at(bot, SLOT);
    await bot.share('Two');
    bot.clock.advance(3 * DAY);
    await freezeFor(digestWorkOf(bot.app), await definitionOf(bot), {
      state: 'published',
      publishAt: bot.clock.now(),
    });
    await bot.drain();
    await bot.share('Three');
    await at(bot, SLOT + 7 * DAY);
    expect(digestTitles(bot)).toEqual([
      '12 to 18 October: 1 story',
      '19 to 21 October: 1 story',
      '22 to 25 October: 1 story',
    ]);
  });

  it('a preview asked for when there is nothing new closes nothing', async () => {
    const bot = await botOnAStore();
    const work = digestWorkOf(bot.app);
    const slot = work.nextSlot(bot.settings, undefined);
    const none = await freezeFor(work, await definitionOf(bot), {
      slot,
      state: 'preview',
      publishAt: slot.at,
    });
    expect(none?.state).toBe('quiet');
    await bot.share('One');
    await at(bot, SLOT);
    expect(digestTitles(bot)).toEqual(['12 to 18 October: 1 story']);
  });
});

describe('a quiet week', () => {
  it('posts nothing, and is not caught up with later in the week', async () => {
    const bot = await botOnAStore();
    await at(bot, SLOT);
    await bot.share('Too late for this week');
    await at(bot, SLOT + DAY);
    expect(digestTitles(bot)).toEqual([]);
    await at(bot, SLOT + 7 * DAY);
    expect(digestTitles(bot)).toHaveLength(1);
  });

  it('or one from the archive, which is told in no other digest', async () => {
    const bot = await botOnAStore({ digest: { quietWeek: 'archive' } });
    await bot.share('One');
    await at(bot, SLOT);
    await at(bot, SLOT + 7 * DAY);
    const [, archive] = digestsIn(bot);
    expect(archive?.parent.text).toContain('From the archive: NM-1');
    expect(archive?.replies).toEqual([]);
  });
});
