import { addDays, format, tz } from '../date-fns.ts';
import type { KeptDigest } from '../domain/digests.ts';
import { dayInWords, instantOf } from '../domain/schedule.ts';
import { decidedWords, toDecide } from './deciding.ts';
import { sayingModal } from './near-miss-view.ts';
import { holdView, readHold } from './preview-modals.ts';
import { NOT_SET_UP } from './previewing.ts';
import type { ButtonArgs } from './reading.ts';
import { NOT_SAVED_YET, type SubmitArgs, saveOr } from './saving.ts';
import { refusedIn } from './stewards.ts';
import type { Surroundings } from './surroundings.ts';

/** *Hold*: asks until when, and proposes the day after the one it is due on. */
export function onHold(app: Surroundings) {
  return async ({ body, action, ack, client }: ButtonArgs) => {
    await ack();
    const asked = await toDecide(app, body.user.id, action.value ?? '');
    const view =
      'refused' in asked
        ? sayingModal(HOLD, asked.refused)
        : asked.digest.state === 'held'
          ? sayingModal(HOLD, await decidedWords(app, asked.digest))
          : holdView(asked.digest.id, dayAfter(asked.digest));
    await client.views.open({ trigger_id: body.trigger_id, view });
  };
}

const HOLD = 'Hold the digest';

/** As `YYYY-MM-DD`. */
function dayAfter({ publishAt, zone }: KeptDigest): string {
  return format(addDays(publishAt, 1), 'yyyy-MM-dd', { in: tz(zone) });
}

/** Until a day that is still to come; unless somebody decided meanwhile. */
export function onHeld(app: Surroundings) {
  return async ({ body, view, ack }: SubmitArgs) => {
    const { storage, identity, now } = app;
    const { digestId, day } = readHold(view);
    const asked = await toDecide(app, body.user.id, digestId);
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
    const done = await saveOr(app, NOT_SAVED_YET, () =>
      storage.digests.hold({ teamId: digest.teamId, id: digest.id, by: body.user.id, until, now: now() }),
    );
    if ('problem' in done) return ack({ response_action: 'errors', errors: { until: done.problem } });
    const words = done.saved
      ? `It is held until ${dayInWords(until, digest.zone)}.`
      : await decidedWords(app, digest);
    await ack({ response_action: 'update', view: sayingModal(HOLD, words) });
    app.wakeOutbox();
  };
}
