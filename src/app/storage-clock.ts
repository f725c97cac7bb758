import type { Logger } from 'pino';
import type { Storage } from '../domain/storage.ts';

const TEND_EVERY_MS = 10 * 60_000;

/**
 * Tends what is kept: the day of near-misses without a name ends, the file they wait in is written anew whether
 * anybody shared something or not, and what was forgotten goes from a large database in its quiet hour.
 * @returns ends it.
 */
export function tendStorage(
  { waitingRoom, rebuild }: Pick<Storage, 'waitingRoom' | 'rebuild'>,
  now: () => number,
  log: Logger,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const tend = async () => {
    await waitingRoom.tend(now()).catch((error: unknown) => {
      log.error({ error }, 'the waiting room could not be tended; it is tried again in ten minutes');
    });
    await rebuild.tend(now()).catch((error: unknown) => {
      log.error({ error }, 'the database could not be built anew; it is tried again now');
    });
  };
  const timer = setInterval(() => {
    running = running.then(tend);
  }, TEND_EVERY_MS);
  running = tend();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
