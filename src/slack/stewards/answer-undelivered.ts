import { refreshHomes } from '../home/refresh-homes.ts';
import type { ButtonArgs } from '../platform/listener.ts';
import type { Workspace } from '../workspace.ts';
import { isSteward } from './choose-stewards.ts';

/** *Try again* or *Let it go*, about something that did not arrive. */
export async function onUndeliveredAnswered(
  workspace: Workspace,
  { body, action, ack }: ButtonArgs,
  answer: 'try_again' | 'let_go',
) {
  await ack();
  const { storage, now } = workspace.app;
  const { identity } = workspace;
  if (!(await isSteward(workspace, body.user.id))) return;
  await storage.outbox.answerUndelivered({
    teamId: identity.teamId,
    seq: Number(action.value),
    answer,
    now: now(),
  });
  await refreshHomes(workspace, [body.user.id]);
}
