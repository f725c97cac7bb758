import { tendDigest } from './digest.ts';
import { keepDigestChannelName } from './slack/digest-channel.ts';
import { digestWorkOf } from './slack/digest-room.ts';
import { noteFormerStewards } from './slack/stewards.ts';
import type { Surroundings } from './slack/surroundings.ts';
import type { Watch } from './slack/watching.ts';

const TEND_EVERY_MS = 60_000;
/** What stewards are may be five minutes old. It is asked in good time, so that nobody waits for it. */
const STANDING_AGAIN_MS = 2.5 * TEND_EVERY_MS;

/**
 * What promises are made of and may have changed at Slack: asked for before anybody is promised anything, and then
 * as often as the digest is tended. Where Slack does not say, less is promised.
 */
export async function keepPromisesTrue(surroundings: Surroundings, watch: Watch): Promise<void> {
  const { log, people, storage, identity } = surroundings;
  try {
    const { stewards } = await storage.workspaces.settings(identity.teamId);
    await Promise.all([
      keepDigestChannelName(surroundings),
      ...stewards.map((personId) => people.standing(personId, STANDING_AGAIN_MS)),
    ]);
    await noteFormerStewards(surroundings);
    const unseen = stewards.filter((personId) => people.lastSeenIn(personId) === undefined);
    for (const personId of unseen) await people.viewer(personId);
  } catch (error) {
    watch(error);
    log.warn({ error }, 'Slack did not say what promises are made of; it is asked again in a minute');
  }
}

/**
 * Asks once a minute whether a digest is due: the store says so, and no timer has to be trusted to come back
 * after a suspended process, a clock that was set, or a night of downtime.
 * @returns ends it, after what it was doing.
 */
export function tendRegularly(surroundings: Surroundings, watch: Watch): () => Promise<void> {
  const { log } = surroundings;
  const work = digestWorkOf(surroundings);
  let running: Promise<void> = Promise.resolve();
  const tend = async () => {
    try {
      await tendDigest(work);
    } catch (error) {
      watch(error);
      log.error({ error }, 'the digest could not be tended; it goes on in a minute');
    }
    await keepPromisesTrue(surroundings, watch);
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
