import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { dayInWords, periodInWords, timeInWords } from '../../src/calendar.ts';
import { firstDigestFrom } from '../../src/domain/digest/digest.ts';
import { nextSlot, owedSlot, slotBefore, type Timetable } from '../../src/domain/digest/timetable.ts';
import { runs } from '../support/runs.ts';

const MONDAY = { weekday: 1, minutes: 9 * 60 + 30, zone: 'Europe/Madrid' };
const at = (iso: string) => Date.parse(iso);
const DAY = 24 * 3_600_000;
/** In Santiago, and in the same night in Auckland. */
const CLOCKS_SET_BACK = at('2026-04-05T03:00Z');
const iso = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString();

describe('the wall clock decides when a digest comes', () => {
  it.each([
    ['summer', MONDAY, '2026-07-01T00:00Z', '2026-07-06T07:30:00.000Z', '2026-W28'],
    ['winter', MONDAY, '2026-12-01T00:00Z', '2026-12-07T08:30:00.000Z', '2026-W50'],
    [
      'the Sunday the clock jumps over 02:30',
      { weekday: 7, minutes: 150, zone: 'Europe/Madrid' },
      '2026-03-24T00:00Z',
      '2026-03-29T01:30:00.000Z',
      '2026-W13',
    ],
    [
      'the Sunday 01:30 comes twice',
      { weekday: 7, minutes: 90, zone: 'America/New_York' },
      '2026-10-28T00:00Z',
      '2026-11-01T05:30:00.000Z',
      '2026-W44',
    ],
    [
      'the Sunday the clock is set back at midnight, far in the south',
      { weekday: 7, minutes: 570, zone: 'America/Santiago' },
      '2026-04-01T00:00Z',
      '2026-04-05T13:30:00.000Z',
      '2026-W14',
    ],
    [
      'the Sunday 02:30 comes twice',
      { weekday: 7, minutes: 150, zone: 'Europe/Madrid' },
      '2026-10-20T00:00Z',
      '2026-10-25T00:30:00.000Z',
      '2026-W43',
    ],
    [
      'leap day',
      { weekday: 2, minutes: 600, zone: 'UTC' },
      '2028-02-28T00:00Z',
      '2028-02-29T10:00:00.000Z',
      '2028-W09',
    ],
    [
      'ISO week 53',
      { weekday: 5, minutes: 0, zone: 'UTC' },
      '2026-12-28T00:00Z',
      '2027-01-01T00:00:00.000Z',
      '2026-W53',
    ],
  ] satisfies [string, Timetable, string, string, string][])(
    '%s',
    (_when, timetable, now, expected, week) => {
      const slot = nextSlot(timetable, undefined, at(now));
      expect([iso(slot.at), slot.week]).toEqual([expected, week]);
    },
  );
});

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Australia/Lord_Howe',
];
const timetables = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }),
  minutes: fc.oneof(
    fc.integer({ min: 0, max: 1439 }),
    // The hours that a week of 167 or 169 hours moves to another day.
    fc.integer({ min: 0, max: 59 }),
    fc.integer({ min: 1380, max: 1439 }),
  ),
  zone: fc.constantFrom(...ZONES),
});

describe('one week follows another', () => {
  it.each([
    [
      'Monday at midnight, in the week of 169 hours',
      { weekday: 1, minutes: 30, zone: 'Europe/Berlin' },
      '2026-10-19T07:00Z',
      '2026-10-25T23:30:00.000Z',
    ],
    [
      'Sunday before midnight, in the week of 167 hours',
      { weekday: 7, minutes: 1410, zone: 'Europe/Berlin' },
      '2026-03-22T23:00Z',
      '2026-03-29T21:30:00.000Z',
    ],
  ])('%s', (_when, timetable, now, expected) => {
    expect(iso(nextSlot(timetable, undefined, at(now)).at)).toBe(expected);
  });

  it('whatever the timetable, no week is left out or comes twice in two years', () => {
    const HOUR = 3_600_000;
    fc.assert(
      fc.property(timetables, fc.integer({ min: 0, max: 4e11 }), (timetable, offset) => {
        let slot = nextSlot(timetable, undefined, at('2020-01-01T00:00Z') + offset);
        for (let week = 0; week < 105; week += 1) {
          const next = nextSlot(timetable, undefined, slot.at);
          expect(Math.abs(next.at - slot.at - 168 * HOUR)).toBeLessThanOrEqual(HOUR);
          expect(next.week > slot.week).toBe(true);
          expect(nextSlot(timetable, { week: slot.week, closedAt: slot.at }, slot.at)).toEqual(next);
          expect(slotBefore(timetable, next.at - 1)).toEqual(slot);
          expect(slotBefore(timetable, next.at)).toEqual(next);
          slot = next;
        }
      }),
      { numRuns: runs(8) },
    );
  });
});

describe('on every host the same', () => {
  const here = process.env.TZ;
  afterEach(() => {
    if (here === undefined) delete process.env.TZ;
    else process.env.TZ = here;
  });

  const HOSTS = ['UTC', 'Pacific/Auckland', 'America/Santiago', 'Africa/Casablanca', 'Asia/Kolkata'];

  it('hosts in other zones do have other clocks here', () => {
    const offsets = HOSTS.map((host) => {
      process.env.TZ = host;
      return new Date(CLOCKS_SET_BACK).getTimezoneOffset();
    });
    expect(new Set(offsets).size).toBeGreaterThan(3);
  });

  it('slots, first days and words, whatever the timetable', () => {
    const instants = fc.oneof(
      fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2030-01-01T00:00Z') }),
      fc.integer({ min: CLOCKS_SET_BACK - 2 * DAY, max: CLOCKS_SET_BACK + 2 * DAY }),
    );
    const zones = fc.constantFrom(...ZONES, 'America/Santiago', 'Pacific/Auckland');
    fc.assert(
      fc.property(timetables, zones, instants, ({ weekday, minutes }, zone, now) => {
        const timetable = { weekday, minutes, zone };
        const found = HOSTS.map((host) => {
          process.env.TZ = host;
          return [
            slotBefore(timetable, now),
            nextSlot(timetable, undefined, now),
            firstDigestFrom(now, { zone, setUpAt: now }),
            timeInWords(now, zone, 0),
            periodInWords(now - 7 * DAY, now, zone),
          ];
        });
        for (const there of found) expect(there).toEqual(found[0]);
      }),
      { numRuns: runs(150) },
    );
  });
});

describe('a digest is owed once', () => {
  const setUpAt = at('2026-10-01T00:00Z');
  const last = { week: '2026-W42', closedAt: at('2026-10-12T07:30Z') };

  it.each([
    ['nothing before the first slot', { setUpAt, last: undefined }, '2026-10-02T00:00Z', undefined],
    ['the first slot', { setUpAt, last: undefined }, '2026-10-05T07:30Z', '2026-10-05T07:30:00.000Z'],
    ['after an hour of downtime', { setUpAt, last }, '2026-10-19T08:30Z', '2026-10-19T07:30:00.000Z'],
    [
      'after a month of downtime, the latest only',
      { setUpAt, last },
      '2026-11-18T08:30Z',
      '2026-11-16T08:30:00.000Z',
    ],
    ['nothing twice in a week', { setUpAt, last }, '2026-10-16T07:30Z', undefined],
    ['nothing while the clock is set back', { setUpAt, last }, '2026-10-06T07:30Z', undefined],
  ])('%s', (_when, history, now, expected) => {
    expect(iso(owedSlot(MONDAY, history, at(now))?.at)).toBe(expected);
  });

  it('not again in the same week when the zone is changed in the middle of it', () => {
    const moved = { ...MONDAY, zone: 'America/New_York' };
    expect(owedSlot(moved, { setUpAt, last }, at('2026-10-12T20:00Z'))).toBeUndefined();
    expect(iso(nextSlot(moved, last, at('2026-10-12T20:00Z')).at)).toBe('2026-10-19T13:30:00.000Z');
  });

  it('whatever the timetable, the clock and the changes, no week has two digests and no slot is owed after it was given', () => {
    const steps = fc.array(
      fc.tuple(fc.integer({ min: -3 * 86_400_000, max: 20 * 86_400_000 }), fc.option(timetables)),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(timetables, steps, (first, walk) => {
        let timetable = first;
        let now = at('2026-01-01T00:00Z');
        let given: { week: string; closedAt: number } | undefined;
        const weeks: string[] = [];
        for (const [step, change] of walk) {
          now += step;
          timetable = change ?? timetable;
          const slot = owedSlot(timetable, { setUpAt: at('2025-12-01T00:00Z'), last: given }, now);
          if (slot === undefined) continue;
          expect(slot.at).toBeLessThanOrEqual(now);
          weeks.push(slot.week);
          given = { week: slot.week, closedAt: slot.at };
          expect(owedSlot(timetable, { setUpAt: 0, last: given }, now)).toBeUndefined();
          expect(nextSlot(timetable, given, now).at).toBeGreaterThan(now);
        }
        expect(new Set(weeks).size).toBe(weeks.length);
      }),
      { numRuns: runs(250) },
    );
  });
});

describe('a period is said in the words people use', () => {
  it.each([
    ['2026-10-13T00:00Z', '2026-10-19T12:00Z', '13 to 19 October'],
    ['2026-09-29T00:00Z', '2026-10-05T12:00Z', '29 September to 5 October'],
    ['2026-10-19T00:00Z', '2026-10-19T12:00Z', '19 October'],
    ['2026-12-28T00:00Z', '2027-01-03T12:00Z', '28 December 2026 to 3 January 2027'],
  ])('%s – %s', (from, to, words) => {
    expect(periodInWords(at(from), at(to), 'UTC')).toBe(words);
  });

  it('a day of another year than this one has its year', () => {
    const then = at('2014-05-13T08:05Z');
    expect(dayInWords(then, 'UTC', at('2014-12-31T23:00Z'))).toBe('Tuesday 13 May');
    expect(dayInWords(then, 'UTC', at('2015-01-01T00:00Z'))).toBe('Tuesday 13 May 2014');
    expect(timeInWords(then, 'Europe/Madrid', at('2026-01-01T00:00Z'))).toBe('Tuesday 13 May 2014, 10:05');
    // There it is next year already.
    const lastDay = at('2026-12-31T12:00Z');
    expect(dayInWords(at('2026-06-01T00:00Z'), 'Pacific/Auckland', lastDay)).toBe('Monday 1 June 2026');
  });

  it('a day has its weekday', () => {
    expect(dayInWords(at('2026-10-19T23:30Z'), 'Europe/Madrid', at('2026-01-01T00:00Z'))).toBe(
      'Tuesday 20 October',
    );
  });
});
