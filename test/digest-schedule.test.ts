import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freezeFor } from '../src/digest.ts';
import { digestWorkOf } from '../src/slack/digest-room.ts';
import { change, dmsOf, MINUTE, titles } from './desk-steps.ts';
import { anotherDesk, lookAt as at, DAY, digestsIn, HOUR, openDesk, SLOT, SUNDAY } from './digest-desk.ts';
import { temporaryFolder } from './office.ts';

describe('after the app was away, exactly one digest comes, and says the dates it covers', () => {
  it.each([
    ['not away', 0, '12 to 18 October: 1 story'],
    ['an hour', HOUR, '12 to 18 October: 1 story'],
    ['a week', 7 * DAY, '12 to 25 October: 1 story'],
    ['a month', 30 * DAY, '12 October to 17 November: 1 story'],
  ])('%s', async (_away, away, words) => {
    const desk = await openDesk({ startsAt: SUNDAY - 7 * DAY });
    await desk.share('The week before');
    await at(desk, SLOT - 7 * DAY);
    await desk.share('This week');
    await at(desk, SLOT + away);
    for (let minutes = 1; minutes < 5; minutes += 1) await at(desk, SLOT + away + minutes * MINUTE);
    expect(titles(desk)).toEqual(['5 to 11 October: 1 story', words]);
    expect(desk.workspace.complaints).toEqual([]);
  });

  it('with one that stewards had been shown before: what waited comes in the same digest', async () => {
    const desk = await openDesk({ digest: { previewMinutes: 60 } });
    await desk.share('Seen by the stewards');
    await at(desk, SLOT - HOUR);
    await desk.share('Shared afterwards');
    await at(desk, SLOT + 14 * DAY);
    await at(desk, SLOT + 14 * DAY + MINUTE);
    expect(titles(desk)).toEqual(['12 October to 1 November: 2 stories']);
    expect(digestsIn(desk)[0]?.replies).toHaveLength(2);
    expect(dmsOf(desk, 'amira'), 'the preview went with it').toEqual([]);
  });
});

describe('the clock and the timetable', () => {
  it('the clock set back by days posts nothing again until the next week', async () => {
    const desk = await openDesk();
    await desk.share('One');
    await at(desk, SLOT);
    desk.clock.advance(-3 * DAY);
    await desk.share('Another');
    for (let days = 0; days < 9; days += 1) {
      await at(desk, desk.clock.now() + DAY);
      expect(titles(desk)).toHaveLength(1);
    }
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toHaveLength(2);
  });

  it('a zone changed in the middle of the week brings no second digest in it, and the next one at the new time', async () => {
    const desk = await openDesk();
    await desk.share('One');
    await at(desk, SLOT);
    await change(desk, { zone: 'America/New_York' });
    await desk.share('Two');
    await at(desk, SLOT + 5 * HOUR);
    await at(desk, SLOT + 2 * DAY);
    expect(titles(desk)).toHaveLength(1);
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk), 'in New York it is early still').toHaveLength(1);
    await at(desk, SLOT + 7 * DAY + 4 * HOUR);
    expect(titles(desk)).toHaveLength(2);
  });

  it('two processes on one file post one digest', async () => {
    const databasePath = join(temporaryFolder(), 'nearmiss.db');
    const desk = await openDesk({ databasePath });
    const other = await anotherDesk(desk, databasePath);
    await desk.share('One');
    desk.clock.advance(SLOT - SUNDAY);
    await Promise.all([desk.tend(), other.tend(), desk.tend(), other.tend()]);
    // Time passes only while neither sends: what one holds is not the other's after a minute nobody waited.
    while ((await Promise.all([desk.step(), other.step()])).some(Boolean));
    await desk.drain();
    expect(titles(desk)).toEqual(['12 to 18 October: 1 story']);
    expect(digestsIn(desk)[0]?.replies).toHaveLength(1);
  });

  it('one asked for by hand in between leaves the weekly one where it was', async () => {
    const desk = await openDesk();
    await desk.share('One');
    await at(desk, SLOT);
    await desk.share('Two');
    desk.clock.advance(3 * DAY);
    await freezeFor(digestWorkOf(desk.app), desk.settings, {
      state: 'published',
      publishAt: desk.clock.now(),
    });
    await desk.drain();
    await desk.share('Three');
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toEqual([
      '12 to 18 October: 1 story',
      '19 to 21 October: 1 story',
      '22 to 25 October: 1 story',
    ]);
  });

  it('a preview asked for when there is nothing new closes nothing', async () => {
    const desk = await openDesk();
    const work = digestWorkOf(desk.app);
    const slot = work.nextSlot(desk.settings, undefined);
    const none = await freezeFor(work, desk.settings, { slot, state: 'preview', publishAt: slot.at });
    expect(none?.state).toBe('quiet');
    await desk.share('One');
    await at(desk, SLOT);
    expect(titles(desk)).toEqual(['12 to 18 October: 1 story']);
  });
});

describe('a quiet week', () => {
  it('posts nothing, and is not caught up with later in the week', async () => {
    const desk = await openDesk();
    await at(desk, SLOT);
    await desk.share('Too late for this week');
    await at(desk, SLOT + DAY);
    expect(titles(desk)).toEqual([]);
    await at(desk, SLOT + 7 * DAY);
    expect(titles(desk)).toHaveLength(1);
  });

  it('or one from the archive, which is told in no other digest', async () => {
    const desk = await openDesk({ digest: { quietWeek: 'archive' } });
    await desk.share('One');
    await at(desk, SLOT);
    await at(desk, SLOT + 7 * DAY);
    const [, archive] = digestsIn(desk);
    expect(archive?.parent.text).toContain('From the archive: NM-1');
    expect(archive?.replies).toEqual([]);
  });
});
