import { hasAppeared, mayPostCardNow } from '../../domain/access/gate.ts';
import { type Wider, whyWider } from '../../domain/access/promised-place.ts';
import type { Card, NearMiss } from '../../domain/near-miss.ts';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import { type OutboxRow } from '../../domain/outbox/outbox-row.ts';
import type { Names } from '../platform/people.ts';
import { NAMES_LATER, postTo, removeMessage, updateMessage } from '../platform/post-message.ts';
import { type Asked, whereItGoes } from '../platform/where-it-goes.ts';
import { peopleNamed } from '../story/whole-story.ts';
import type { Workspace } from '../workspace.ts';
import { card, withheldCard } from './card.ts';
import { PLACE_UNKNOWN } from './card-notices.ts';

/** What may be posted is decided again now: it may have been withdrawn or narrowed since it was put here. */
export async function postCard(workspace: Workspace, row: OutboxRow<'card'>): Promise<Outcome> {
  const nearMiss = await nearMissOf(workspace, row);
  if (nearMiss?.card === undefined || nearMiss.withdrawnAt !== undefined) return { kind: 'dropped' };
  const { card: place, tier } = nearMiss;
  // Without a name on it, it had to wait for the digest.
  if (!mayPostCardNow(tier) && !hasAppeared(nearMiss, workspace.app.now())) return { kind: 'dropped' };
  const names = await namesIn(workspace, nearMiss);
  if (names === undefined) return NAMES_LATER;
  // Last, so that no time is left for it to change.
  const asked = await whereCardGoes(workspace, nearMiss, place);
  if ('outcome' in asked) return asked.outcome;
  const why = whyWider(nearMiss, asked.facts);
  if (why !== undefined) return { kind: 'refused', why: asked.facts.isHidden ? 'channel_not_found' : why };
  return postTo(workspace, place.channelId, card(nearMiss, names), row.partId, place.threadTs);
}

function whereCardGoes(
  workspace: Workspace,
  { conversation }: NearMiss,
  { channelId }: Card,
): Promise<Asked> {
  return whereItGoes(workspace, { name: '', ...conversation, id: channelId });
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
  const { card: place } = nearMiss;
  if (place?.ts === undefined) return withoutPlace(workspace, nearMiss);
  const names = await namesIn(workspace, nearMiss);
  if (names === undefined) return NAMES_LATER;
  const wider = await widerWhereItStands(workspace, nearMiss, place);
  if ('outcome' in wider) return wider.outcome;
  const { channelId, ts } = place;
  const { why } = wider;
  if (why === undefined) return updateMessage(workspace, { channelId, ts }, card(nearMiss, names));
  const outcome = await updateMessage(workspace, { channelId, ts }, withheldCard(nearMiss, why));
  return outcome.kind === 'sent' ? { ...outcome, withheld: why } : outcome;
}

/** Why new words would be seen by more people than was promised; words that go need nobody's answer. */
async function widerWhereItStands(
  workspace: Workspace,
  nearMiss: NearMiss,
  place: Card,
): Promise<{ why: Wider | undefined } | { outcome: Outcome }> {
  if (nearMiss.withdrawnAt !== undefined) return { why: undefined };
  const asked = await whereCardGoes(workspace, nearMiss, place);
  return 'outcome' in asked ? asked : { why: whyWider(nearMiss, asked.facts) };
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
