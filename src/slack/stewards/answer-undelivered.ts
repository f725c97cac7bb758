import { refreshHomes } from '../home/refresh-homes.ts';
import type { ButtonArgs } from '../platform/listener.ts';
import { sayingModal } from '../platform/modal.ts';
import { openModal } from '../platform/open-modal.ts';
import type { Workspace } from '../workspace.ts';
import { whyNotSteward } from './may-as-steward.ts';

/** *Try again* or *Let it go*, about something that did not arrive. */
export async function onUndeliveredAnswered(
  workspace: Workspace,
  { body, action, ack }: ButtonArgs,
  answer: 'try_again' | 'let_go',
) {
  await ack();
  const { storage, now } = workspace.app;
  const { identity } = workspace;
  const refused = await whyNotSteward(workspace, body.user.id, 'decide this');
  if (refused === undefined) {
    const seq = Number(action.value);
    await storage.outbox.answerUndelivered({ teamId: identity.teamId, seq, answer, now: now() });
  }
  await refreshHomes(workspace, [body.user.id]);
  if (refused !== undefined)
    await openModal(workspace, body.trigger_id, sayingModal('For stewards', refused));
}
