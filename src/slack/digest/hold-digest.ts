import { dayIn, dayInWords, instantOf } from '../../calendar.ts';
import type { KeptDigest } from '../../domain/digest/kept-digest.ts';
import type { ButtonArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn } from '../platform/open-modal.ts';
import { NOT_SAVED_YET, saveOr } from '../platform/submission.ts';
import type { Subject } from '../platform/view-metadata.ts';
import { refusedIn } from '../stewards/may-as-steward.ts';
import type { Workspace } from '../workspace.ts';
import { decidedWords, toDecide } from './digest-decision.ts';
import { holdView, readHold } from './preview-modals.ts';
import { NOT_SET_UP } from './show-preview.ts';

/** *Hold*: asks until when, and proposes the day after the one it is due on. */
export async function onHold(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  await openDrawn(workspace, body.trigger_id, HOLD, async () => {
    const asked = await toDecide(workspace, body.user.id, action.value ?? '');
    if ('refused' in asked) return sayingModal(HOLD, asked.refused);
    return asked.digest.state === 'held'
      ? sayingModal(HOLD, await decidedWords(workspace, asked.digest))
      : holdView(asked.digest.id, dayAfter(asked.digest));
  });
}

const HOLD = 'Hold the digest';

/** As `YYYY-MM-DD`. */
function dayAfter({ publishAt, zone }: KeptDigest): string {
  return dayIn(publishAt, zone).add({ days: 1 }).toString();
}

/** Until a day that is still to come; unless somebody decided meanwhile. */
export async function onHeld(workspace: Workspace, { body, view, ack }: SubmitArgs, { id }: Subject) {
  const { storage, now } = workspace.app;
  const { identity } = workspace;
  const day = readHold(view);
  const asked = await toDecide(workspace, body.user.id, id);
  if ('refused' in asked) return ack(refusedIn(view, HOLD, asked.refused));
  const { digest } = asked;
  const { digest: settings } = await storage.workspaces.settings(identity.teamId);
  if (settings === undefined || day === undefined)
    return ack({ response_action: 'update', view: sayingModal(HOLD, NOT_SET_UP) });
  const until = instantOf(day, settings.minutes, digest.zone);
  if (until <= now())
    return ack({
      response_action: 'errors',
      errors: { until: 'Please choose a day that is still to come.' },
    });
  const done = await saveOr(workspace.app, { failed: NOT_SAVED_YET }, () =>
    storage.digests.hold({ teamId: digest.teamId, id: digest.id, by: body.user.id, until, now: now() }),
  );
  if ('problem' in done) return ack({ response_action: 'errors', errors: { until: done.problem } });
  const words = done.saved
    ? `It is held until ${dayInWords(until, digest.zone, now())}.`
    : await decidedWords(workspace, digest);
  await ack({ response_action: 'update', view: sayingModal(HOLD, words) });
  workspace.app.wakeOutbox();
}
