import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { practiceOf } from '../domain/digest.ts';
import { mayRead } from '../domain/reading.ts';
import { adoptView, readAdoption } from './adopting.ts';
import { morePage } from './digest-message.ts';
import { notFoundWords, sayingModal } from './near-miss-view.ts';
import { type ButtonArgs, openDrawn, updateIfOpen } from './reading.ts';
import { NOT_SAVED, saveOr } from './saving.ts';
import { readSubject } from './step-two.ts';
import { isSteward } from './stewarding.ts';
import { peopleNamed } from './story.ts';
import type { Surroundings } from './surroundings.ts';

type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/**
 * *I learned something* and *I've seen this too*: pressed, or taken back. Whoever stands before the message may
 * press, guests too: it was posted in front of them. Only the number is shown, when the outbox draws it again.
 */
export function onPress(app: Surroundings, press: 'learned' | 'seen') {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    const nearMiss = await inDigest(app, action.value ?? '');
    if (nearMiss === undefined) return;
    await app.storage.presses.toggle({
      teamId: nearMiss.teamId,
      nearMissId: nearMiss.id,
      personId: body.user.id,
      press,
      now: app.now(),
    });
    app.wakeOutbox();
  };
}

/** *We could use this*: taken back when it was pressed before, else asks for the team and a sentence. */
export function onUse(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    const { storage, client, now, wakeOutbox } = app;
    const nearMiss = await inDigest(app, action.value ?? '');
    const personId = body.user.id;
    if (nearMiss !== undefined && (await storage.presses.adoptionOf(nearMiss.id, personId)) !== undefined) {
      await storage.presses.takeBackAdoption({ nearMissId: nearMiss.id, personId, now: now() });
      return wakeOutbox();
    }
    const view =
      nearMiss === undefined
        ? sayingModal('We could use this', notFoundWords())
        : adoptView(nearMiss.id, practiceOf(nearMiss));
    await client.views.open({ trigger_id: body.trigger_id, view });
  };
}

export function onAdopted(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const read = readAdoption(view);
    if ('errors' in read) return ack({ response_action: 'errors', errors: read.errors });
    const done = await saveOr(app, NOT_SAVED, async () => {
      const nearMiss = await inDigest(app, readSubject(view));
      if (nearMiss === undefined) return 'gone' as const;
      const { teamId, id: nearMissId } = nearMiss;
      const adoption = { teamId, nearMissId, personId: body.user.id, ...read.adoption, now: app.now() };
      await app.storage.presses.adopt(adoption);
      return 'saved' as const;
    });
    if ('problem' in done) return ack({ response_action: 'errors', errors: { team: done.problem } });
    if (done.saved === 'gone')
      return ack({ response_action: 'update', view: sayingModal('We could use this', notFoundWords()) });
    await ack();
    app.wakeOutbox();
  };
}

async function inDigest({ storage, identity }: Surroundings, id: string) {
  const nearMiss = await storage.nearMisses.byId(identity.teamId, id);
  return nearMiss?.withdrawnAt === undefined && nearMiss?.audience === 'everyone' ? nearMiss : undefined;
}

const STORIES_A_PAGE = 5;
const MORE_TITLE = 'In this digest';

/** *More*: the stories that are in this digest and have no message of their own, page by page. */
export function onMoreStories(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    const [digestId = '', page = '0'] = (action.value ?? '').split(':');
    const draw = () => storiesPage(app, body.user.id, digestId, Number(page));
    if (body.view?.type === 'modal') return updateIfOpen(app.client, body.view.id, await draw());
    await openDrawn(app, body.trigger_id, MORE_TITLE, draw);
  };
}

/** These stand in front of nobody, so that each passes the gate for whoever asks. */
async function storiesPage(
  app: Surroundings,
  personId: string,
  digestId: string,
  page: number,
): Promise<ModalView> {
  const { storage, identity, people, now } = app;
  const digest = await storage.digests.byId(identity.teamId, digestId);
  const behind = digest === undefined ? [] : storage.digests.behindMore(digest);
  const [rest, viewer] = await Promise.all([behind, people.viewer(personId)]);
  if (viewer.standing === 'guest' || viewer.standing === 'external')
    return sayingModal(MORE_TITLE, `The rest of this digest is for the members of ${identity.workspace}.`);
  // Stewards see a digest before anybody else does.
  const isPreview = digest?.state !== 'published' && (await isSteward(app, personId));
  const readable = rest.filter((story) => isPreview || mayRead(viewer, story, now()));
  if (readable.length === 0) return sayingModal(MORE_TITLE, notFoundWords('The rest of this digest'));
  const from = page * STORIES_A_PAGE;
  const shown = readable.slice(from, from + STORIES_A_PAGE);
  const names = await people.names(shown.flatMap(peopleNamed));
  const hasMore = readable.length > from + STORIES_A_PAGE;
  return {
    ...sayingModal(MORE_TITLE),
    blocks: morePage(shown, names, digestId, hasMore ? page + 1 : undefined),
  };
}

/** *Still true*, under one from the archive: thanked for, in front of whoever pressed. */
export function onStillTrue(_app: Surroundings) {
  return async ({ ack, respond }: ButtonArgs) => {
    await ack();
    await respond({
      replace_original: false,
      response_type: 'ephemeral',
      text: 'Thank you. It is good to know that it still holds.',
    });
  };
}
