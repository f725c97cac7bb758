import { freezeFor } from '../digest.ts';
import type { KeptDigest } from '../domain/digests.ts';
import { dayInWords } from '../domain/schedule.ts';
import type { Message } from './card.ts';
import { digestWorkOf } from './digest-room.ts';
import { sayingMessage } from './near-miss-view.ts';
import { ableOf, stewardsNow, whyNotSteward } from './stewards.ts';
import type { Surroundings } from './surroundings.ts';

export const NOTHING_NEW = 'There is nothing new for a digest yet.';
export const NOT_SET_UP =
  'The digest is not set up yet. Choose a channel with /nearmiss digest settings first.';

/** `/nearmiss digest preview`: the same parent and thread, in the stewards' own messages. */
export async function previewNow(app: Surroundings, personId: string): Promise<Message> {
  const { storage, identity, now } = app;
  const refused = await whyNotSteward(app, personId, 'see a preview of the digest');
  if (refused !== undefined) return sayingMessage(refused);
  const { digest: settings } = await storage.workspaces.settings(identity.teamId);
  if (settings === undefined) return sayingMessage(NOT_SET_UP);
  const open = await storage.digests.open(identity.teamId);
  if (open !== undefined) {
    await showPreviewTo(app, open, personId);
    return sayingMessage('The preview is in your messages from the app.');
  }
  if ((await storage.digests.next(identity.teamId, now())).length === 0) return sayingMessage(NOTHING_NEW);
  const work = digestWorkOf(app);
  const last = await storage.digests.last(identity.teamId);
  const slot = work.nextSlot(settings, last);
  const frozen = await freezeFor(work, settings, { slot, state: 'preview', publishAt: slot.at });
  if (frozen === undefined)
    return sayingMessage(
      'Slack does not let the app post in the channel of the digest just now. Nothing was changed.',
    );
  if (frozen.state === 'quiet') return sayingMessage(NOTHING_NEW);
  const stewards = ableOf(await stewardsNow(app));
  return sayingMessage(
    `The preview is in the messages of ${stewards.length === 1 ? 'the steward' : 'all stewards'}. It is posted on ${dayInWords(frozen.publishAt, frozen.zone)} if nobody does anything. What is shared from now on comes in the digest after it.`,
  );
}

/** To somebody who became a steward since; the others have it already. */
async function showPreviewTo(app: Surroundings, { teamId, id }: KeptDigest, personId: string): Promise<void> {
  const { digests } = app.storage;
  if ((await digests.previews(id, personId)).length > 0) return;
  await digests.showPreviews({ teamId, id, stewards: [personId], now: app.now() });
  app.wakeOutbox();
}
