import type { ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { keepsReporter, mayChange } from '../../domain/access/gate.ts';
import type { NearMiss, Telling } from '../../domain/near-miss.ts';
import { confirmedOf } from '../access/sharing-facts.ts';
import { UNKNOWN_NAME } from '../platform/describe-person.ts';
import type { ClosedArgs, SubmitArgs } from '../platform/listener.ts';
import { saveOr, staysOpen } from '../platform/submission.ts';
import type { Subject } from '../platform/view-metadata.ts';
import { madePossible, readMadePossible } from '../story/made-possible.ts';
import { ANSWERS_UNSAVED } from '../story/unsaved-words.ts';
import type { Workspace } from '../workspace.ts';
import { confirmationWithoutName } from './confirmation.ts';
import {
  asksWhetherReached,
  isLast,
  readStepTwo,
  type StepTwoPlace,
  savedWithoutName,
  stepTwo,
} from './step-two.ts';

/**
 * *Keep and go on*, *Add to the story*: a page is kept when its button is pressed. After the last comes, if people
 * were chosen, what each made possible.
 */
export async function onStepTwo(workspace: Workspace, { body, view, ack }: SubmitArgs, place: StepTwoPlace) {
  const done = await saveOr(workspace.app, ANSWERS_UNSAVED, () =>
    addToStory(workspace, view, { place, personId: body.user.id }),
  );
  if ('problem' in done) return ack(staysOpen(view, done.problem));
  const { saved } = done;
  await ack(await afterPage(workspace, saved, place));
  if (isLast(place) && saved.told.keyPlayers.length === 0) await end(workspace, saved.id);
  workspace.app.wakeOutbox();
}

async function addToStory(
  workspace: Workspace,
  view: ViewSubmitAction['view'],
  { place, personId }: { place: StepTwoPlace; personId: string },
): Promise<NearMiss | undefined> {
  const nearMiss = await ownNearMiss(workspace, place.id, personId);
  const now = workspace.app.now();
  const told = await workspace.app.storage.nearMisses.tell({
    teamId: nearMiss.teamId,
    id: nearMiss.id,
    change: (before) => readStepTwo(place, view, before).telling,
    ...(asksWhetherReached(place) && { reached: readStepTwo(place, view, nearMiss.told).reached ?? null }),
    toldAt: now,
    now,
  });
  return told && { ...told.nearMiss, told: told.telling };
}

/** Slack signs what a modal carries along, so whoever sends an unattributed near-miss's step 2 is who opened it. */
async function ownNearMiss({ app, identity }: Workspace, id: string, personId: string): Promise<NearMiss> {
  const nearMiss = await app.storage.nearMisses.byId(identity.teamId, id);
  if (nearMiss === undefined || (keepsReporter(nearMiss.tier) && !mayChange(personId, nearMiss))) {
    throw new Error('A modal came back about a near-miss that is not there for its sender.');
  }
  return nearMiss;
}

async function afterPage(workspace: Workspace, nearMiss: NearMiss, place: StepTwoPlace) {
  const update = (view: ModalView) => ({ response_action: 'update' as const, view });
  if (!isLast(place)) {
    const { people, signal, page } = place;
    // Under Nobody nothing of the thread is kept, also where that was chosen after its words were carried here.
    const offered = keepsReporter(nearMiss.tier) ? { people, signal } : {};
    const start = { telling: nearMiss.told, reached: nearMiss.reached };
    return update(stepTwo(nearMiss, { ...offered, page: page + 1 }, start));
  }
  if (!keepsReporter(nearMiss.tier))
    return update(
      savedWithoutName(confirmationWithoutName(nearMiss, await confirmedOf(workspace, nearMiss))),
    );
  if (nearMiss.told.keyPlayers.length === 0) return undefined;
  return update(madePossible(nearMiss.id, await peopleToAskAbout(workspace, nearMiss.told)));
}

/** Those who were chosen, by name, with what is said about them already. */
export async function peopleToAskAbout({ people }: Workspace, { keyPlayers }: Telling) {
  const names = await people.names(keyPlayers.map(({ personId }) => personId));
  return keyPlayers.map(({ personId, madePossible: words }) => ({
    personId,
    name: names.get(personId) ?? UNKNOWN_NAME,
    words,
  }));
}

/** What each person made possible. */
export async function onMadePossible(workspace: Workspace, { body, view, ack }: SubmitArgs, { id }: Subject) {
  const done = await saveOr(workspace.app, ANSWERS_UNSAVED, async () => {
    const nearMiss = await ownNearMiss(workspace, id, body.user.id);
    const change = (before: Telling) => readMadePossible(view, before);
    return workspace.app.storage.nearMisses.tell({
      teamId: nearMiss.teamId,
      id,
      change,
      now: workspace.app.now(),
    });
  });
  if ('problem' in done) return ack(staysOpen(view, done.problem));
  await ack();
  await end(workspace, id);
}

/** *Done*, or the cross: this capture is over too. */
export async function onDone(workspace: Workspace, { ack }: ClosedArgs, { id }: Subject) {
  await ack();
  await end(workspace, id);
}

async function end({ app, identity }: Workspace, id: string) {
  await app.storage.outbox.hurryConfirmation(identity.teamId, id, app.now());
  app.wakeOutbox();
}
