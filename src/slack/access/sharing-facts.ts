import { channelWords, type Place } from '../../domain/access/place.ts';
import { type Wider, whyWider } from '../../domain/access/promised-place.ts';
import type { Sharing, Steward } from '../../domain/access/who-can-see.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { ableOf } from '../../domain/stewards/standing.ts';
import { digestChannelName } from '../digest/digest-channel-name.ts';
import { promisedDay } from '../digest/next-digest.ts';
import type { Conversations } from '../platform/conversations.ts';
import { stewardsNow, stewardsSaid } from '../stewards/stewards-now.ts';
import type { Workspace } from '../workspace.ts';
import { underNameNow } from './name-now.ts';

/** What the workspace is called, who looks after it, and when the next digest is. */
export type Around = {
  workspace: string;
  app: string;
  stewards: Steward[];
  digest?: { channel: string; next: string } | undefined;
};

/** Whom to turn to, and the day it first appears, for one that waits and can appear. */
export type Confirmed = { stewards: Steward[]; appearsOn?: string | undefined };

/**
 * The workspace as the sentences about who can see something need it: what is shared now in a conversation, or
 * what is stored. Never waits for Slack: of whom it did not lately say that they may be a steward, is named as none.
 */
export async function aroundOf(
  workspace: Workspace,
  conversationId: string | undefined,
  stored?: NearMiss,
): Promise<Around> {
  const { app, identity, people } = workspace;
  const { digest } = await app.storage.workspaces.settings(identity.teamId);
  const stewards = ableOf(await stewardsSaid(workspace));
  return {
    workspace: identity.workspace,
    app: identity.app,
    stewards: stewards.map((id): Steward => {
      const isIn = conversationId !== undefined && people.wasSeenIn(id, conversationId);
      return { id, name: people.known(id)?.name ?? 'a steward', inConversation: isIn };
    }),
    digest: digest && {
      channel: channelWords({ name: digestChannelName(workspace, digest), kind: 'public' }),
      next: await promisedDay(workspace, digest, stored),
    },
  };
}

/** The same for a confirmation. */
export async function confirmedOf(workspace: Workspace, nearMiss: NearMiss): Promise<Confirmed> {
  const { stewards, digest } = await aroundOf(workspace, nearMiss.conversation?.id, nearMiss);
  const { conversations } = workspace;
  // Where the app may not post, or more people read than was said, a card for that channel does not appear.
  const isPosted =
    storedPlace(nearMiss, conversations)?.canPost === true && widerNow(nearMiss, conversations) === undefined;
  const appears = nearMiss.audience === 'everyone' || isPosted;
  return { stewards, appearsOn: appears ? digest?.next : undefined };
}

/** How a stored near-miss is shared, in the terms of the sentences. */
async function sharingOf(workspace: Workspace, nearMiss: NearMiss): Promise<Sharing> {
  const around = await aroundOf(workspace, nearMiss.conversation?.id, nearMiss);
  const place = storedPlace(nearMiss, workspace.conversations);
  const cardState = await cardStateOf(workspace, nearMiss);
  const wider = widerNow(nearMiss, workspace.conversations);
  const isNotToBe = cardState === 'waiting' && wider !== undefined;
  const card = cardState !== 'none' && cardState !== 'refused' && !isNotToBe;
  return {
    ...around,
    tier: nearMiss.tier,
    audience: nearMiss.audience,
    place: place && { ...place, canPost: card || place.canPost },
    card,
    cardState,
    wider,
    hasAppeared: around.digest !== undefined && nearMiss.waitsForDigest !== true,
    stewards: around.stewards.filter(({ id }) => nearMiss.stewardsThen.includes(id)),
  };
}

/** A person may have said that it is there where the app does not know which message it is. */
async function cardStateOf({ app }: Workspace, { teamId, id, card }: NearMiss) {
  if (card === undefined) return 'none';
  return card.ts === undefined ? (await app.storage.outbox.cardDelivery(teamId, id)).state : 'posted';
}

/** The same for somebody who asks now, after asking Slack what the conversation and the stewards are by now. */
export async function sharingNow(
  workspace: Workspace,
  nearMiss: NearMiss,
  personId: string,
): Promise<Sharing> {
  const [shown] = await Promise.all([underNameNow(workspace, nearMiss, personId), stewardsNow(workspace)]);
  return sharingOf(workspace, shown);
}

/** Why its card is for more people there than was promised, as far as Slack said so lately. */
function widerNow(nearMiss: NearMiss, conversations: Conversations): Wider | undefined {
  const { conversation } = nearMiss;
  if (conversation === undefined || !conversations.isFresh(conversation.id)) return undefined;
  return whyWider(nearMiss, conversations.known(conversation));
}

/** The place of a near-miss that is stored, with what Slack said of the conversation lately, if it did. */
function storedPlace({ conversation, card }: NearMiss, conversations: Conversations): Place | undefined {
  if (conversation === undefined) return undefined;
  // What only the payload's name suggested is not enough to say who can read it.
  const facts = conversations.isFresh(conversation.id) ? conversations.known(conversation) : undefined;
  return {
    membersKnown: conversation.kind === 'public' || undefined,
    canPost: undefined,
    sharedOutside: false,
    ...facts,
    ...conversation,
    inThread: card?.threadTs !== undefined,
  };
}

/** Slack may have told more about the conversation since the modal opened. */
export function withFreshPlace<Notes extends { place?: Place | undefined }>(
  { conversations }: Workspace,
  notes: Notes,
): Notes {
  const { place } = notes;
  return place === undefined ? notes : { ...notes, place: conversations.since(place) };
}
