import type { ModalView } from '@slack/types';
import { channelWords } from '../../domain/access/place.ts';
import type { DigestDefinition } from '../../domain/digest/digest.ts';
import { isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import { escapeText, plainText, typed } from '../platform/blocks.ts';
import type { ButtonArgs, CommandArgs, SubmitArgs } from '../platform/listener.ts';
import { type Message, sayingMessage } from '../platform/message.ts';
import { sayingModal } from '../platform/modal.ts';
import { openModal } from '../platform/open-modal.ts';
import { saveOr } from '../platform/submission.ts';
import { SUBJECT, type Subject } from '../platform/view-metadata.ts';
import { refusedIn, whyNotSteward } from '../stewards/may-as-steward.ts';
import type { Workspace } from '../workspace.ts';
import { digestWorkOf } from './digest-channel.ts';
import { digestChannelName } from './digest-channel-name.ts';
import { decidedWords } from './digest-decision.ts';
import { NOT_SET_UP, NOTHING_NEW } from './show-preview.ts';
import { freezeFor, publish } from './tend-digest.ts';

export const PUBLISH_NOW = 'publish_now';

/** `/nearmiss digest now`: asks first, and says how many and where. */
export async function askToPublishNow(
  workspace: Workspace,
  command: CommandArgs['command'],
): Promise<Message | undefined> {
  const { storage, now } = workspace.app;
  const { teamId } = workspace.identity;
  const refused = await whyNotSteward(workspace, command.user_id, 'publish the digest');
  if (refused !== undefined) return sayingMessage(refused);
  const { digest: settings } = await storage.workspaces.settings(teamId);
  if (settings === undefined) return sayingMessage(NOT_SET_UP);
  const open = await storage.digests.open(teamId);
  const stories =
    open === undefined
      ? await storage.digests.next(teamId, now())
      : (await storage.digests.asItIsNow(open)).stories;
  if (stories.length === 0) return sayingMessage(NOTHING_NEW);
  const view = publishNowView(open?.id, stories.length, digestChannelName(workspace, settings));
  await openModal(workspace, command.trigger_id, view);
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
    private_metadata: SUBJECT.write({ id: openId ?? '' }),
    blocks: [
      typed(
        `${count} will be posted in ${channelWords({ name: channelName, kind: 'public' })}, for everyone who is there.`,
      ),
    ],
  };
}

/** *Publish now*, after the question: the digest that stands open, or one that is made of what there is now. */
export async function onPublishNow(workspace: Workspace, { body, view, ack }: SubmitArgs, { id }: Subject) {
  const title = 'The weekly digest';
  const refused = await whyNotSteward(workspace, body.user.id, 'publish the digest');
  if (refused !== undefined) return ack(refusedIn(view, title, refused));
  const { digest: settings } = await workspace.app.storage.workspaces.settings(workspace.identity.teamId);
  const done = await saveOr(workspace.app, { failed: NOT_PUBLISHED }, () =>
    published(workspace, { id, settings, by: body.user.id }),
  );
  await ack({
    response_action: 'update',
    view: sayingModal(title, 'problem' in done ? done.problem : done.saved),
  });
}

/** Publishes it, and says so; or why there is nothing to publish, in words. */
async function published(
  workspace: Workspace,
  { id, settings, by }: { id: string; settings: DigestDefinition | undefined; by: string },
): Promise<string> {
  const { storage, now } = workspace.app;
  const { identity } = workspace;
  const work = digestWorkOf(workspace);
  // One that was closed while this modal stood there holds what was to be published.
  const open = await (id === ''
    ? storage.digests.open(identity.teamId)
    : storage.digests.byId(identity.teamId, id));
  if (open !== undefined) {
    if (!(await publish(work, open, by))) return whyNotPublished(workspace, open);
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
async function whyNotPublished(workspace: Workspace, digest: KeptDigest): Promise<string> {
  const now = await workspace.app.storage.digests.byId(workspace.identity.teamId, digest.id);
  return now !== undefined && isOpen(now) ? CHANNEL_REFUSES : decidedWords(workspace, digest);
}

/** *Publish now*, under a preview. */
export async function onPublish(workspace: Workspace, { body, action, ack, respond }: ButtonArgs) {
  await ack();
  const refused = await whyNotSteward(workspace, body.user.id, 'publish the digest');
  if (refused !== undefined)
    return void (await respond({ replace_original: false, text: escapeText(refused) }));
  const digest = await workspace.app.storage.digests.byId(workspace.identity.teamId, action.value ?? '');
  if (digest === undefined || (await publish(digestWorkOf(workspace), digest, body.user.id))) return;
  await respond({ replace_original: false, text: escapeText(await whyNotPublished(workspace, digest)) });
}
