import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { freezeFor, publish } from '../digest.ts';
import type { DigestSettings } from '../domain/digest.ts';
import { isOpen, type KeptDigest } from '../domain/digests.ts';
import { channelWords } from '../domain/place.ts';
import { escapeText, plainText, typed } from './blocks.ts';
import type { Message } from './card.ts';
import { decidedWords } from './deciding.ts';
import { digestChannelName } from './digest-channel.ts';
import { digestWorkOf } from './digest-room.ts';
import { sayingMessage, sayingModal } from './near-miss-view.ts';
import { NOT_SET_UP, NOTHING_NEW } from './previewing.ts';
import type { ButtonArgs } from './reading.ts';
import { type SubmitArgs, saveOr } from './saving.ts';
import { refusedIn, whyNotSteward } from './stewards.ts';
import type { Surroundings } from './surroundings.ts';

export const PUBLISH_NOW = 'publish_now';

/** `/nearmiss digest now`: asks first, and says how many and where. */
export async function askToPublishNow(
  app: Surroundings,
  command: SlackCommandMiddlewareArgs['command'],
): Promise<Message | undefined> {
  const { storage, identity, client, now } = app;
  const { teamId } = identity;
  const refused = await whyNotSteward(app, command.user_id, 'publish the digest');
  if (refused !== undefined) return sayingMessage(refused);
  const { digest: settings } = await storage.workspaces.settings(teamId);
  if (settings === undefined) return sayingMessage(NOT_SET_UP);
  const open = await storage.digests.open(teamId);
  const stories =
    open === undefined
      ? await storage.digests.next(teamId, now())
      : (await storage.digests.asItIsNow(open)).stories;
  if (stories.length === 0) return sayingMessage(NOTHING_NEW);
  const view = publishNowView(open?.id, stories.length, digestChannelName(app, settings));
  await client.views.open({ trigger_id: command.trigger_id, view });
  return undefined;
}

function publishNowView(openId: string | undefined, stories: number, channelName: string): ModalView {
  const count = stories === 1 ? 'One story' : `${stories} stories`;
  return {
    type: 'modal',
    callback_id: PUBLISH_NOW,
    title: plainText('Publish the digest now?', 24),
    submit: plainText('Publish now'),
    close: plainText('Not yet'),
    private_metadata: JSON.stringify({ id: openId ?? '' }),
    blocks: [
      typed(
        `${count} will be posted in ${channelWords({ name: channelName, kind: 'public' })}, for everyone who is there.`,
      ),
    ],
  };
}

/** *Publish now*, after the question: the digest that stands open, or one that is made of what there is now. */
export function onPublishNow(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const title = 'The weekly digest';
    const refused = await whyNotSteward(app, body.user.id, 'publish the digest');
    if (refused !== undefined) return ack(refusedIn(view, title, refused));
    const { id } = JSON.parse(view.private_metadata) as { id: string };
    const { digest: settings } = await app.storage.workspaces.settings(app.identity.teamId);
    const done = await saveOr(app, NOT_PUBLISHED, () => published(app, { id, settings, by: body.user.id }));
    await ack({
      response_action: 'update',
      view: sayingModal(title, 'problem' in done ? done.problem : done.saved),
    });
  };
}

/** Publishes it, and says so; or why there is nothing to publish, in words. */
async function published(
  app: Surroundings,
  { id, settings, by }: { id: string; settings: DigestSettings | undefined; by: string },
): Promise<string> {
  const { storage, identity, now } = app;
  const work = digestWorkOf(app);
  // One that was closed while this modal stood there holds what was to be published.
  const open = await (id === ''
    ? storage.digests.open(identity.teamId)
    : storage.digests.byId(identity.teamId, id));
  if (open !== undefined) {
    if (!(await publish(work, open, by))) return whyNotPublished(app, open);
    // What it was to tell may have been taken back while this modal stood there.
    const made = await storage.digests.byId(identity.teamId, open.id);
    return made?.state === 'quiet' ? NOTHING_NEW : PUBLISHED;
  }
  if (settings === undefined) return NOT_SET_UP;
  const frozen = await freezeFor(work, settings, { state: 'published', publishAt: now() });
  if (frozen === undefined) return CHANNEL_REFUSES;
  return frozen.state === 'quiet' ? NOTHING_NEW : PUBLISHED;
}

const PUBLISHED = 'It is on its way.';
const NOT_PUBLISHED =
  'The digest could not be published just now. Nothing was changed. Please try again in a moment.';
const CHANNEL_REFUSES = 'Slack does not let the app post there just now. Nothing was changed.';

/** It is open still where its channel takes nothing; else somebody was quicker. */
async function whyNotPublished(app: Surroundings, digest: KeptDigest): Promise<string> {
  const now = await app.storage.digests.byId(app.identity.teamId, digest.id);
  return now !== undefined && isOpen(now) ? CHANNEL_REFUSES : decidedWords(app, digest);
}

/** *Publish now*, under a preview. */
export function onPublish(app: Surroundings) {
  return async ({ body, action, ack, respond }: ButtonArgs) => {
    await ack();
    const refused = await whyNotSteward(app, body.user.id, 'publish the digest');
    if (refused !== undefined)
      return void (await respond({ replace_original: false, text: escapeText(refused) }));
    const digest = await app.storage.digests.byId(app.identity.teamId, action.value ?? '');
    if (digest === undefined || (await publish(digestWorkOf(app), digest, body.user.id))) return;
    await respond({ replace_original: false, text: escapeText(await whyNotPublished(app, digest)) });
  };
}
