import type { Outcome } from '../../domain/outbox/delivery.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import { stepTwo } from '../capture/step-two.ts';
import type { ButtonArgs, HomeOpenedArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { isSteward } from '../stewards/choose-stewards.ts';
import { homeLists } from '../story/find-story.ts';
import { own } from '../story/own-story.ts';
import { notFoundWords } from '../story/story-view.ts';
import type { Workspace } from '../workspace.ts';
import { home } from './home-view.ts';

/** Somebody opened the app's Home. There is no place to say that it could not be drawn, so it follows. */
export async function onHomeOpened(workspace: Workspace, { event }: HomeOpenedArgs) {
  if (event.tab === 'messages') return;
  try {
    const view = home(await homeLists(workspace, event.user));
    await workspace.client.views.publish({ user_id: event.user, view });
  } catch (error) {
    workspace.app.log.warn({ error }, 'a Home could not be drawn at once');
    await workspace.app.storage.outbox.refreshHome(
      workspace.identity.teamId,
      event.user,
      workspace.app.now(),
    );
    workspace.app.wakeOutbox();
  }
}

/** A Home shows what there is now. */
export async function publishHome(workspace: Workspace, { personId }: OutboxRow<'home'>): Promise<Outcome> {
  const view = home(await homeLists(workspace, personId));
  await workspace.background.views.publish({ user_id: personId, view });
  return { kind: 'sent' };
}

/** *Go on*: step 2 of something that was saved, with what is told already. */
export async function onGoOn(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const nearMiss = await own(workspace, action.value ?? '', body.user.id);
  const view =
    nearMiss === undefined
      ? sayingModal('What can we learn?', notFoundWords())
      : stepTwo(nearMiss, { telling: nearMiss.told, reached: nearMiss.reached });
  await workspace.client.views.open({ trigger_id: body.trigger_id, view });
}

/** *Try again* or *Let it go*: a part of the digest that did not arrive. */
export async function onUndelivered(
  workspace: Workspace,
  { body, action, ack }: ButtonArgs,
  answer: 'try_again' | 'let_go',
) {
  await ack();
  const { storage, now } = workspace.app;
  const { identity } = workspace;
  if (!(await isSteward(workspace, body.user.id))) return;
  await storage.outbox.answerUndelivered({
    teamId: identity.teamId,
    seq: Number(action.value),
    answer,
    now: now(),
  });
  await storage.outbox.refreshHome(identity.teamId, body.user.id, now());
  workspace.app.wakeOutbox();
}
