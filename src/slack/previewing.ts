import type {
  AllMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { addDays, format, tz } from '../date-fns.ts';
import { freezeFor, publish } from '../digest.ts';
import type { KeptDigest } from '../domain/digests.ts';
import { channelWords } from '../domain/place.ts';
import { dayInWords, instantOf } from '../domain/schedule.ts';
import { escapeText, plainText, typed } from './blocks.ts';
import type { Message } from './card.ts';
import { decidedWords, isOpen, toDecide } from './deciding.ts';
import { digestWorkOf } from './digest-room.ts';
import { sayingModal } from './near-miss-view.ts';
import { holdView, readHold } from './preview-modals.ts';
import type { ButtonArgs } from './reading.ts';
import { NOT_SAVED, saveOr } from './saving.ts';
import { isSteward, notForYou } from './stewarding.ts';
import type { Surroundings } from './surroundings.ts';

type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

export const PUBLISH_NOW = 'publish_now';

function said(words: string): Message {
  return { text: escapeText(words), blocks: [typed(words)] };
}

const NOTHING_NEW = 'There is nothing new for a digest yet.';
const NOT_SET_UP = 'The digest is not set up yet. Choose a channel with /nearmiss digest settings first.';

/** `/nearmiss digest preview`: the same parent and thread, in the stewards' own messages. */
export async function previewNow(app: Surroundings, personId: string): Promise<Message> {
  const { storage, identity, now } = app;
  if (!(await isSteward(app, personId))) return said(await notForYou(app, 'see a preview of the digest'));
  const { digest: settings, stewards } = await storage.workspaces.settings(identity.teamId);
  if (settings === undefined) return said(NOT_SET_UP);
  const open = await storage.digests.open(identity.teamId);
  if (open !== undefined) {
    await showPreviewTo(app, open, personId);
    return said('The preview is in your messages from the app.');
  }
  if ((await storage.digests.next(identity.teamId, now())).length === 0) return said(NOTHING_NEW);
  const work = digestWorkOf(app);
  const last = await storage.digests.last(identity.teamId);
  const slot = work.nextSlot(settings, last);
  const frozen = await freezeFor(work, settings, { slot, state: 'preview', publishAt: slot.at });
  if (frozen === undefined)
    return said(
      'Slack does not let the app post in the channel of the digest just now. Nothing was changed.',
    );
  if (frozen.state === 'quiet') return said(NOTHING_NEW);
  return said(
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

/** `/nearmiss digest now`: asks first, and says how many and where. */
export async function askToPublishNow(
  app: Surroundings,
  command: SlackCommandMiddlewareArgs['command'],
): Promise<Message | undefined> {
  const { storage, identity, client, now } = app;
  const { teamId } = identity;
  if (!(await isSteward(app, command.user_id))) return said(await notForYou(app, 'publish the digest'));
  const { digest: settings } = await storage.workspaces.settings(teamId);
  if (settings === undefined) return said(NOT_SET_UP);
  const open = await storage.digests.open(teamId);
  const stories =
    open === undefined
      ? await storage.digests.next(teamId, now())
      : (await storage.digests.asItIsNow(open)).stories;
  if (stories.length === 0) return said(NOTHING_NEW);
  const count = stories.length === 1 ? 'One story' : `${stories.length} stories`;
  await client.views.open({
    trigger_id: command.trigger_id,
    view: {
      type: 'modal',
      callback_id: PUBLISH_NOW,
      title: plainText('Publish the digest now?', 24),
      submit: plainText('Publish now'),
      close: plainText('Not yet'),
      private_metadata: JSON.stringify({ id: open?.id ?? '' }),
      blocks: [
        typed(
          `${count} will be posted in ${channelWords({ name: settings.channelName, kind: 'public' })}, for everyone who is there.`,
        ),
      ],
    },
  });
  return undefined;
}

export function onPublishNow(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const { storage, identity, now } = app;
    const title = 'The weekly digest';
    if (!(await isSteward(app, body.user.id)))
      return ack({
        response_action: 'update',
        view: sayingModal(title, await notForYou(app, 'publish the digest')),
      });
    const { id } = JSON.parse(view.private_metadata) as { id: string };
    const work = digestWorkOf(app);
    const { digest: settings } = await storage.workspaces.settings(identity.teamId);
    const done = await saveOr(app, NOT_SAVED, async () => {
      // One that was closed while this modal stood there holds what was to be published.
      const open = await (id === ''
        ? storage.digests.open(identity.teamId)
        : storage.digests.byId(identity.teamId, id));
      if (open !== undefined)
        return (await publish(work, open, body.user.id)) ? PUBLISHED : await whyNotPublished(app, open);
      if (settings === undefined) return NOT_SET_UP;
      const frozen = await freezeFor(work, settings, { state: 'published', publishAt: now() });
      if (frozen === undefined) return CHANNEL_REFUSES;
      return frozen.state === 'quiet' ? NOTHING_NEW : PUBLISHED;
    });
    await ack({
      response_action: 'update',
      view: sayingModal(title, 'problem' in done ? done.problem : done.saved),
    });
  };
}

const PUBLISHED = 'It is on its way.';
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
    if (!(await isSteward(app, body.user.id)))
      return void (await respond({
        replace_original: false,
        text: escapeText(await notForYou(app, 'publish the digest')),
      }));
    const digest = await app.storage.digests.byId(app.identity.teamId, action.value ?? '');
    if (digest === undefined || (await publish(digestWorkOf(app), digest, body.user.id))) return;
    await respond({ replace_original: false, text: escapeText(await whyNotPublished(app, digest)) });
  };
}

/** *Hold*: asks until when, and proposes the day after the one it is due on. */
export function onHold(app: Surroundings) {
  return async ({ body, action, ack, client }: ButtonArgs) => {
    await ack();
    const asked = await toDecide(app, body.user.id, action.value ?? '');
    const view =
      'refused' in asked
        ? sayingModal(HOLD, asked.refused)
        : asked.digest.state === 'held'
          ? sayingModal(HOLD, await decidedWords(app, asked.digest))
          : holdView(asked.digest.id, dayAfter(asked.digest));
    await client.views.open({ trigger_id: body.trigger_id, view });
  };
}

const HOLD = 'Hold the digest';

/** As `YYYY-MM-DD`. */
function dayAfter({ publishAt, zone }: KeptDigest): string {
  return format(addDays(publishAt, 1), 'yyyy-MM-dd', { in: tz(zone) });
}

export function onHeld(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const { storage, identity, now } = app;
    const { digestId, day } = readHold(view);
    const asked = await toDecide(app, body.user.id, digestId);
    if ('refused' in asked) return ack({ response_action: 'update', view: sayingModal(HOLD, asked.refused) });
    const { digest } = asked;
    const { digest: settings } = await storage.workspaces.settings(identity.teamId);
    if (settings === undefined || day === undefined)
      return ack({ response_action: 'update', view: sayingModal(HOLD, NOT_SET_UP) });
    const until = instantOf(day, settings.minutes, digest.zone);
    if (until <= now())
      return ack({
        response_action: 'errors',
        errors: { until: 'Please choose a day that is still to come.' },
      });
    const done = await saveOr(app, NOT_SAVED, () =>
      storage.digests.hold({ teamId: digest.teamId, id: digest.id, by: body.user.id, until, now: now() }),
    );
    if ('problem' in done) return ack({ response_action: 'errors', errors: { until: done.problem } });
    const words = done.saved
      ? `It is held until ${dayInWords(until, digest.zone)}.`
      : await decidedWords(app, digest);
    await ack({ response_action: 'update', view: sayingModal(HOLD, words) });
    app.wakeOutbox();
  };
}
