import { refreshHomes } from '../home/refresh-homes.ts';
import type { ButtonArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openDrawn } from '../platform/open-modal.ts';
import { NOT_CHECKED } from '../platform/say-what-failed.ts';
import type { Workspace } from '../workspace.ts';
import { isSteward, whyNotSteward } from './may-as-steward.ts';

const TITLE = 'For stewards';

/** *Try again* or *Let it go*, about something that did not arrive. */
export async function onUndeliveredAnswered(
  workspace: Workspace,
  { body, action, ack }: ButtonArgs,
  answer: 'try_again' | 'let_go',
) {
  await ack();
  const { storage, now } = workspace.app;
  const { identity } = workspace;
  const isTheirs = await isSteward(workspace, body.user.id);
  if (isTheirs) {
    const seq = Number(action.value);
    await storage.outbox.answerUndelivered({ teamId: identity.teamId, seq, answer, now: now() });
  } else
    await openDrawn(workspace, body.trigger_id, TITLE, async () =>
      sayingModal(TITLE, (await whyNotSteward(workspace, body.user.id, 'decide this')) ?? NOT_CHECKED),
    );
  await refreshHomes(workspace, [body.user.id]);
}
