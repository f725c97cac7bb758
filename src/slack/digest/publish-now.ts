import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { channelWords } from '../../domain/access/place.ts';
import type { DigestDefinition } from '../../domain/digest/digest.ts';
import { isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import { escapeText, plainText, typed } from '../platform/blocks.ts';
import type { ButtonArgs, CommandArgs, SubmitArgs } from '../platform/listener.ts';
import { type Message, sayingMessage } from '../platform/message.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn } from '../platform/open-modal.ts';
import { NOT_CHECKED } from '../platform/say-what-failed.ts';
import { saveOr } from '../platform/submission.ts';
import { metadata } from '../platform/view-metadata.ts';
import { refusedIn, whyNotSteward } from '../stewards/may-as-steward.ts';
import type { Workspace } from '../workspace.ts';
import { digestWorkOf } from './digest-channel.ts';
import { digestChannelName } from './digest-channel-name.ts';
import { decidedWords } from './digest-decision.ts';
import { NOT_SET_UP, NOTHING_NEW } from './show-preview.ts';
import { freezeFor, publish } from './tend-digest.ts';

export const PUBLISH_NOW = 'publish_now';

const publishSubject = z.strictObject({ id: z.string(), isNew: z.boolean() });

/** The digest that stands open; or, where none does, the id of the one it is to become, however often it is sent. */
type PublishSubject = z.infer<typeof publishSubject>;
export const PUBLISH_SUBJECT = metadata(publishSubject);

/** `/nearmiss digest now`: asks first, and says how many and where. */
export async function askToPublishNow(
  workspace: Workspace,
  command: CommandArgs['command'],
): Promise<Message | undefined> {
  const { storage, now } = workspace.app;
  const { teamId } = workspace.identity;
  const { digest: settings, stewards } = await storage.workspaces.settings(teamId);
  const whyNot = () => whyNotSteward(workspace, command.user_id, 'publish the digest');
  // Whom nobody chose needs no modal, and so no trigger, which does not live as long as Slack may take to say.
  if (!stewards.includes(command.user_id)) return sayingMessage((await whyNot()) ?? NOT_CHECKED);
  if (settings === undefined) return sayingMessage((await whyNot()) ?? NOT_SET_UP);
  const open = await storage.digests.open(teamId);
  const stories =
    open === undefined
      ? await storage.digests.next(teamId, now())
      : (await storage.digests.asItIsNow(open)).stories;
  if (stories.length === 0) return sayingMessage((await whyNot()) ?? NOTHING_NEW);
  await openDrawn(workspace, command.trigger_id, ASKS, async () => {
    const refused = await whyNot();
    if (refused !== undefined) return sayingModal(ASKS, refused);
    const subject = { id: open?.id ?? workspace.app.newId(), isNew: open === undefined };
    return publishNowView(subject, stories.length, digestChannelName(workspace, settings));
  });
  return undefined;
}

const ASKS = 'Publish the digest now?';

function publishNowView(subject: PublishSubject, stories: number, channelName: string): ModalView {
  const count = stories === 1 ? 'One story' : `${stories} stories`;
  return {
    type: 'modal',
    callback_id: PUBLISH_NOW,
    title: plainText(ASKS, 24),
    submit: plainText('Publish now'),
    close: plainText('Not yet'),
    private_metadata: PUBLISH_SUBJECT.write(subject),
    blocks: [
      typed(
        `${count} will be posted in ${channelWords({ name: channelName, kind: 'public' })}, for everyone who is there.`,
      ),
    ],
  };
}

/** *Publish now*, after the question: the digest that stands open, or one that is made of what there is now. */
export async function onPublishNow(
  workspace: Workspace,
  { body, view, ack }: SubmitArgs,
  subject: PublishSubject,
) {
  const title = 'The weekly digest';
  const refused = await whyNotSteward(workspace, body.user.id, 'publish the digest');
  if (refused !== undefined) return ack(refusedIn(view, title, refused));
  const { digest: settings } = await workspace.app.storage.workspaces.settings(workspace.identity.teamId);
  const done = await saveOr(workspace.app, { failed: NOT_PUBLISHED }, () =>
    published(workspace, { ...subject, settings, by: body.user.id }),
  );
  await ack({
    response_action: 'update',
    view: sayingModal(title, 'problem' in done ? done.problem : done.saved),
  });
}

/** Publishes it, and says so; or why there is nothing to publish, in words. */
async function published(
  workspace: Workspace,
  { id, isNew, settings, by }: PublishSubject & { settings: DigestDefinition | undefined; by: string },
): Promise<string> {
  const { storage, now } = workspace.app;
  const { identity } = workspace;
  const work = digestWorkOf(workspace);
  const before = await storage.digests.byId(identity.teamId, id);
  // It was pressed before, and the answer was lost.
  if (isNew && before !== undefined) return before.state === 'quiet' ? NOTHING_NEW : PUBLISHED;
  // One that was closed while this modal stood there holds what was to be published.
  const open = before ?? (isNew ? await storage.digests.open(identity.teamId) : undefined);
  if (open !== undefined) {
    if (!(await publish(work, open, by))) return whyNotPublished(workspace, open);
    // What it was to tell may have been taken back while this modal stood there.
    const made = await storage.digests.byId(identity.teamId, open.id);
    return made?.state === 'quiet' ? NOTHING_NEW : PUBLISHED;
  }
  if (settings === undefined) return NOT_SET_UP;
  const frozen = await freezeFor(work, settings, { id, state: 'published', publishAt: now() });
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
