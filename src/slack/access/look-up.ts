import { mayLookUp } from '../../domain/access/looks.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { inTime } from '../platform/in-time.ts';
import type { ButtonArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn, overOrOpen } from '../platform/open-modal.ts';
import { NOT_CHECKED } from '../platform/say-what-failed.ts';
import { NOT_SAVED_YET, saveOr } from '../platform/submission.ts';
import { entered } from '../platform/view-values.ts';
import { isSteward } from '../stewards/may-as-steward.ts';
import { readableById } from '../story/find-story.ts';
import { notFoundWords } from '../story/story-view.ts';
import type { Workspace } from '../workspace.ts';
import { LOOK_UP_LINE, LOOK_UP_TITLE, type LookSubject, lineError, lookUpView } from './look-up-view.ts';

/** *See who shared it*: asks why. */
export async function onLookUp(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const draw = async () => {
    const nearMiss = await lookable(workspace, action.value ?? '', body.user.id);
    return nearMiss === undefined
      ? sayingModal(LOOK_UP_TITLE, notFoundWords())
      : lookUpView({ id: nearMiss.id, lookId: workspace.app.newId() });
  };
  await openDrawn(workspace, body.trigger_id, LOOK_UP_TITLE, draw, overOrOpen(body));
}

/** Slack takes an answer for three seconds. Nobody is written down for a name that they are not shown. */
const ASK_MS = 2000;

/** Writes the look down, and shows the name then: a name is seen by nobody without a line its owner can read. */
export async function onNameLookedUp(
  workspace: Workspace,
  { body, view, ack }: SubmitArgs,
  { id, lookId }: LookSubject,
) {
  const line = entered(view).text(LOOK_UP_LINE);
  if (line === undefined)
    return ack({ response_action: 'errors', errors: lineError('A few words are enough.') });
  const found = await inTime(lookedUp(workspace, id, body.user.id), ASK_MS);
  if (found === 'unsaid' || found === 'late')
    return ack({ response_action: 'errors', errors: lineError(NOT_CHECKED) });
  if (found === undefined)
    return ack({ response_action: 'update', view: sayingModal(LOOK_UP_TITLE, notFoundWords()) });
  const { storage, now, wakeOutbox } = workspace.app;
  const { teamId } = workspace.identity;
  const of = { id: lookId, teamId, nearMissId: id, stewardId: body.user.id, line, now: now() };
  const done = await saveOr(workspace.app, { failed: NOT_SAVED_YET, gone: notFoundWords() }, () =>
    storage.looks.writeDown(of),
  );
  if ('problem' in done) return ack({ response_action: 'errors', errors: lineError(done.problem) });
  const words = `${found.name} shared it. They can read your line, with your name and the day.`;
  await ack({ response_action: 'update', view: sayingModal(LOOK_UP_TITLE, words) });
  wakeOutbox();
}

/** One this person may look up now; whatever the id says, what is not theirs to look up is not found. */
async function lookable(workspace: Workspace, id: string, personId: string): Promise<NearMiss | undefined> {
  const [nearMiss, steward] = await Promise.all([
    readableById(workspace, id, personId),
    isSteward(workspace, personId),
  ]);
  return nearMiss !== undefined && mayLookUp(personId, nearMiss, steward) ? nearMiss : undefined;
}

/** The name it is about; `unsaid` where Slack does not say what decides, or the name. */
async function lookedUp(
  workspace: Workspace,
  id: string,
  personId: string,
): Promise<{ name: string } | 'unsaid' | undefined> {
  try {
    const reporterId = (await lookable(workspace, id, personId))?.reporterId;
    if (reporterId === undefined) return undefined;
    const name = (await workspace.people.namesOrWait([reporterId])).get(reporterId);
    return name === undefined ? 'unsaid' : { name };
  } catch (error) {
    workspace.app.log.warn({ error }, 'Slack did not say what a look needs to know');
    return 'unsaid';
  }
}
