import type { ModalView } from '@slack/types';
import { mayChange } from '../../domain/access/gate.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { ButtonArgs, SubmitArgs } from '../platform/listener.ts';
import { answerPart } from '../platform/message-parts.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn, overOrOpen } from '../platform/open-modal.ts';
import { NOT_SAVED_YET, saveOr, staysOpen } from '../platform/submission.ts';
import { refusedIn } from '../stewards/may-as-steward.ts';
import { notFoundWords } from '../story/story-view.ts';
import type { Workspace } from '../workspace.ts';
import { toDecide } from './digest-decision.ts';
import { WORDING_ANSWERED, wordingKey } from './digest-notices.ts';
import { drawMoreBelow, placeIn } from './more-stories.ts';
import { type InPreview, leaveOutView, readLeaveOut, readWording, wordingView } from './preview-modals.ts';

/** *Leave this out* and *Propose a wording*, under a story of a preview. */
export async function onStoryButton(
  workspace: Workspace,
  { body, action, ack }: ButtonArgs,
  what: 'leave_out' | 'reword',
) {
  await ack();
  const [digestId = '', nearMissId = ''] = (action.value ?? '').split(':');
  const title = what === 'leave_out' ? LEAVE_OUT : REWORD;
  const draw = async () => {
    const asked = await toDecide(workspace, body.user.id, digestId);
    if ('refused' in asked) return sayingModal(title, asked.refused);
    const { stories } = await workspace.app.storage.digests.asItIsNow(asked.digest);
    const story = stories.find(({ id }) => id === nearMissId);
    return story === undefined
      ? sayingModal(title, NOT_IN_IT)
      : viewAbout(what, { id: digestId, nearMissId, more: placeIn(body.view) }, story);
  };
  await openDrawn(workspace, body.trigger_id, title, draw, overOrOpen(body));
}

const LEAVE_OUT = 'Leave this out';
const REWORD = 'Propose a wording';
const NOT_IN_IT = 'It is not in this digest any more.';
const NOBODY_TO_ASK = 'Nobody can be asked about this one: it was shared without a name.';

function viewAbout(what: 'leave_out' | 'reword', place: InPreview, story: NearMiss): ModalView {
  const hasReporter = story.reporterId !== undefined;
  if (what === 'leave_out') return leaveOutView(place, hasReporter);
  return hasReporter ? wordingView(place, story.summary) : sayingModal(REWORD, NOBODY_TO_ASK);
}

/** A story is left out with a steward's line, which its reporter reads once the digest is posted. */
export async function onLeftOut(
  workspace: Workspace,
  { body, view, ack }: SubmitArgs,
  { id: digestId, nearMissId, more }: InPreview,
) {
  const left = readLeaveOut(view);
  if (left === undefined)
    return ack({ response_action: 'errors', errors: { line: 'A few words are enough.' } });
  const asked = await toDecide(workspace, body.user.id, digestId);
  if ('refused' in asked) return ack(refusedIn(view, LEAVE_OUT, asked.refused));
  const { teamId, id } = asked.digest;
  const done = await saveOr(workspace.app, { failed: NOT_SAVED_YET }, () =>
    workspace.app.storage.digests.leaveOut({
      teamId,
      id,
      nearMissId,
      by: body.user.id,
      ...left,
      now: workspace.app.now(),
    }),
  );
  if ('problem' in done) return ack(staysOpen(view, done.problem));
  if (!done.saved) return ack({ response_action: 'update', view: sayingModal(LEAVE_OUT, NOT_IN_IT) });
  await ack();
  workspace.app.wakeOutbox();
  await drawMoreBelow(workspace, body, more);
}

/** Other words for a story go to its reporter, to be agreed to or not. */
export async function onWordingProposed(
  workspace: Workspace,
  { body, view, ack }: SubmitArgs,
  { id: digestId, nearMissId }: InPreview,
) {
  const wording = readWording(view);
  if (wording === undefined)
    return ack({ response_action: 'errors', errors: { wording: 'A few words are enough.' } });
  const asked = await toDecide(workspace, body.user.id, digestId);
  if ('refused' in asked) return ack(refusedIn(view, REWORD, asked.refused));
  const done = await saveOr(workspace.app, { failed: NOT_SAVED_YET }, () =>
    workspace.app.storage.wordings.propose({
      teamId: workspace.identity.teamId,
      digestId,
      nearMissId,
      by: body.user.id,
      wording,
      now: workspace.app.now(),
    }),
  );
  if ('problem' in done) return ack(staysOpen(view, done.problem));
  const words = done.saved
    ? 'Sent. The digest carries these words if the person who shared it agrees.'
    : NOT_IN_IT;
  await ack({ response_action: 'update', view: sayingModal(REWORD, words) });
  workspace.app.wakeOutbox();
}

/** The person who shared it agrees to other words for the digest, or keeps their own. */
export async function onWordingAnswered(workspace: Workspace, args: ButtonArgs, agreed: boolean) {
  const { body, action, ack } = args;
  await ack();
  const { storage, now } = workspace.app;
  const { identity } = workspace;
  const { teamId } = identity;
  const [nearMissId = '', key] = (action.value ?? '').split(':');
  const nearMiss = await storage.nearMisses.byId(teamId, nearMissId);
  if (nearMiss === undefined || !mayChange(body.user.id, nearMiss) || nearMiss.withdrawnAt !== undefined)
    return answerPart(args, notFoundWords());
  // Other words may have been proposed since: yes to these is not yes to those.
  const asked = await storage.wordings.of(teamId, nearMissId);
  const answered =
    asked !== undefined &&
    wordingKey(asked.wording) === key &&
    (await storage.wordings.answer({ teamId, nearMissId, wording: asked.wording, agreed, now: now() }));
  if (!answered) return answerPart(args, WORDING_ANSWERED.outdated);
  workspace.app.wakeOutbox();
  await answerPart(args, agreed ? WORDING_ANSWERED.agreed : WORDING_ANSWERED.kept);
}
