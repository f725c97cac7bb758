import { ANYBODY, asReadBy, isForEveryone } from '../../domain/access/gate.ts';
import { practicesOf } from '../../domain/digest/digest.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { ButtonArgs, SubmitArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { NOT_SAVED, saveOr } from '../platform/submission.ts';
import { readSubject } from '../platform/view-metadata.ts';
import { notFoundWords } from '../story/story-view.ts';
import type { Workspace } from '../workspace.ts';
import { adoptView, readAdoption } from './adoption-view.ts';
import { drawMoreAgain, drawMoreBelow, placeIn } from './more-stories.ts';

/**
 * *I learned something* and *I've seen this too*: pressed, or taken back. Whoever stands before the message may
 * press, guests too: it was posted in front of them. Only the number is shown, when the message or the page is
 * drawn again.
 */
export async function onPress(
  workspace: Workspace,
  { body, action, ack }: ButtonArgs,
  press: 'learned' | 'seen',
) {
  await ack();
  const nearMiss = await inDigest(workspace, action.value ?? '');
  if (nearMiss === undefined) return;
  await workspace.app.storage.presses.toggle({
    teamId: nearMiss.teamId,
    nearMissId: nearMiss.id,
    personId: body.user.id,
    press,
    now: workspace.app.now(),
  });
  workspace.app.wakeOutbox();
  await drawMoreAgain(workspace, body);
}

/** *We could use this*: taken back when it was pressed before, else asks for the team and a sentence. */
export async function onUse(workspace: Workspace, { body, action, ack }: ButtonArgs) {
  await ack();
  const { storage, now, wakeOutbox } = workspace.app;
  const { client } = workspace;
  const nearMiss = await inDigest(workspace, action.value ?? '');
  const personId = body.user.id;
  if (
    nearMiss !== undefined &&
    (await storage.presses.adoptionOf({ teamId: nearMiss.teamId, nearMissId: nearMiss.id, personId })) !==
      undefined
  ) {
    await storage.presses.takeBackAdoption({
      teamId: nearMiss.teamId,
      nearMissId: nearMiss.id,
      personId,
      now: now(),
    });
    wakeOutbox();
    return drawMoreAgain(workspace, body);
  }
  const view =
    nearMiss === undefined
      ? sayingModal('We could use this', notFoundWords())
      : adoptView(nearMiss.id, practicesOf(nearMiss)[0], placeIn(body.view));
  await client.views[body.view?.type === 'modal' ? 'push' : 'open']({ trigger_id: body.trigger_id, view });
}

export async function onAdopted(workspace: Workspace, { body, view, ack }: SubmitArgs) {
  const read = readAdoption(view);
  if ('errors' in read) return ack({ response_action: 'errors', errors: read.errors });
  const done = await saveOr(workspace.app, { failed: NOT_SAVED }, async () => {
    const nearMiss = await inDigest(workspace, readSubject(view));
    if (nearMiss === undefined) return 'gone' as const;
    const { teamId, id: nearMissId } = nearMiss;
    const adoption = {
      teamId,
      nearMissId,
      personId: body.user.id,
      ...read.adoption,
      now: workspace.app.now(),
    };
    await workspace.app.storage.presses.adopt(adoption);
    return 'saved' as const;
  });
  if ('problem' in done) return ack({ response_action: 'errors', errors: { team: done.problem } });
  if (done.saved === 'gone')
    return ack({ response_action: 'update', view: sayingModal('We could use this', notFoundWords()) });
  await ack();
  workspace.app.wakeOutbox();
  await drawMoreBelow(workspace, body.user.id, view);
}

/** As a digest tells it, if it still may. */
async function inDigest({ app, identity }: Workspace, id: string): Promise<NearMiss | undefined> {
  const nearMiss = await app.storage.nearMisses.byId(identity.teamId, id);
  return nearMiss !== undefined && isForEveryone(nearMiss) ? asReadBy(ANYBODY, nearMiss) : undefined;
}

/** *Still true*, under one from the archive: thanked for, in front of whoever pressed. */
export async function onStillTrue(_workspace: Workspace, { ack, respond }: ButtonArgs) {
  await ack();
  await respond({
    replace_original: false,
    response_type: 'ephemeral',
    text: 'Thank you. It is good to know that it still holds.',
  });
}
