import type { Outcome } from '../domain/delivery.ts';
import type { NearMiss } from '../domain/near-miss.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import { type Wider, whyWider } from '../domain/promised-place.ts';
import { hasAppeared, mayPostCardNow } from '../domain/reading.ts';
import { card, withheldCard } from './card.ts';
import { PLACE_UNKNOWN } from './card-stands.ts';
import { cardRefused } from './confirmation.ts';
import { isPlatformError } from './conversations.ts';
import { directMessage, NAMES_LATER, postTo, type Ways } from './posting.ts';
import { type Names, peopleNamed } from './story.ts';
import { whereItGoes } from './where-it-goes.ts';

/** Says that it was not posted, unless it was withdrawn, or is to be posted again, by now. */
export async function tellRefused(ways: Ways, row: OutboxRow, nearMiss: NearMiss): Promise<Outcome> {
  const { state, why } = await ways.app.storage.outbox.cardDelivery(nearMiss.id);
  if (nearMiss.withdrawnAt !== undefined || state !== 'refused') return { kind: 'dropped' };
  return postTo(ways, await directMessage(ways, row.personId), cardRefused(nearMiss, why), row.partId);
}

/** What may be posted is decided again now: it may have been withdrawn or narrowed since it was put here. */
export async function postCard(ways: Ways, row: OutboxRow, nearMiss: NearMiss): Promise<Outcome> {
  const { card: place, withdrawnAt, tier } = nearMiss;
  if (place === undefined || withdrawnAt !== undefined) return { kind: 'dropped' };
  // Without a name on it, it had to wait for the digest.
  if (!mayPostCardNow(tier) && !hasAppeared(nearMiss, ways.app.now())) return { kind: 'dropped' };
  const names = await namesIn(ways, nearMiss);
  if (names === undefined) return NAMES_LATER;
  // Last, so that no time is left for it to change.
  const asked = await whereItGoes(ways, { name: '', ...nearMiss.conversation, id: place.channelId });
  if ('outcome' in asked) return asked.outcome;
  const why = whyWider(nearMiss, asked.facts);
  if (why !== undefined) return { kind: 'refused', why: asked.facts.isHidden ? 'channel_not_found' : why };
  return postTo(ways, place.channelId, card(nearMiss, names), row.partId, place.threadTs);
}

/** A card keeps the names it is posted with, so they are waited for. Nothing was sent yet: it can be tried again. */
async function namesIn({ app, watch }: Ways, nearMiss: NearMiss): Promise<Names | undefined> {
  try {
    return await app.people.namesOrWait(peopleNamed(nearMiss));
  } catch (error) {
    watch(error);
    app.log.warn({ error }, 'a card waits for a name');
    return undefined;
  }
}

/** Where it stands, it says what it says now. */
export async function changeCard(ways: Ways, nearMiss: NearMiss): Promise<Outcome> {
  const { channelId = '', ts } = nearMiss.card ?? {};
  if (ts === undefined) return withoutPlace(ways, nearMiss);
  const names = await namesIn(ways, nearMiss);
  if (names === undefined) return NAMES_LATER;
  const wider = await widerWhereItStands(ways, nearMiss, channelId);
  if ('outcome' in wider) return wider.outcome;
  const { why } = wider;
  try {
    await ways.client.chat.update({
      channel: channelId,
      ts,
      ...(why === undefined ? card(nearMiss, names) : withheldCard(nearMiss, why)),
      parse: 'none',
      link_names: false,
    });
  } catch (error) {
    if (!isPlatformError(error, 'message_not_found')) throw error;
    // Somebody removed it: nothing stands there any more.
    return { kind: 'sent' };
  }
  return { kind: 'sent', ...(why !== undefined && { withheld: why }) };
}

/** Why new words would be seen by more people than was promised; words that go need nobody's answer. */
async function widerWhereItStands(
  ways: Ways,
  nearMiss: NearMiss,
  channelId: string,
): Promise<{ why: Wider | undefined } | { outcome: Outcome }> {
  if (nearMiss.withdrawnAt !== undefined) return { why: undefined };
  const asked = await whereItGoes(ways, { name: '', ...nearMiss.conversation, id: channelId });
  return 'outcome' in asked ? asked : { why: whyWider(nearMiss, asked.facts) };
}

/** A card that was not posted needs no change. One that nobody could look for may stand somewhere all the same. */
async function withoutPlace({ app }: Ways, nearMiss: NearMiss): Promise<Outcome> {
  const { state, why } = await app.storage.outbox.cardDelivery(nearMiss.id);
  // A person said that it is there: why they were asked is still noted.
  const mayStand = state === 'asked' || (state === 'posted' && why !== undefined);
  return mayStand ? { kind: 'refused', why: PLACE_UNKNOWN } : { kind: 'dropped' };
}

/** A message the app posted goes, whoever may have removed it meanwhile. */
export async function removeCard({ client }: Ways, { channelId = '', ts = '' }: OutboxRow): Promise<Outcome> {
  try {
    await client.chat.delete({ channel: channelId, ts });
  } catch (error) {
    // Somebody else removed it, or we did and were not told.
    if (!isPlatformError(error, 'message_not_found')) throw error;
  }
  return { kind: 'sent' };
}
