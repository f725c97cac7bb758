import { hasAppeared, mayPostCardNow } from '../../domain/access/gate.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import type { OutboxRow } from '../../domain/outbox/outbox.ts';
import { cardRefused, SHARED_OUTSIDE } from '../capture/confirmation.ts';
import type { Names } from '../platform/people.ts';
import { directMessage, NAMES_LATER, postTo } from '../platform/post-message.ts';
import { isPlatformError } from '../platform/slack-errors.ts';
import { peopleNamed } from '../story/whole-story.ts';
import type { Workspace } from '../workspace.ts';
import { card } from './card.ts';
import { PLACE_UNKNOWN } from './card-stands.ts';

/** Says that it was not posted, unless it was withdrawn, or is to be posted again, by now. */
export async function tellRefused(
  workspace: Workspace,
  row: OutboxRow,
  nearMiss: NearMiss,
): Promise<Outcome> {
  const { state, why } = await workspace.app.storage.outbox.cardDelivery(nearMiss.id);
  if (nearMiss.withdrawnAt !== undefined || state !== 'refused') return { kind: 'dropped' };
  return postTo(
    workspace,
    await directMessage(workspace, row.personId),
    cardRefused(nearMiss, why),
    row.partId,
  );
}

/** What may be posted is decided again now: it may have been withdrawn or narrowed since it was put here. */
export async function postCard(workspace: Workspace, row: OutboxRow, nearMiss: NearMiss): Promise<Outcome> {
  const { card: place, withdrawnAt, tier } = nearMiss;
  if (place === undefined || withdrawnAt !== undefined) return { kind: 'dropped' };
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

/** Where it stands, it says what it says now. */
export async function changeCard(workspace: Workspace, nearMiss: NearMiss): Promise<Outcome> {
  const { channelId = '', ts } = nearMiss.card ?? {};
  if (ts === undefined) return withoutPlace(workspace, nearMiss);
  const names = await namesIn(workspace, nearMiss);
  if (names === undefined) return NAMES_LATER;
  try {
    await workspace.background.chat.update({
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
async function withoutPlace(workspace: Workspace, nearMiss: NearMiss): Promise<Outcome> {
  const { state, why } = await workspace.app.storage.outbox.cardDelivery(nearMiss.id);
  // A person said that it is there: why they were asked is still noted.
  const mayStand = state === 'asked' || (state === 'posted' && why !== undefined);
  return mayStand ? { kind: 'refused', why: PLACE_UNKNOWN } : { kind: 'dropped' };
}

/** A message the app posted goes, whoever may have removed it meanwhile. */
export async function removeCard(
  { background }: Workspace,
  { channelId = '', ts = '' }: OutboxRow,
): Promise<Outcome> {
  try {
    await background.chat.delete({ channel: channelId, ts });
  } catch (error) {
    // Somebody else removed it, or we did and were not told.
    if (!isPlatformError(error, 'message_not_found')) throw error;
  }
  return { kind: 'sent' };
}
