import { isRepeatable, type Outcome } from '../domain/delivery.ts';
import type { Card, NearMiss } from '../domain/near-miss.ts';
import type { OutboxRow } from '../domain/outbox.ts';
import { changeCard, postCard, removeCard, tellRefused } from './card-delivering.ts';
import { cardStands, cardWithheld } from './card-stands.ts';
import { question } from './confirmation.ts';
import { confirm } from './confirming.ts';
import { isForStewards, sendOfDigest, whereDigestPartWouldBe } from './digest-delivering.ts';
import { sendWording } from './digest-telling.ts';
import { findMarked } from './finding.ts';
import { home } from './home.ts';
import { letterWaits } from './letters.ts';
import { homeLists } from './looking.ts';
import { outcomeOf, outcomeOfLook } from './outcome.ts';
import { directMessage, postTo, type Ways } from './posting.ts';

export type Delivering = {
  /** Sends a row, saying what it says now. */
  send: (row: OutboxRow) => Promise<Outcome>;
  /** Looks in history for a message that may have been taken. */
  look: (row: OutboxRow) => Promise<Outcome>;
};

/** How rows are sent and looked for: an error is an outcome, but one that means the end is seen first. */
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
  if (row.kind === 'letter_waits')
    return postTo(ways, await directMessage(ways, row.personId), letterWaits(), row.partId);
  const { storage } = ways.app;
  const nearMiss =
    row.nearMissId === undefined ? undefined : await storage.nearMisses.byId(row.teamId, row.nearMissId);
  return nearMiss === undefined ? { kind: 'dropped' } : sendAbout(ways, row, nearMiss);
}

async function sendAbout(ways: Ways, row: OutboxRow, nearMiss: NearMiss): Promise<Outcome> {
  switch (row.kind) {
    case 'card':
      return postCard(ways, row, nearMiss);
    case 'card_change':
      return changeCard(ways, nearMiss);
    case 'confirmation':
      return confirm(ways, row, nearMiss);
    case 'card_refused':
      return tellRefused(ways, row, nearMiss);
    case 'card_stands':
      return postTo(ways, await directMessage(ways, row.personId), cardStands(nearMiss, row.why), row.partId);
    case 'card_withheld':
      if (nearMiss.withdrawnAt !== undefined) return { kind: 'dropped' };
      return postTo(
        ways,
        await directMessage(ways, row.personId),
        cardWithheld(nearMiss, row.why),
        row.partId,
      );
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

async function publishHome({ app, client }: Ways, { personId = '' }: OutboxRow): Promise<Outcome> {
  await client.views.publish({ user_id: personId, view: home(await homeLists(app, personId)) });
  return { kind: 'sent' };
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
