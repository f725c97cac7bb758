import { digestWorkOf } from '../slack/digest/digest-channel.ts';
import { tendDigest } from '../slack/digest/tend-digest.ts';
import type { Workspace } from '../slack/workspace.ts';
import { keepPromisesTrue } from './keep-promises.ts';

const TEND_EVERY_MS = 60_000;

/**
 * Asks once a minute whether a digest is due: the store says so, and no timer has to be trusted to come back
 * after a suspended process, a clock that was set, or a night of downtime.
 * @returns ends it, after what it was doing.
 */
export function tendRegularly(workspace: Workspace): () => Promise<void> {
  const { app, watch } = workspace;
  const work = digestWorkOf(workspace);
  let running: Promise<void> = Promise.resolve();
  const tend = async () => {
    try {
      await tendDigest(work);
    } catch (error) {
      watch(error);
      app.log.error({ error }, 'the digest could not be tended; it goes on in a minute');
    }
    await keepPromisesTrue(workspace);
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
