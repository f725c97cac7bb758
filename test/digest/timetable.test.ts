import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayInWords,
  nextSlot,
  owedSlot,
  periodInWords,
  slotBefore,
  type Timetable,
} from '../../src/domain/digest/timetable.ts';
import { runs } from '../support/runs.ts';

const MONDAY = { weekday: 1, minutes: 9 * 60 + 30, zone: 'Europe/Madrid' };
const at = (iso: string) => Date.parse(iso);
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
  ])('%s – %s', (from, to, words) => {
    expect(periodInWords(at(from), at(to), 'UTC')).toBe(words);
  });

  it('a day has its weekday', () => {
    expect(dayInWords(at('2026-10-19T23:30Z'), 'Europe/Madrid')).toBe('Tuesday 20 October');
  });
});
