import type {
  AllMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import { keepsReporter, mayChange } from '../../domain/access/gate.ts';
import type { NearMiss, Telling } from '../../domain/near-miss.ts';
import { UNKNOWN_NAME } from '../platform/people.ts';
import { ANSWERS_NOT_SAVED, firstInput, type SubmitArgs, saveOr } from '../platform/submission.ts';
import { readSubject } from '../platform/view-metadata.ts';
import { madePossible, readMadePossible } from '../story/made-possible.ts';
import { confirmedOf, type Surroundings } from '../surroundings.ts';
import { confirmationWithoutName } from './confirmation.ts';
import { readStepTwo, savedWithoutName } from './step-two.ts';

/** *Add to the story*: what the nine questions brought. Then, if people were chosen, what each made possible. */
export function onStepTwo(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const done = await saveOr(app, ANSWERS_NOT_SAVED, () => addToStory(app, view, body.user.id));
    if ('problem' in done) return ack({ response_action: 'errors', errors: { saves: done.problem } });
    const { saved } = done;
    await ack(await afterStepTwo(app, saved));
    if (saved.told.keyPlayers.length === 0) await end(app, saved.id);
    app.wakeOutbox();
  };
}

async function addToStory(
  app: Surroundings,
  view: ViewSubmitAction['view'],
  personId: string,
): Promise<NearMiss | undefined> {
  const nearMiss = await ownNearMiss(app, readSubject(view), personId);
  const now = app.now();
  const told = await app.storage.nearMisses.tell({
    teamId: nearMiss.teamId,
    id: nearMiss.id,
    change: (before) => readStepTwo(view, before).telling,
    reached: readStepTwo(view, nearMiss.told).reached ?? null,
    toldAt: now,
    now,
  });
  return told && { ...told.nearMiss, told: told.telling };
}

/** Slack signs what a modal carries along, so whoever sends an unattributed near-miss's step 2 is who opened it. */
async function ownNearMiss(
  { storage, identity }: Surroundings,
  id: string,
  personId: string,
): Promise<NearMiss> {
  const nearMiss = await storage.nearMisses.byId(identity.teamId, id);
  if (nearMiss === undefined || (keepsReporter(nearMiss.tier) && !mayChange(personId, nearMiss))) {
    throw new Error('A modal came back about a near-miss that is not there for its sender.');
  }
  return nearMiss;
}

async function afterStepTwo(app: Surroundings, nearMiss: NearMiss) {
  if (!keepsReporter(nearMiss.tier)) {
    const words = confirmationWithoutName(nearMiss, await confirmedOf(app, nearMiss));
    return { response_action: 'update' as const, view: savedWithoutName(words) };
  }
  if (nearMiss.told.keyPlayers.length === 0) return undefined;
  return {
    response_action: 'update' as const,
    view: madePossible(nearMiss.id, await peopleToAskAbout(app, nearMiss.told)),
  };
}

/** Those who were chosen, by name, with what is said about them already. */
export async function peopleToAskAbout({ people }: Surroundings, { keyPlayers }: Telling) {
  const names = await people.names(keyPlayers.map(({ personId }) => personId));
  return keyPlayers.map(({ personId, madePossible: words }) => ({
    personId,
    name: names.get(personId) ?? UNKNOWN_NAME,
    words,
  }));
}

/** What each person made possible. */
export function onMadePossible(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const id = readSubject(view);
    const done = await saveOr(app, ANSWERS_NOT_SAVED, async () => {
      const nearMiss = await ownNearMiss(app, id, body.user.id);
      const change = (before: Telling) => readMadePossible(view, before);
      return app.storage.nearMisses.tell({ teamId: nearMiss.teamId, id, change, now: app.now() });
    });
    if ('problem' in done)
      return ack({ response_action: 'errors', errors: { [firstInput(view)]: done.problem } });
    await ack();
    await end(app, id);
  };
}

/** *Skip*, or the cross: this capture is over too. */
export function onSkipped(app: Surroundings) {
  return async ({ view, ack }: SlackViewMiddlewareArgs<ViewClosedAction> & AllMiddlewareArgs) => {
    await ack();
    await end(app, readSubject(view));
  };
}

async function end({ storage, now, wakeOutbox }: Surroundings, id: string) {
  await storage.outbox.hurryConfirmation(id, now());
  wakeOutbox();
}
