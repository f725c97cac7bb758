const HOUR = 60 * 60 * 1000;
const HOURS = 24;

/** The hour of the day, in UTC, that `at` lies in: 0 to 23. */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR) % HOURS;
}

/**
 * The hour of the day in which people do least, from when they shared something: the one with the fewest in it and
 * just around it. Where nobody did anything it is the one at three.
 */
export function quietestHour(times: number[]): number {
  const counts = Array.from({ length: HOURS }, () => 0);
  for (const at of times) counts[hourOf(at)] = (counts[hourOf(at)] ?? 0) + 1;
  const around = (hour: number) =>
    [-2, -1, 0, 0, 1, 2].reduce((sum, by) => sum + (counts[(hour + by + HOURS) % HOURS] ?? 0), 0);
  const inOrder = Array.from({ length: HOURS }, (_, at) => (at + 3) % HOURS);
  return inOrder.reduce((best, hour) => (around(hour) < around(best) ? hour : best));
}
