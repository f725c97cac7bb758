import type { Logger } from 'pino';
import type { WaitingRoom } from '../domain/storage.ts';

const TEND_EVERY_MS = 10 * 60_000;

/**
 * Tends the room of near-misses without a name: their day ends, and the file they wait in is written anew whether
 * anybody shared something or not.
 * @returns ends it.
 */
export function tendWaitingRoom(room: WaitingRoom, now: () => number, log: Logger): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const tend = async () => {
    try {
      await room.tend(now());
    } catch (error) {
      log.error({ error }, 'the waiting room could not be tended; it is tried again in ten minutes');
    }
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
