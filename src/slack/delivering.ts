import { isRepeatable, type Outcome } from '../domain/delivery.ts';
import type { Card, NearMiss } from '../domain/near-miss.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import { hasAppeared, mayPostCardNow } from '../domain/reading.ts';
import { card, type Message } from './card.ts';
import { cardStands, PLACE_UNKNOWN } from './card-stands.ts';
import { confirmation, question, SHARED_OUTSIDE } from './confirmation.ts';
import { isPlatformError } from './conversations.ts';
import { isForStewards, sendOfDigest, whereDigestPartWouldBe } from './digest-delivering.ts';
import { sendWording } from './digest-telling.ts';
import { findMarked } from './finding.ts';
import { home } from './home.ts';
import { homeLists } from './looking.ts';
import { outcomeOf, outcomeOfLook } from './outcome.ts';
import { directMessage, NAMES_LATER, postTo, type Ways } from './posting.ts';
import { type Names, peopleNamed } from './story.ts';
import { confirmedOf, type Surroundings } from './surroundings.ts';

/** A confirmation waits this often, a second each, for its card to be taken or refused. */
const WAITS_FOR_CARD = 5;

export type Delivering = {
  /** Sends a row, saying what it says now. */
  send: (row: OutboxRow) => Promise<Outcome>;
  /** Looks in history for a message that may have been taken. */
  look: (row: OutboxRow) => Promise<Outcome>;
};

export function delivering(ways: Ways): Delivering {
  const { app, watch } = ways;
  const guarded = async (work: () => Promise<Outcome>, afterwards: (error: unknown) => Outcome) => {
    try {
      return await work();
    } catch (error) {
      watch(error);
      const outcome = afterwards(error);
      app.log.warn({ error, outcome: outcome.kind }, 'something could not be sent');
      return outcome;
    }
  };
  return {
    send: (row) =>
      guarded(
        () => send(ways, row),
        (error) => outcomeOf(error, isRepeatable(row.kind)),
      ),
    look: (row) => guarded(() => look(ways, row), outcomeOfLook),
  };
}

async function send(ways: Ways, row: OutboxRow): Promise<Outcome> {
  if (row.kind === 'home') return publishHome(ways, row);
  if (row.kind === 'card_removal') return removeCard(ways, row);
  if (row.digestId !== undefined || isForStewards(row.kind)) return sendOfDigest(ways, row);
  const { storage } = ways.app;
  const nearMiss =
    row.nearMissId === undefined ? undefined : await storage.nearMisses.byId(row.teamId, row.nearMissId);
  if (nearMiss === undefined) return { kind: 'dropped' };
  switch (row.kind) {
    case 'card':
      return postCard(ways, row, nearMiss);
    case 'card_change':
      return nearMiss.card?.ts === undefined ? withoutPlace(ways, nearMiss) : changeCard(ways, nearMiss);
    case 'confirmation':
      return confirm(ways, row, nearMiss);
    case 'card_stands':
      return postTo(ways, await directMessage(ways, row.personId), cardStands(nearMiss, row.why), row.partId);
    case 'question':
      // Of what was withdrawn nothing is posted again.
      if (nearMiss.withdrawnAt !== undefined) return { kind: 'dropped' };
      return postTo(ways, await directMessage(ways, row.personId), question(nearMiss), row.partId);
    case 'wording':
      return sendWording(ways, row, nearMiss);
    default:
      return { kind: 'dropped' };
  }
}

/** What may be posted is decided again now: it may have been withdrawn or narrowed since it was put here. */
async function postCard(ways: Ways, row: OutboxRow, nearMiss: NearMiss): Promise<Outcome> {
  const { card: place, withdrawnAt, tier } = nearMiss;
  if (place === undefined || withdrawnAt !== undefined) return { kind: 'dropped' };
  // Without a name on it, it had to wait for the digest.
  if (!mayPostCardNow(tier) && !hasAppeared(nearMiss, ways.app.now())) return { kind: 'dropped' };
  const sharedOutside = await isNowKnownOutside(ways.app, nearMiss);
  if (sharedOutside === undefined) return { kind: 'later', why: 'Slack did not say where it would go' };
  if (sharedOutside) return { kind: 'refused', why: SHARED_OUTSIDE };
  const names = await namesIn(ways, nearMiss);
  if (names === undefined) return NAMES_LATER;
  return postTo(ways, place.channelId, card(nearMiss, names), row.partId, place.threadTs);
}

/**
 * Is the conversation shared with another organisation, which was not known when it was saved? Where Slack had
 * said so by then, the person was told, and left the box ticked. Undefined while Slack does not say.
 */
async function isNowKnownOutside(
  { conversations }: Surroundings,
  { conversation }: NearMiss,
): Promise<boolean | undefined> {
  if (conversation === undefined || conversations.isFresh(conversation.id)) return false;
  return (await conversations.ask(conversation))?.sharedOutside;
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

async function changeCard(ways: Ways, nearMiss: NearMiss): Promise<Outcome> {
  const { channelId = '', ts = '' } = nearMiss.card ?? {};
  const names = await namesIn(ways, nearMiss);
  if (names === undefined) return NAMES_LATER;
  try {
    await ways.client.chat.update({
      channel: channelId,
      ts,
      ...card(nearMiss, names),
      parse: 'none',
      link_names: false,
    });
  } catch (error) {
    // Somebody removed it: nothing stands there any more.
    if (!isPlatformError(error, 'message_not_found')) throw error;
  }
  return { kind: 'sent' };
}

/** A card that was not posted needs no change. One that nobody could look for may stand somewhere all the same. */
async function withoutPlace({ app }: Ways, nearMiss: NearMiss): Promise<Outcome> {
  const { state, why } = await app.storage.outbox.cardDelivery(nearMiss.id);
  // A person said that it is there: why they were asked is still noted.
  const mayStand = state === 'asked' || (state === 'posted' && why !== undefined);
  return mayStand ? { kind: 'refused', why: PLACE_UNKNOWN } : { kind: 'dropped' };
}

async function removeCard({ client }: Ways, { channelId = '', ts = '' }: OutboxRow): Promise<Outcome> {
  try {
    await client.chat.delete({ channel: channelId, ts });
  } catch (error) {
    // Somebody else removed it, or we did and were not told.
    if (!isPlatformError(error, 'message_not_found')) throw error;
  }
  return { kind: 'sent' };
}

async function publishHome({ app, client }: Ways, { personId = '' }: OutboxRow): Promise<Outcome> {
  await client.views.publish({ user_id: personId, view: home(await homeLists(app, personId)) });
  return { kind: 'sent' };
}

/** Where the person was, if Slack still takes answers there; else by direct message. Said once: it is only a courtesy. */
async function confirm(ways: Ways, row: OutboxRow, nearMiss: NearMiss): Promise<Outcome> {
  const { app } = ways;
  if (nearMiss.withdrawnAt !== undefined || nearMiss.reporterId === undefined) return { kind: 'dropped' };
  const delivery = await app.storage.outbox.cardDelivery(nearMiss.id);
  if (delivery.state === 'waiting' && row.attempts < WAITS_FOR_CARD) {
    return { kind: 'later', afterMs: 1000, why: 'its card is on its way' };
  }
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

async function look(ways: Ways, row: OutboxRow): Promise<Outcome> {
  const place = await whereItWouldBe(ways, row);
  if (place === undefined) return { kind: 'dropped' };
  const ts = await findMarked(ways.client, ways.app.identity.botId, place, row);
  return ts === undefined ? { kind: 'absent' } : { kind: 'sent', channelId: place.channelId, ts };
}

async function whereItWouldBe(ways: Ways, row: OutboxRow): Promise<Card | undefined> {
  const { channelId, threadTs, personId } = row;
  if (channelId !== undefined) return { channelId, threadTs };
  if (row.kind === 'digest_part' || row.kind === 'preview_part') return whereDigestPartWouldBe(ways, row);
  if (personId !== undefined) return { channelId: await directMessage(ways, personId) };
  const { nearMisses } = ways.app.storage;
  return row.nearMissId === undefined ? undefined : (await nearMisses.byId(row.teamId, row.nearMissId))?.card;
}
