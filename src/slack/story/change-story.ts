import type { ModalView } from '@slack/types';
import { mayChange } from '../../domain/access/gate.ts';
import { whoCanSee } from '../../domain/access/who-can-see.ts';
import { tierFor, toCapture } from '../../domain/capture/capture.ts';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import { aroundOf, sharingNow } from '../access/sharing-facts.ts';
import { QUESTION } from '../capture/confirmation.ts';
import type { ButtonArgs, SubmitArgs } from '../platform/listener.ts';
import { answerPart } from '../platform/message-parts.ts';
import { sayingModal } from '../platform/modal.ts';
import { updateIfOpen } from '../platform/open-modal.ts';
import { saveOr, staysOpen } from '../platform/submission.ts';
import type { Subject } from '../platform/view-metadata.ts';
import type { Workspace } from '../workspace.ts';
import { cardUnseen, changeWhoCanSee, editWords, readWhoCanSee, readWords } from './change-views.ts';
import { own, ownOrWithdrawn } from './own-story.ts';
import { removedWords } from './own-words.ts';
import { openAbout } from './read-story.ts';
import { notFoundWords } from './story-view.ts';
import { NEAR_MISS_UNSAVED } from './unsaved-words.ts';

/** *Edit my words*. */
export async function onEditWords(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const nearMiss = await own(workspace, action.value ?? '', body.user.id);
  const view = nearMiss === undefined ? sayingModal('Edit my words', notFoundWords()) : editWords(nearMiss);
  await workspace.client.views.push({ trigger_id: body.trigger_id, view });
}

export async function onWordsEdited(workspace: Workspace, { body, view, ack }: SubmitArgs, { id }: Subject) {
  const { summary, ...rest } = readWords(view);
  if (summary.trim() === '') return ack(staysOpen(view, 'A few words are enough.'));
  const done = await saveOr(workspace.app, NEAR_MISS_UNSAVED, async () => {
    const nearMiss = await ownOrWithdrawn(workspace, id, body.user.id);
    if (nearMiss === undefined)
      throw new Error('Words came back for a near-miss that is not there for its sender.');
    const isSaved = await workspace.app.storage.nearMisses.reword({
      teamId: nearMiss.teamId,
      id: nearMiss.id,
      summary: summary.trim(),
      ...rest,
      now: workspace.app.now(),
    });
    return isSaved || undefined;
  });
  if ('problem' in done) return ack(staysOpen(view, done.problem));
  await ack({ response_action: 'clear' });
  workspace.app.wakeOutbox();
}

/** *Change who can see this*. */
export async function onChangeWhoCanSee(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  await openAbout(workspace, body, {
    id: action.value ?? '',
    title: 'Who can see this',
    draw: (nearMiss, personId) =>
      mayChange(personId, nearMiss)
        ? whoCanSeeToChange(workspace, nearMiss)
        : sayingModal('Who can see this', notFoundWords()),
  });
}

async function whoCanSeeToChange(workspace: Workspace, nearMiss: NearMiss): Promise<ModalView> {
  const sharing = await sharingNow(workspace, nearMiss);
  // To be chosen are the stewards of now, not those of then.
  const around = await aroundOf(workspace, nearMiss.conversation?.id, nearMiss);
  return changeWhoCanSee(nearMiss, around, whoCanSee(sharing, 'after'));
}

export async function onWhoCanSeeChanged(
  workspace: Workspace,
  { body, view, ack }: SubmitArgs,
  { id }: Subject,
) {
  const done = await saveOr(workspace.app, NEAR_MISS_UNSAVED, async () => {
    const nearMiss = await ownOrWithdrawn(workspace, id, body.user.id);
    if (nearMiss === undefined)
      throw new Error('A change came back for a near-miss that is not there for its sender.');
    return applyWhoCanSee(workspace, nearMiss, readWhoCanSee(view, nearMiss));
  });
  const problem = 'problem' in done ? done.problem : done.saved;
  if (problem !== '') return ack(staysOpen(view, problem));
  await ack({ response_action: 'clear' });
  workspace.app.wakeOutbox();
}

/**
 * The rules of a new capture hold for a changed one: what the new tier does not keep is un-stored. Nothing is
 * changed where they would keep the name of somebody who asked for Nobody.
 * @returns what is in the way, in words, or none; undefined where it was withdrawn meanwhile.
 */
async function applyWhoCanSee(
  workspace: Workspace,
  nearMiss: NearMiss,
  to: Pick<NearMiss, 'tier' | 'audience'>,
): Promise<string | undefined> {
  const isSame = to.tier === nearMiss.tier && to.audience === nearMiss.audience;
  if (isSame && nearMiss.withdrawnAt === undefined) return '';
  if (tierFor(to.tier, to.audience, nearMiss.conversation) !== to.tier)
    return `The people in this conversation would know that it was you. For Nobody, let everyone at ${workspace.identity.workspace} read it.`;
  // Who could look up the name then: later stewards would need its owner's yes.
  const stewards =
    nearMiss.tier === 'confidential'
      ? nearMiss.stewardsThen
      : (await workspace.app.storage.workspaces.settings(nearMiss.teamId)).stewards;
  const change = toCapture(
    {
      ...nearMiss,
      ...to,
      personId: nearMiss.reporterId ?? '',
      wantsCard: nearMiss.card !== undefined,
      threadTs: nearMiss.card?.threadTs,
      stewards,
    },
    nearMiss.capturedAt,
  );
  const stored = await workspace.app.storage.nearMisses.changeWhoCanSee(change, workspace.app.now());
  if (stored !== undefined && 'cardUnseen' in stored) return cardUnseen(nearMiss, stored.cardUnseen);
  return stored && '';
}

/** *Withdraw*, after the question whether they are sure. */
export async function onWithdraw(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const nearMiss = await ownOrWithdrawn(workspace, action.value ?? '', body.user.id);
  const words = nearMiss === undefined ? notFoundWords() : await withdrawn(workspace, nearMiss);
  if (body.view === undefined) return;
  await updateIfOpen(workspace.client, body.view.id, sayingModal('Edit or withdraw', words));
}

/** Withdraws it, and says where Slack has yet to take the words off. Pressed twice, they hear the same again. */
async function withdrawn(workspace: Workspace, nearMiss: NearMiss): Promise<string> {
  const { teamId, id } = nearMiss;
  const posted = await workspace.app.storage.nearMisses.withdraw({ teamId, id, now: workspace.app.now() });
  workspace.app.wakeOutbox();
  return `${nameOf(nearMiss) ?? 'This near-miss'} is withdrawn. ${removedWords(posted)}`;
}

/** Is the card there? Asked where neither Slack nor the app can tell. */
export async function onAnswerAsked(
  workspace: Workspace,
  args: ButtonArgs,
  answer: 'post_again' | 'is_there',
) {
  const { body, action, ack } = args;
  await ack();
  const nearMiss = await ownOrWithdrawn(workspace, action.value ?? '', body.user.id);
  const words = nearMiss === undefined ? notFoundWords() : await answeredInWords(workspace, nearMiss, answer);
  await answerPart(args, words);
}

async function answeredInWords(
  workspace: Workspace,
  nearMiss: NearMiss,
  answer: 'post_again' | 'is_there',
): Promise<string> {
  if (nearMiss.withdrawnAt !== undefined) return QUESTION.withdrawn;
  const { storage, now, wakeOutbox } = workspace.app;
  const { teamId, id: nearMissId } = nearMiss;
  if (!(await storage.outbox.answerAsked({ teamId, nearMissId, answer, now: now() })))
    return QUESTION.answered;
  wakeOutbox();
  return answer === 'post_again' ? QUESTION.postedAgain : QUESTION.isThere;
}
