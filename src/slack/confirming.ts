import { type Outcome, WAITS_FOR_CARD } from '../domain/delivery.ts';
import type { NearMiss } from '../domain/near-miss.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import type { Message } from './card.ts';
import { confirmation } from './confirmation.ts';
import { directMessage, postTo, type Ways } from './posting.ts';
import { stewardsNow } from './stewards.ts';
import { confirmedOf } from './surroundings.ts';

/** Where the person was, if Slack still takes answers there; else by direct message. Said once: it is only a courtesy. */
export async function confirm(ways: Ways, row: OutboxRow, nearMiss: NearMiss): Promise<Outcome> {
  const { app } = ways;
  if (nearMiss.withdrawnAt !== undefined || nearMiss.reporterId === undefined) return { kind: 'dropped' };
  const delivery = await app.storage.outbox.cardDelivery(nearMiss.id);
  if (delivery.state === 'waiting' && row.attempts < WAITS_FOR_CARD) {
    return { kind: 'later', afterMs: 1000, why: 'its card is on its way' };
  }
  await stewardsNow(app);
  const around = await confirmedOf(app, nearMiss);
  const address = app.addresses.take(nearMiss.id);
  if (address !== undefined) {
    await app.storage.outbox.answerPrivately(row);
    const message = confirmation(nearMiss, delivery, around);
    if (await answerAt(ways, address, message, nearMiss.card?.threadTs)) return { kind: 'sent' };
  }
  const message = confirmation(nearMiss, delivery, around, 'elsewhere');
  return postTo(ways, await directMessage(ways, row.personId), message, row.partId);
}

/** False when Slack refused, so that it was surely not seen. Where nobody knows, it may have been: it is not said twice. */
async function answerAt(
  { app }: Ways,
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
    const { ok, status } = await app.respond(address, body);
    return ok || status >= 500;
  } catch (error) {
    app.log.warn({ error }, 'nobody knows whether a confirmation was seen');
    return true;
  }
}
