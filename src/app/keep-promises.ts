import { keepDigestChannelName } from '../slack/digest/digest-channel-name.ts';
import { noteFormerStewards } from '../slack/stewards/stewards-now.ts';
import type { Workspace } from '../slack/workspace.ts';

/** What stewards are may be five minutes old. It is asked in good time, so that nobody waits for it. */
const STANDING_AGAIN_MS = 150_000;

/**
 * What promises are made of and may have changed at Slack: asked for before anybody is promised anything, and then
 * as often as the digest is tended. Where Slack does not say, less is promised. Never throws.
 */
export async function keepPromisesTrue(workspace: Workspace): Promise<void> {
  const { app, identity, people, watch } = workspace;
  try {
    const { stewards } = await app.storage.workspaces.settings(identity.teamId);
    await Promise.all([
      keepDigestChannelName(workspace),
      ...stewards.map((personId) => people.standing(personId, STANDING_AGAIN_MS)),
    ]);
    await noteFormerStewards(workspace);
    const unseen = stewards.filter((personId) => !people.isSeen(personId));
    for (const personId of unseen) await people.lookAnew(personId);
  } catch (error) {
    watch(error);
    app.log.warn({ error }, 'Slack did not say what promises are made of; it is asked again in a minute');
  }
}
