import { addDays, format, getISOWeek, getISOWeekYear, startOfISOWeek, TZDate, tz } from '../../date-fns.ts';

/** When the digest comes: a weekday (1 is Monday), minutes after midnight, and the IANA zone both are meant in. */
export type Timetable = { weekday: number; minutes: number; zone: string };

/** One weekly time: the instant, and the ISO week it belongs to in its zone, as `2026-W53`. */
export type Slot = { at: number; week: string };

/** The last digest that was closed by the timetable; nothing when there was none yet. */
export type LastSlot = { week: string; closedAt: number };

/**
 * The slot so many weeks after the week `at` lies in, counted in days of the calendar: the week the clock is set
 * has an hour more or less. A time the clock jumps over comes when the clock has jumped; a time that comes twice
 * comes the first time.
 */
function slotOfWeek(timetable: Timetable, at: number, weeksLater = 0): Slot {
  const { weekday, minutes, zone } = timetable;
  const day = addDays(startOfISOWeek(at, { in: tz(zone) }), weekday - 1 + 7 * weeksLater);
  const wall = new TZDate(
    day.getFullYear(),
    day.getMonth(),
    day.getDate(),
    Math.floor(minutes / 60),
    minutes % 60,
    zone,
  );
  return { at: wall.getTime(), week: weekOf(day.getTime(), zone) };
}

function weekOf(at: number, zone: string): string {
  const context = { in: tz(zone) };
  return `${getISOWeekYear(at, context)}-W${String(getISOWeek(at, context)).padStart(2, '0')}`;
}

/** The latest slot at or before `now`. */
export function slotBefore(timetable: Timetable, now: number): Slot {
  const thisWeek = slotOfWeek(timetable, now);
  return thisWeek.at <= now ? thisWeek : slotOfWeek(timetable, now, -1);
}

/** The first slot after `now` that its week has no digest for yet. */
export function nextSlot(timetable: Timetable, last: LastSlot | undefined, now: number): Slot {
  for (let weeks = 0; ; weeks += 1) {
    const slot = slotOfWeek(timetable, now, weeks);
    if (slot.at > now && (last === undefined || slot.week > last.week)) return slot;
  }
}

/**
 * The slot a digest is owed for, if any. However many were missed, only the latest is: one digest covers the
 * whole time. Nothing is owed for a slot before the digest was set up, for a week that has had one (the zone
 * or the weekday may have been changed since), or while the clock stands before the last closing.
 */
export function owedSlot(
  timetable: Timetable,
  { setUpAt, last }: { setUpAt: number; last: LastSlot | undefined },
  now: number,
): Slot | undefined {
  const slot = slotBefore(timetable, now);
  if (slot.at < setUpAt) return undefined;
  if (last !== undefined && (slot.week <= last.week || slot.at <= last.closedAt)) return undefined;
  return slot;
}

/** The instant of a time on a day, `YYYY-MM-DD`, in a zone. */
export function instantOf(day: string, minutes: number, zone: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new TZDate(year, month - 1, date, Math.floor(minutes / 60), minutes % 60, zone).getTime();
}

/** "Monday 20 October", in the zone. */
export function dayInWords(at: number, zone: string): string {
  return format(at, 'EEEE d MMMM', { in: tz(zone) });
}

/** "13 to 19 October", "29 September to 5 October", "19 October", from the first to the last day of a period in its zone. */
export function periodInWords(from: number, to: number, zone: string): string {
  const context = { in: tz(zone) };
  const last = format(to, 'd MMMM', context);
  const first = format(
    from,
    format(from, 'yyyy-MM', context) === format(to, 'yyyy-MM', context) ? 'd' : 'd MMMM',
    context,
  );
  if (format(from, 'yyyy-MM-dd', context) === format(to, 'yyyy-MM-dd', context)) return last;
  return `${first} to ${last}`;
}
