import type { ModalView } from '@slack/types';
import { tierFor, toCapture } from '../domain/capture.ts';
import { type NearMiss, nameOf } from '../domain/near-miss.ts';
import { mayChange } from '../domain/reading.ts';
import { whoCanSee } from '../domain/who-can-see.ts';
import { cardUnseen, changeWhoCanSee, editWords, readPromised, readWhoCanSee, readWords } from './change.ts';
import { QUESTION } from './confirmation.ts';
import { notFoundWords, sayingModal } from './near-miss-view.ts';
import { own, ownOrWithdrawn } from './own.ts';
import { removedWords } from './own-words.ts';
import { type ButtonArgs, openAbout, updateIfOpen } from './reading.ts';
import { firstInput, NOT_SAVED, type SubmitArgs, saveOr } from './saving.ts';
import { ableOf, stewardsSaid } from './stewards.ts';
import { readSubject } from './subject.ts';
import { aroundOf, type Surroundings, sharingNow, underNameNow } from './surroundings.ts';

/** *Edit my words*. */
export function onEditWords(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    const nearMiss = await own(app, action.value ?? '', body.user.id);
    const view = nearMiss === undefined ? sayingModal('Edit my words', notFoundWords()) : editWords(nearMiss);
    await app.client.views.push({ trigger_id: body.trigger_id, view });
  };
}

export function onWordsEdited(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const { summary, ...rest } = readWords(view);
    if (summary.trim() === '')
      return ack({ response_action: 'errors', errors: { [firstInput(view)]: 'A few words are enough.' } });
    const done = await saveOr(app, NOT_SAVED, async () => {
      const nearMiss = await ownOrWithdrawn(app, readSubject(view), body.user.id);
      if (nearMiss === undefined)
        throw new Error('Words came back for a near-miss that is not there for its sender.');
      const isSaved = await app.storage.nearMisses.reword({
        teamId: nearMiss.teamId,
        id: nearMiss.id,
        summary: summary.trim(),
        ...rest,
        now: app.now(),
      });
      return isSaved || undefined;
    });
    if ('problem' in done)
      return ack({ response_action: 'errors', errors: { [firstInput(view)]: done.problem } });
    await ack({ response_action: 'clear' });
    app.wakeOutbox();
  };
}

/** *Change who can see this*. */
export function onChangeWhoCanSee(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    await openAbout(app, body, {
      id: action.value ?? '',
      title: 'Who can see this',
      draw: (nearMiss, personId) =>
        mayChange(personId, nearMiss)
          ? whoCanSeeToChange(app, nearMiss, personId)
          : sayingModal('Who can see this', notFoundWords()),
    });
  };
}

async function whoCanSeeToChange(
  app: Surroundings,
  nearMiss: NearMiss,
  personId: string,
): Promise<ModalView> {
  const sharing = await sharingNow(app, nearMiss, personId);
  // To be chosen are the stewards of now, not those of then.
  const around = await aroundOf(app, nearMiss.conversation?.id, nearMiss);
  const shown = await underNameNow(app, nearMiss, personId);
  return changeWhoCanSee(shown, around, whoCanSee(sharing, 'after'));
}

export function onWhoCanSeeChanged(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const done = await saveOr(app, NOT_SAVED, async () => {
      const nearMiss = await ownOrWithdrawn(app, readSubject(view), body.user.id);
      if (nearMiss === undefined)
        throw new Error('A change came back for a near-miss that is not there for its sender.');
      const promised = readPromised(view);
      const stewards = ableOf(await stewardsSaid(app)).filter((id) => promised?.includes(id) !== false);
      return applyWhoCanSee(app, nearMiss, { ...readWhoCanSee(view, nearMiss), stewards });
    });
    const problem = 'problem' in done ? done.problem : done.saved;
    if (problem !== '') return ack({ response_action: 'errors', errors: { [firstInput(view)]: problem } });
    await ack({ response_action: 'clear' });
    app.wakeOutbox();
  };
}

/**
 * The rules of a new capture hold for a changed one: what the new tier does not keep is un-stored. Nothing is
 * changed where they would keep the name of somebody who asked for Nobody.
 * @returns what is in the way, in words, or none; undefined where it was withdrawn meanwhile.
 */
async function applyWhoCanSee(
  app: Surroundings,
  nearMiss: NearMiss,
  { stewards, ...to }: Pick<NearMiss, 'tier' | 'audience'> & { stewards: string[] },
): Promise<string | undefined> {
  const isSame = to.tier === nearMiss.tier && to.audience === nearMiss.audience;
  if (isSame && nearMiss.withdrawnAt === undefined) return '';
  if (tierFor(to.tier, to.audience, nearMiss.conversation) !== to.tier)
    return `The people in this conversation would know that it was you. For Nobody, let everyone at ${app.identity.workspace} read it.`;
  // Of one entrusted before, those who could look up the name then: later stewards would need its owner's yes.
  const change = toCapture(
    {
      ...nearMiss,
      ...to,
      personId: nearMiss.reporterId ?? '',
      wantsCard: nearMiss.card !== undefined,
      threadTs: nearMiss.card?.threadTs,
      stewards: nearMiss.tier === 'confidential' ? nearMiss.stewardsThen : stewards,
    },
    nearMiss.capturedAt,
  );
  const stored = await app.storage.nearMisses.changeWhoCanSee(change, app.now());
  if (stored !== undefined && 'cardUnseen' in stored) return cardUnseen(nearMiss, stored.cardUnseen);
  return stored && '';
}

/** *Withdraw*, after the question whether they are sure. */
export function onWithdraw(app: Surroundings) {
  return async ({ body, action, ack }: ButtonArgs) => {
    await ack();
    const nearMiss = await ownOrWithdrawn(app, action.value ?? '', body.user.id);
    const words = nearMiss === undefined ? notFoundWords() : await withdrawn(app, nearMiss);
    if (body.view === undefined) return;
    await updateIfOpen(app.client, body.view.id, sayingModal('Edit or withdraw', words));
  };
}

/** Withdraws it, and says where Slack has yet to take the words off. Pressed twice, they hear the same again. */
async function withdrawn(app: Surroundings, nearMiss: NearMiss): Promise<string> {
  const { teamId, id } = nearMiss;
  const posted = await app.storage.nearMisses.withdraw({ teamId, id, now: app.now() });
  app.wakeOutbox();
  return `${nameOf(nearMiss) ?? 'This near-miss'} is withdrawn. ${removedWords(posted)}`;
}

/** Is the card there? Asked where neither Slack nor the app can tell. */
export function onAnswerAsked(app: Surroundings, answer: 'post_again' | 'is_there') {
  return async ({ body, action, ack, respond }: ButtonArgs) => {
    await ack();
    const nearMiss = await ownOrWithdrawn(app, action.value ?? '', body.user.id);
    const text = nearMiss === undefined ? notFoundWords() : await answeredInWords(app, nearMiss, answer);
    await respond({ replace_original: true, text });
  };
}

async function answeredInWords(
  app: Surroundings,
  nearMiss: NearMiss,
  answer: 'post_again' | 'is_there',
): Promise<string> {
  if (nearMiss.withdrawnAt !== undefined) return QUESTION.withdrawn;
  if (!(await app.storage.outbox.answerAsked(nearMiss.id, answer, app.now()))) return QUESTION.answered;
  app.wakeOutbox();
  return answer === 'post_again' ? QUESTION.postedAgain : QUESTION.isThere;
}
