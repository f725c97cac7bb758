/**
 * What somebody waits for, or `late` after so many milliseconds: Slack takes an answer within three seconds, and a
 * trigger lives as long. The work goes on, and has to handle its own errors.
 * @throws what the work throws before that
 */
export async function inTime<Result>(work: Promise<Result>, ms: number): Promise<Result | 'late'> {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
