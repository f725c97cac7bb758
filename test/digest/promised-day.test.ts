import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dayInWords } from '../../src/calendar.ts';
import { toCapture } from '../../src/domain/capture/capture.ts';
import type { DigestSettings } from '../../src/domain/digest/digest.ts';
import type { KeptDigest } from '../../src/domain/digest/kept-digest.ts';
import { type Appearing, nextDigestAt, promisedAt } from '../../src/domain/digest/promised-day.ts';
import type { Audience, Tier } from '../../src/domain/near-miss.ts';
import { promisedDay } from '../../src/slack/digest/next-digest.ts';
import { type DigestWork, tendDigest } from '../../src/slack/digest/tend-digest.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { emptyDatabase } from '../support/workspace.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** Mondays at 09:30 in UTC. */
const MONDAYS = { weekday: 1, minutes: 9 * 60 + 30, zone: 'UTC' };
/** The days of October 2026, of which the 19th is a Monday. */
const october = (day: number, hour: number, minute = 0) => Date.UTC(2026, 9, day, hour, minute);
const quiet = (capturedAt: number): Appearing => ({ tier: 'confidential', audience: 'everyone', capturedAt });

describe('the day that is promised is that of the first digest it is in', () => {
  const rows: [string, number, number | undefined, string][] = [
    ['a day in the week before', october(15, 12), undefined, 'Monday 19 October'],
    ['the evening before', october(18, 23, 59), undefined, 'Monday 19 October'],
    [
      'the very morning: it has to rest until the day after',
      october(19, 7, 30),
      undefined,
      'Monday 26 October',
    ],
    ['after the digest', october(19, 9, 31), undefined, 'Monday 26 October'],
    ['the day before, on which the preview closes it', october(18, 7), 1440, 'Monday 26 October'],
    ['while stewards look', october(18, 12), 1440, 'Monday 26 October'],
    ['two days before, with a preview', october(17, 23), 1440, 'Monday 19 October'],
    ['the morning of the day, an hour before the preview', october(19, 7), 60, 'Monday 26 October'],
  ];
  test.each(rows)('%s', (_when, at, previewMinutes, day) => {
    const timetable = { ...MONDAYS, previewMinutes };
    expect(dayInWords(promisedAt({ timetable, last: undefined }, quiet(at), at), 'UTC', at)).toBe(day);
  });

  test('by the day in UTC, wherever the digest is', () => {
    // In Auckland it is Monday 09:30 while it is still Sunday in UTC.
    const timetable = { ...MONDAYS, zone: 'Pacific/Auckland' };
    const at = october(18, 8);
    expect(dayInWords(promisedAt({ timetable, last: undefined }, quiet(at), at), timetable.zone, at)).toBe(
      'Monday 26 October',
    );
  });
});

describe('while stewards look at one or hold it', () => {
  const open: Pick<KeptDigest, 'closedAt' | 'publishAt'> = {
    closedAt: october(18, 9, 30),
    publishAt: october(19, 9, 30),
  };
  const coming = {
    timetable: { ...MONDAYS, previewMinutes: 1440 },
    last: { week: '2026-W43', closedAt: open.closedAt },
    open,
  };
  const NOW = october(18, 12);

  test('that is the next one', () => {
    expect(nextDigestAt(coming, NOW)).toBe(open.publishAt);
  });

  test('held, it is the next one on the day it is held until; held for longer, the one after comes first', () => {
    const until = (day: number) => ({ ...coming, open: { ...open, publishAt: october(day, 9, 30) } });
    expect(nextDigestAt(until(22), NOW)).toBe(october(22, 9, 30));
    expect(nextDigestAt(until(29), NOW)).toBe(october(26, 9, 30));
  });

  test('it tells what was chosen for it, and the next one tells the rest', () => {
    const chosen = { ...quiet(october(15, 12)), isInOpen: true };
    expect(promisedAt(coming, chosen, NOW)).toBe(open.publishAt);
    expect(promisedAt(coming, quiet(october(15, 12)), NOW)).toBe(october(26, 9, 30));
  });

  test('a card for a channel goes up beside it, if it was shared on a day before it closed', () => {
    const card = (at: number): Appearing => ({ ...quiet(at), audience: 'channel' });
    expect(promisedAt(coming, card(october(17, 12)), NOW)).toBe(open.publishAt);
    expect(promisedAt(coming, card(october(18, 8)), NOW)).toBe(october(26, 9, 30));
  });

  test('one whose channel took nothing on its day goes out as soon as it does', () => {
    const late = october(21, 8);
    expect(nextDigestAt(coming, late)).toBe(late);
  });
});

describe('every day that is said, before Save and at any time after, is the day it appears', () => {
  const timetables: Partial<DigestSettings>[] = [
    {},
    { previewMinutes: 1440 },
    { zone: 'America/Los_Angeles', previewMinutes: 240 },
    { zone: 'Pacific/Auckland', previewMinutes: 1440 },
  ];
  test.each(timetables)('%j', async (changes) => {
    const weeks = await openWeeks(changes);
    const waiting = new Map<string, Set<string>>();
    const appeared: { said: string[]; on: string }[] = [];
    for (const end = weeks.now() + 9 * DAY; weeks.now() < end; weeks.passHours(6)) {
      await weeks.tend();
      for (const [id, days] of waiting) {
        const day = await weeks.appearsOn(id);
        if (day !== undefined) days.add(day);
        else {
          waiting.delete(id);
          appeared.push({ said: [...days], on: weeks.today() });
        }
      }
      // Somebody's name is on one, so that no week is quiet.
      await weeks.share('named', 'everyone');
      for (const [tier, audience] of [
        ['confidential', 'everyone'] as const,
        ['unattributed', 'channel'] as const,
      ]) {
        const before = await weeks.appearsOn(undefined);
        waiting.set(await weeks.share(tier, audience), new Set([before ?? '']));
      }
    }
    expect(appeared.length).toBeGreaterThan(40);
    expect(appeared.filter(({ said, on }) => said.join() !== on)).toEqual([]);
  });
});

/** A workspace with a digest, of which only the store is real; its time is the test's. */
async function openWeeks(changes: Partial<DigestSettings>) {
  let time = Date.UTC(2026, 9, 11, 15, 30);
  const now = () => time;
  const storage = openStorage(emptyDatabase(), randomUUID);
  onTestFinished(() => storage.close());
  const digest: DigestSettings = {
    ...MONDAYS,
    channelId: 'C_LEARNING',
    channelName: 'learning',
    setUpAt: time,
    since: time,
    quietWeek: 'nothing',
    replies: 30,
    ...changes,
  };
  await storage.workspaces.remember({ teamId: 'T1', name: 'Acme' });
  await storage.workspaces.change('T1', { digest });
  const work: DigestWork = {
    teamId: 'T1',
    storage,
    canPost: async () => true,
    now,
    newId: randomUUID,
    shuffle: (items) => items,
    wakeOutbox: () => undefined,
    log: pino({ level: 'silent' }),
  };
  const workspace = { app: { storage, now }, identity: { teamId: 'T1' } };
  return {
    now,
    tend: () => tendDigest(work),
    today: () => dayInWords(time, digest.zone, time),
    passHours(hours: number) {
      time += hours * HOUR;
    },
    async share(tier: Tier, audience: Audience) {
      const capture = toCapture(
        {
          id: randomUUID(),
          teamId: 'T1',
          personId: 'U_MARIA',
          summary: 'Seen in time.',
          tier,
          audience,
          wantsCard: false,
          conversation: { id: 'C1', name: 'payments-ops', kind: 'public' },
          stewards: [],
        },
        time,
      );
      await storage.nearMisses.capture(capture, time, time);
      return capture.id;
    },
    /** The day that is said of one, while it waits; without an id, to somebody about to save. */
    async appearsOn(id: string | undefined) {
      const nearMiss = id === undefined ? undefined : await storage.nearMisses.byId('T1', id);
      const isThere = id !== undefined && nearMiss?.waitsForDigest !== true;
      return isThere ? undefined : promisedDay(workspace, digest, nearMiss);
    },
  };
}
