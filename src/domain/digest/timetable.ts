import { dayIn, instantOf } from '../../calendar.ts';

/** When the digest comes: a weekday (1 is Monday), minutes after midnight, and the IANA zone both are meant in. */
export type Timetable = { weekday: number; minutes: number; zone: string };

/** One weekly time: the instant, and the ISO week it belongs to in its zone, as `2026-W53`. */
export type Slot = { at: number; week: string };

/** The last digest that was closed by the timetable; nothing when there was none yet. */
export type LastSlot = { week: string; closedAt: number };

/** The slot so many weeks after the week `at` lies in, counted in days of the calendar. */
function slotOfWeek({ weekday, minutes, zone }: Timetable, at: number, weeksLater = 0): Slot {
  const today = dayIn(at, zone);
  const day = today.add({ days: weekday - today.dayOfWeek + 7 * weeksLater });
  const week = `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`;
  return { at: instantOf(day, minutes, zone), week };
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
