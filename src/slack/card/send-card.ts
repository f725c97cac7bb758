import { hasAppeared, mayPostCardNow } from '../../domain/access/gate.ts';
import type { Card, NearMiss } from '../../domain/near-miss.ts';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import { SHARED_OUTSIDE } from '../capture/confirmation.ts';
import type { Names } from '../platform/people.ts';
import { NAMES_LATER, postTo, removeMessage, updateMessage } from '../platform/post-message.ts';
import { peopleNamed } from '../story/whole-story.ts';
import type { Workspace } from '../workspace.ts';
import { card } from './card.ts';
import { PLACE_UNKNOWN } from './card-notices.ts';

/** What may be posted is decided again now: it may have been withdrawn or narrowed since it was put here. */
export async function postCard(workspace: Workspace, row: OutboxRow<'card'>): Promise<Outcome> {
  const nearMiss = await nearMissOf(workspace, row);
  if (nearMiss?.card === undefined || nearMiss.withdrawnAt !== undefined) return { kind: 'dropped' };
  const { card: place, tier } = nearMiss;
  // Without a name on it, it had to wait for the digest.
  if (!mayPostCardNow(tier) && !hasAppeared(nearMiss, workspace.app.now())) return { kind: 'dropped' };
  const sharedOutside = await isNowKnownOutside(workspace, nearMiss);
  if (sharedOutside === undefined) return { kind: 'later', why: 'Slack did not say where it would go' };
  if (sharedOutside) return { kind: 'refused', why: SHARED_OUTSIDE };
  const names = await namesIn(workspace, nearMiss);
  if (names === undefined) return NAMES_LATER;
  return postTo(workspace, place.channelId, card(nearMiss, names), row.partId, place.threadTs);
}

/**
 * Is the conversation shared with another organisation, which was not known when it was saved? Where Slack had
 * said so by then, the person was told, and left the box ticked. Undefined while Slack does not say.
 */
async function isNowKnownOutside(
  { conversations }: Workspace,
  { conversation }: NearMiss,
): Promise<boolean | undefined> {
  if (conversation === undefined || conversations.isFresh(conversation.id)) return false;
  return (await conversations.ask(conversation))?.sharedOutside;
}

/** A card keeps the names it is posted with, so they are waited for. Nothing was sent yet: it can be tried again. */
async function namesIn(workspace: Workspace, nearMiss: NearMiss): Promise<Names | undefined> {
  try {
    return await workspace.people.namesOrWait(peopleNamed(nearMiss));
  } catch (error) {
    workspace.watch(error);
    workspace.app.log.warn({ error }, 'a card waits for a name');
    return undefined;
  }
}

function nearMissOf({ app }: Workspace, { teamId, nearMissId }: OutboxRow<'card' | 'card_change'>) {
  return app.storage.nearMisses.byId(teamId, nearMissId);
}

/** Where the card of a row is if Slack took it. */
export async function whereCardWouldBe(
  workspace: Workspace,
  row: OutboxRow<'card'>,
): Promise<Card | undefined> {
  return (await nearMissOf(workspace, row))?.card;
}

/** Where it stands, it says what it says now. */
export async function changeCard(workspace: Workspace, row: OutboxRow<'card_change'>): Promise<Outcome> {
  const nearMiss = await nearMissOf(workspace, row);
  if (nearMiss === undefined) return { kind: 'dropped' };
  const { channelId, ts } = nearMiss.card ?? {};
  if (channelId === undefined || ts === undefined) return withoutPlace(workspace, nearMiss);
  const names = await namesIn(workspace, nearMiss);
  if (names === undefined) return NAMES_LATER;
  return updateMessage(workspace, { channelId, ts }, card(nearMiss, names));
}

/** A card that was not posted needs no change. One that nobody could look for may stand somewhere all the same. */
async function withoutPlace({ app }: Workspace, { teamId, id }: NearMiss): Promise<Outcome> {
  const { state } = await app.storage.outbox.cardDelivery(teamId, id);
  return state === 'asked' || state === 'believed'
    ? { kind: 'refused', why: PLACE_UNKNOWN }
    : { kind: 'dropped' };
}

/** A card goes, wherever it was found. */
export async function removeCard(
  workspace: Workspace,
  { channelId, ts }: OutboxRow<'card_removal'>,
): Promise<Outcome> {
  return ts === undefined
    ? { kind: 'unsure', why: PLACE_UNKNOWN }
    : removeMessage(workspace, { channelId, ts });
}
