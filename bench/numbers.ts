/** The value half of the others are below. */
export function median(values: number[]): number {
  return percentile(values, 0.5);
}

/** The value this share of the others are below, e.g. 0.99. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('Nothing was measured.');
  return value;
}

/** Digits that mean something, for people. */
export function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

/** One thing measured against what it may be. */
type Bound = { what: string; measured: number; atMost: number };

/** Prints what was measured against what it may be; over any bound, the process ends with a failure. */
export function judge(bounds: Bound[]): void {
  console.table(
    bounds.map(({ what, measured, atMost }) => ({
      what,
      measured: rounded(measured, 2),
      'at most': atMost,
      holds: measured <= atMost,
    })),
  );
  if (bounds.some(({ measured, atMost }) => !(measured <= atMost))) process.exitCode = 1;
}
