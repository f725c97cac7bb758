import { type Outcome, WAITS_FOR_CARD } from '../../domain/outbox/delivery.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import { confirmedOf } from '../access/sharing-facts.ts';
import type { Message } from '../platform/message.ts';
import { directMessage, postTo } from '../platform/post-message.ts';
import { stewardsNow } from '../stewards/stewards-now.ts';
import type { Workspace } from '../workspace.ts';
import { confirmation } from './confirmation.ts';

/** Where the person was, if Slack still takes answers there; else by direct message. Said once: it is only a courtesy. */
export async function sendConfirmation(
  workspace: Workspace,
  row: OutboxRow<'confirmation'>,
): Promise<Outcome> {
  const { storage } = workspace.app;
  const nearMiss = await storage.nearMisses.byId(row.teamId, row.nearMissId);
  if (nearMiss?.reporterId === undefined || nearMiss.withdrawnAt !== undefined) return { kind: 'dropped' };
  const delivery = await storage.outbox.cardDelivery(row.teamId, nearMiss.id);
  if (delivery.state === 'waiting' && row.attempts < WAITS_FOR_CARD) {
    return { kind: 'later', afterMs: 1000, why: 'its card is on its way' };
  }
  await stewardsNow(workspace);
  const around = await confirmedOf(workspace, nearMiss);
  const address = workspace.app.addresses.take(nearMiss.id);
  if (address !== undefined) {
    await storage.outbox.answerPrivately(row);
    const message = confirmation(nearMiss, delivery, around);
    if (await answerAt(workspace, address, message, nearMiss.card?.threadTs)) return { kind: 'sent' };
  }
  const message = confirmation(nearMiss, delivery, around, 'elsewhere');
  return postTo(workspace, await directMessage(workspace, row.personId), message, row.partId);
}

/** False when Slack refused, so that it was surely not seen. Where nobody knows, it may have been: it is not said twice. */
async function answerAt(
  workspace: Workspace,
  address: string,
  message: Message,
  threadTs: string | undefined,
): Promise<boolean> {
  try {
    const body = {
      response_type: 'ephemeral',
      ...message,
      ...(threadTs !== undefined && { thread_ts: threadTs }),
    };
    const { ok, status } = await workspace.app.respond(address, body);
    return ok || status >= 500;
  } catch (error) {
    workspace.app.log.warn({ error }, 'nobody knows whether a confirmation was seen');
    return true;
  }
}
