import { Temporal } from 'temporal-polyfill';

/* Days and times of people's calendars: the one place that knows zones. None of it depends on the machine's own. */

type Day = Temporal.PlainDate;

function inZone(at: number, zone: string): Temporal.ZonedDateTime {
  // Slack's times are finer than a millisecond.
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone);
}

/** The day `at` lies in, in an IANA zone. */
export function dayIn(at: number, zone: string): Day {
  return inZone(at, zone).toPlainDate();
}

/**
 * The instant of a time on a day, or on `YYYY-MM-DD`, in a zone. A time the clock jumps over comes when the clock
 * has jumped; a time that comes twice comes the first time.
 */
export function instantOf(day: Day | string, minutes: number, zone: string): number {
  const time = { hour: Math.floor(minutes / 60), minute: minutes % 60 };
  const wall = Temporal.PlainDate.from(day).toPlainDateTime(time);
  return wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** Does the calendar of this process know the zone? Slack's are mostly among them. */
export function isZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** "Monday 20 October", in the zone; with its year, unless that is the year of `now`. */
export function dayInWords(at: number, zone: string, now: number): string {
  const day = dayIn(at, zone);
  const words = `${written(WEEKDAY, day)} ${written(DAY_AND_MONTH, day)}`;
  return day.year === dayIn(now, zone).year ? words : `${words} ${day.year}`;
}

/** "Monday 20 October, 09:30", in the same way. */
export function timeInWords(at: number, zone: string, now: number): string {
  const time = inZone(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
  return `${dayInWords(at, zone, now)}, ${time}`;
}

/**
 * "13 to 19 October", "29 September to 5 October", "19 October", from the first to the last day of a period in its
 * zone; with their years where these are two.
 */
export function periodInWords(from: number, to: number, zone: string): string {
  const [first, last] = [dayIn(from, zone), dayIn(to, zone)];
  const [begins, ends] = [written(DAY_AND_MONTH, first), written(DAY_AND_MONTH, last)];
  if (first.equals(last)) return ends;
  if (first.year !== last.year) return `${begins} ${first.year} to ${ends} ${last.year}`;
  return `${first.month === last.month ? first.day : begins} to ${ends}`;
}

function written(how: Intl.DateTimeFormat, day: Day): string {
  return how.format(day.toZonedDateTime('UTC').epochMilliseconds);
}

const DAY_AND_MONTH = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
