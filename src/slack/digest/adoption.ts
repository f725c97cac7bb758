import type { BlockAction } from '@slack/bolt';
import { practicesOf } from '../../domain/digest/digest.ts';
import { button } from '../platform/blocks.ts';
import type { ButtonArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn, overOrOpen, updateIfOpen } from '../platform/open-modal.ts';
import { NOT_SAVED, saveOr } from '../platform/submission.ts';
import { notFoundWords } from '../story/story-view.ts';
import type { Workspace } from '../workspace.ts';
import { type AdoptionSubject, adoptView, readAdoption } from './adoption-view.ts';
import { PRESS_LABELS } from './digest-story.ts';
import { drawMoreBelow, placeIn } from './more-stories.ts';
import { placeBelow, sayBefore, takenBack } from './said-before.ts';
import { type Pressing, toldStory } from './told-story.ts';

/** What is offered to somebody who said before that their team uses it. */
export const ADOPTION_ACTIONS = { change: 'change_adoption', takeBack: 'take_back_adoption' } as const;

const TITLE = PRESS_LABELS.use;

/** *We could use this*: asks for the team and a sentence, or says what this person said before. */
export async function onUse(workspace: Workspace, args: ButtonArgs) {
  const { body, action, ack } = args;
  await ack();
  const nearMissId = action.value ?? '';
  const before = await adoptionOf(workspace, body, nearMissId);
  if (before !== undefined) {
    const words = `You said that ${before.team} uses this.`;
    const buttons = [
      button(ADOPTION_ACTIONS.change, 'Change it', nearMissId),
      button(ADOPTION_ACTIONS.takeBack, 'Take it back', nearMissId),
    ];
    return sayBefore(workspace, args, { title: TITLE, words, buttons });
  }
  const draw = async () => {
    const story = await toldStory(workspace, body, nearMissId);
    return story === undefined
      ? sayingModal(TITLE, notFoundWords())
      : adoptView({ id: nearMissId, ...placedIn(body) }, { sentence: practicesOf(story)[0] });
  };
  await openDrawn(workspace, body.trigger_id, TITLE, draw, overOrOpen(body));
}

/** *Change it*: the same questions, with what was said before. */
export async function onChangeAdoption(workspace: Workspace, { body, action, ack, respond }: ButtonArgs) {
  await ack();
  const id = action.value ?? '';
  const draw = async () => {
    const before = await adoptionOf(workspace, body, id);
    const story = await toldStory(workspace, body, id);
    return story === undefined
      ? sayingModal(TITLE, notFoundWords())
      : adoptView({ id, more: placeBelow(body), channelId: body.channel?.id }, before);
  };
  if (body.view?.type === 'modal') return updateIfOpen(workspace.client, body.view.id, await draw());
  await openDrawn(workspace, body.trigger_id, TITLE, draw);
  await respond({ delete_original: true });
}

export async function onAdoptionTakenBack(workspace: Workspace, args: ButtonArgs) {
  const { body, action, ack } = args;
  await ack();
  const { storage, now, wakeOutbox } = workspace.app;
  const of = { teamId: workspace.identity.teamId, nearMissId: action.value ?? '', personId: body.user.id };
  await storage.presses.takeBackAdoption({ ...of, now: now() });
  wakeOutbox();
  await takenBack(workspace, args, TITLE);
}

/** The team and the sentence of who uses something: kept where a digest tells the story and they may read it. */
export async function onAdopted(
  workspace: Workspace,
  { body, view, ack }: SubmitArgs,
  { id, more, channelId }: AdoptionSubject,
) {
  const read = readAdoption(view);
  if ('errors' in read) return ack({ response_action: 'errors', errors: read.errors });
  const { storage, now, wakeOutbox } = workspace.app;
  const pressing = { user: body.user, channel: channelId === undefined ? undefined : { id: channelId } };
  const done = await saveOr(workspace.app, { failed: NOT_SAVED }, async () => {
    const story = await toldStory(workspace, pressing, id);
    if (story === undefined) return false;
    const of = { teamId: story.teamId, nearMissId: story.id, personId: body.user.id };
    return storage.presses.adopt({ ...of, ...read.adoption, now: now() });
  });
  if ('problem' in done) return ack({ response_action: 'errors', errors: { team: done.problem } });
  if (!done.saved) return ack({ response_action: 'update', view: sayingModal(TITLE, notFoundWords()) });
  await ack();
  wakeOutbox();
  await drawMoreBelow(workspace, body, more);
}

function adoptionOf({ app, identity }: Workspace, { user }: Pressing, nearMissId: string) {
  return app.storage.presses.adoptionOf({ teamId: identity.teamId, nearMissId, personId: user.id });
}

/** Where it was pressed: a page behind *More*, or the channel of a message. */
function placedIn({ view, channel }: BlockAction): Pick<AdoptionSubject, 'more' | 'channelId'> {
  return { more: placeIn(view), channelId: channel?.id };
}
