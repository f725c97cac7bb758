import type { ModalView } from '@slack/types';
import { keepsReporter } from '../../domain/access/gate.ts';
import type { Place } from '../../domain/access/place.ts';
import { morePrivate } from '../../domain/access/promised-place.ts';
import { tellsOfOutsiders } from '../../domain/access/who-can-see.ts';
import { type Capture, type Submission, toCapture } from '../../domain/capture/capture.ts';
import { stillOf } from '../access/named-stewards.ts';
import { type Around, aroundOf, withFreshPlace } from '../access/sharing-facts.ts';
import type { SubmitArgs } from '../platform/listener.ts';
import { saveOr } from '../platform/submission.ts';
import { NEAR_MISS_UNSAVED } from '../story/unsaved-words.ts';
import type { Workspace } from '../workspace.ts';
import {
  type Carried,
  type Choices,
  readChoices,
  type StepOneNotes,
  sharingOf,
  stepOne,
  summaryError,
} from './step-one.ts';
import { type StepTwoPlace, stepTwo } from './step-two.ts';
import type { ThreadNote } from './thread-note.ts';

/** Without a sign of the end of a capture its confirmation goes out after this long. */
const CONFIRM_BY_MS = 10 * 60 * 1000;

/** Save: durable first, then step 2 in the same modal. */
export async function onStepOne(workspace: Workspace, { body, view, ack }: SubmitArgs, notes: Carried) {
  const choices = readChoices(view, notes, false);
  if (choices.summary.trim() === '') {
    return ack({ response_action: 'errors', errors: summaryError('A few words are enough.') });
  }
  const done = await saveOr(workspace.app, NEAR_MISS_UNSAVED, () =>
    save(workspace, { notes, choices, personId: body.user.id }),
  );
  if ('problem' in done) return ack({ response_action: 'errors', errors: summaryError(done.problem) });
  const { saved } = done;
  if ('again' in saved) return ack({ response_action: 'update', view: saved.again });
  const { capture, number } = saved;
  if (!keepsReporter(capture.tier)) workspace.app.addresses.forget(capture.id);
  await ack({
    response_action: 'update',
    view: stepTwo({ ...capture, number }, offeredBy(notes, capture)),
  });
  workspace.app.wakeOutbox();
}

type Pressed = { notes: Carried; choices: Choices; personId: string };

/**
 * Stores it, unless it was withdrawn meanwhile; or, where the rules would put a name to what was sent in without one, stores nothing and draws
 * step 1 again, which says so: Save was pressed before it could.
 */
async function save(
  workspace: Workspace,
  pressed: Pressed,
): Promise<{ capture: Capture; number?: number } | { again: ModalView } | undefined> {
  const now = workspace.app.now();
  const notes = withFreshPlace(workspace, pressed.notes);
  const around = await aroundOf(workspace, notes.place?.id);
  const capture = toCapture(submissionOf(workspace, pressed, notes.place, around), now);
  if (keepsReporter(capture.tier) && !keepsReporter(pressed.choices.tier)) {
    return { again: stepOne(notes, { ...pressed.choices, audience: capture.audience }, around) };
  }
  const stored = await workspace.app.storage.nearMisses.capture(capture, now, now + CONFIRM_BY_MS);
  return stored && { capture, ...stored };
}

/**
 * What was sent, with what is known of the place by now. What was agreed to for another kind of place is not; who
 * was said to see its card is what the screen said, and who may look up the name, those it named who still are stewards.
 */
function submissionOf(
  { identity }: Workspace,
  { notes, choices, personId }: Pressed,
  place: Place | undefined,
  around: Around,
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
    conversation: place && {
      id: place.id,
      name: place.name,
      kind: morePrivate(place.kind, notes.place?.kind ?? place.kind),
    },
    threadTs: notes.threadTs,
    cardForOutsiders: tellsOfOutsiders(sharingOf(notes, choices, around)),
    stewards: stillOf(
      notes.stewards,
      around.stewards.map(({ id }) => id),
    ),
  };
}

/** What a thread said and the pages to come ask, for the reporter to keep or clear; nothing where nobody is to know. */
function offeredBy({ thread }: StepOneNotes, capture: Capture): Omit<StepTwoPlace, 'id'> {
  if (thread === undefined || !keepsReporter(capture.tier)) return { page: 0 };
  return { page: 0, people: thread.participants, signal: signalFrom(thread) };
}

function signalFrom({ alert, wasAsked }: ThreadNote): StepTwoPlace['signal'] {
  if (alert !== undefined) return { kind: 'alert', noticed: alert };
  return wasAsked === true ? { kind: 'colleague' } : undefined;
}
