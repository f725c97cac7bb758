import { dayInWords } from '../../calendar.ts';
import type { KeptDigest } from '../../domain/digest/kept-digest.ts';
import { ableOf } from '../../domain/stewards/standing.ts';
import { type Message, sayingMessage } from '../platform/message.ts';
import { whyNotSteward } from '../stewards/may-as-steward.ts';
import { stewardsNow } from '../stewards/stewards-now.ts';
import type { Workspace } from '../workspace.ts';
import { digestWorkOf } from './digest-channel.ts';
import { freezeFor } from './tend-digest.ts';

export const NOTHING_NEW = 'There is nothing new for a digest yet.';
export const NOT_SET_UP =
  'The digest is not set up yet. Choose a channel with /nearmiss digest settings first.';

/** `/nearmiss digest preview`: the same parent and thread, in the stewards' own messages. */
export async function previewNow(workspace: Workspace, personId: string): Promise<Message> {
  const { storage, now } = workspace.app;
  const { identity } = workspace;
  const refused = await whyNotSteward(workspace, personId, 'see a preview of the digest');
  if (refused !== undefined) return sayingMessage(refused);
  const { digest: settings } = await storage.workspaces.settings(identity.teamId);
  if (settings === undefined) return sayingMessage(NOT_SET_UP);
  const open = await storage.digests.open(identity.teamId);
  if (open !== undefined) {
    await showPreviewTo(workspace, open, personId);
    return sayingMessage('The preview is in your messages from the app.');
  }
  if ((await storage.digests.next(identity.teamId, now())).length === 0) return sayingMessage(NOTHING_NEW);
  const work = digestWorkOf(workspace);
  const last = await storage.digests.last(identity.teamId);
  const slot = work.nextSlot(settings, last);
  const frozen = await freezeFor(work, settings, { slot, state: 'preview', publishAt: slot.at });
  if (frozen === undefined)
    return sayingMessage(
      'Slack does not let the app post in the channel of the digest just now. Nothing was changed.',
    );
  if (frozen.state === 'quiet') return sayingMessage(NOTHING_NEW);
  const stewards = ableOf(await stewardsNow(workspace));
  return sayingMessage(
    `The preview is in the messages of ${stewards.length === 1 ? 'the steward' : 'all stewards'}. It is posted on ${dayInWords(frozen.publishAt, frozen.zone, frozen.closedAt)} if nobody does anything. What is shared from now on comes in the digest after it.`,
  );
}

/** To somebody who became a steward since; the others have it already. */
async function showPreviewTo(
  workspace: Workspace,
  { teamId, id }: KeptDigest,
  personId: string,
): Promise<void> {
  const { digests } = workspace.app.storage;
  if ((await digests.previews({ teamId, digestId: id, personId })).length > 0) return;
  await digests.showPreviews({ teamId, id, stewards: [personId], now: workspace.app.now() });
  workspace.app.wakeOutbox();
}
