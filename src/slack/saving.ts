import type {
  AllMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Capture, type Submission, toCapture } from '../domain/capture.ts';
import { EMPTY_TELLING, type NearMiss, type Telling } from '../domain/near-miss.ts';
import type { Place } from '../domain/place.ts';
import { keepsReporter, mayChange } from '../domain/reading.ts';
import type { Steward } from '../domain/who-can-see.ts';
import { confirmationWithoutName } from './confirmation.ts';
import { madePossible, readMadePossible } from './made-possible.ts';
import { UNKNOWN_NAME } from './people.ts';
import {
  type Choices,
  readChoices,
  readNotes,
  type StepOneNotes,
  stepOne,
  summaryError,
} from './step-one.ts';
import { readStepTwo, type StepTwoStart, savedWithoutName, stepTwo } from './step-two.ts';
import { readSubject } from './subject.ts';
import { aroundOf, confirmedOf, type Surroundings, withFreshPlace } from './surroundings.ts';

/** Without a sign of the end of a capture its confirmation goes out after this long. */
const CONFIRM_BY_MS = 10 * 60 * 1000;

export const NOT_SAVED =
  'This could not be saved just now. Your words are still here. Please press Save again in a moment.';
export const ANSWERS_NOT_SAVED =
  'These answers could not be saved just now. They are still here. Please press the button again in a moment. The near-miss itself is safe.';

/** Under a box that was sent too late. */
const WITHDRAWN =
  'This near-miss was withdrawn, so your words were not saved. They are still here: copy them if you would like to share them again.';

/** Save: durable first, then step 2 in the same modal. */
export function onStepOne(app: Surroundings) {
  return async ({ body, view, ack }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
    const choices = readChoices(view, false);
    if (choices.summary.trim() === '') {
      return ack({ response_action: 'errors', errors: summaryError('A few words are enough.') });
    }
    const notes = readNotes(view);
    const done = await saveOr(app, NOT_SAVED, () => save(app, { notes, choices, personId: body.user.id }));
    if ('problem' in done) return ack({ response_action: 'errors', errors: summaryError(done.problem) });
    const { saved } = done;
    if ('again' in saved) return ack({ response_action: 'update', view: saved.again });
    const { capture, number } = saved;
    if (!keepsReporter(capture.tier)) app.addresses.forget(capture.id);
    await ack({
      response_action: 'update',
      view: stepTwo({ ...capture, number }, startFrom(notes, capture)),
    });
    app.wakeOutbox();
  };
}

type Pressed = { notes: StepOneNotes; choices: Choices; personId: string };

/**
 * Stores it, unless it was withdrawn meanwhile; or, where the rules would put a name to what was sent in without one, stores nothing and draws
 * step 1 again, which says so: Save was pressed before it could.
 */
async function save(
  app: Surroundings,
  pressed: Pressed,
): Promise<{ capture: Capture; number?: number } | { again: ModalView } | undefined> {
  const now = app.now();
  const notes = withFreshPlace(app, pressed.notes);
  const around = await aroundOf(app, notes.place?.id);
  const capture = toCapture(submissionOf(app, pressed, notes.place, around.stewards), now);
  if (keepsReporter(capture.tier) && !keepsReporter(pressed.choices.tier)) {
    return { again: stepOne(notes, { ...pressed.choices, audience: capture.audience }, around) };
  }
  const stored = await app.storage.nearMisses.capture(capture, now, now + CONFIRM_BY_MS);
  return stored && { capture, ...stored };
}

/** What was sent, with what is known of the place by now. What was agreed to for another kind of place is not. */
function submissionOf(
  { identity }: Surroundings,
  { notes, choices, personId }: Pressed,
  place: Place | undefined,
  stewards: Steward[],
): Submission {
  const wasPublic = notes.place?.kind === 'public' && place?.kind !== 'public';
  const wasOurs = notes.place?.sharedOutside === false && place?.sharedOutside === true;
  return {
    ...choices,
    summary: choices.summary.trim(),
    audience: wasPublic ? 'channel' : choices.audience,
    wantsCard: choices.card && !wasOurs,
    id: notes.id,
    teamId: identity.teamId,
    personId,
    conversation: place && { id: place.id, name: place.name, kind: place.kind },
    threadTs: notes.threadTs,
    stewards: stewards.map(({ id }) => id),
  };
}

/** What a thread said, for the reporter to keep or clear; nothing where nobody is to know. */
function startFrom({ thread }: StepOneNotes, capture: Capture): StepTwoStart {
  if (thread === undefined || !keepsReporter(capture.tier)) return { telling: EMPTY_TELLING };
  return {
    telling: {
      ...EMPTY_TELLING,
      keyPlayers: thread.participants.map((personId) => ({ personId })),
      signal: thread.alert === undefined ? {} : { kind: 'alert', noticed: thread.alert },
    },
  };
}

/**
 * What was saved; or what was in the way, in words, for under a box: the person keeps what they typed. The work
 * ends in nothing where the near-miss was withdrawn meanwhile; where it fails, the log has the cause.
 */
export async function saveOr<Result>(
  app: Surroundings,
  notSaved: string,
  work: () => Promise<Result | undefined>,
): Promise<{ saved: Result } | { problem: string }> {
  try {
    const saved = await work();
    return saved === undefined ? { problem: WITHDRAWN } : { saved };
  } catch (error) {
    app.log.error({ error }, 'something somebody sent could not be saved');
    return { problem: notSaved };
  }
}

/** *Add to the story*: what the nine questions brought. Then, if people were chosen, what each made possible. */
export function onStepTwo(app: Surroundings) {
  return async ({ body, view, ack }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
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
  return async ({ body, view, ack }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs) => {
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

/** Where an error about the whole of a view is shown: Slack takes errors for inputs only. */
export function firstInput(view: ViewSubmitAction['view']): string {
  return view.blocks.find(({ type }) => type === 'input')?.block_id ?? '';
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
