import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { NearMiss } from '../domain/near-miss.ts';
import { channelWords, type Place } from '../domain/place.ts';
import type { Storage } from '../domain/storage.ts';
import type { Sharing, Steward } from '../domain/who-can-see.ts';
import { promisedDay } from './coming-digests.ts';
import type { Confirmed } from './confirmation.ts';
import type { Conversations } from './conversations.ts';
import { digestChannelName } from './digest-channel.ts';
import type { People } from './people.ts';
import type { Redraw } from './redrawing.ts';
import type { ReplyAddresses } from './reply-addresses.ts';
import type { Around, StepOneNotes } from './step-one.ts';
import { ableOf, stewardsNow, stewardsSaid } from './stewards.ts';

/** What Slack says the app is, and where (`auth.test`). `scopes` are those the installer granted. */
export type Identity = {
  teamId: string;
  workspace: string;
  /** The app's name as people mention it. */
  app: string;
  botUserId: string;
  botId: string;
  scopes: ReadonlySet<string>;
};

/** What the listeners work with. Made once, in `bot.ts`. */
export type Surroundings = {
  identity: Identity;
  storage: Storage;
  people: People;
  conversations: Conversations;
  addresses: ReplyAddresses;
  /** Makes one attempt and gives up after two seconds: somebody is waiting. */
  client: WebClient;
  redraw: Redraw;
  now: () => number;
  newId: () => string;
  shuffle: <Item>(items: Item[]) => Item[];
  /** Posts to a response_url; never throws for a refusal. */
  respond: (responseUrl: string, message: object) => Promise<{ ok: boolean; status: number }>;
  /** Something was put into the outbox. */
  wakeOutbox: () => void;
  /** How long a thread is read before what was found is shown. */
  readThreadMs: number;
  log: Logger;
};

/**
 * The workspace as the sentences about who can see something need it: what is shared now in a conversation, or
 * what is stored. Never waits for Slack: of whom it did not lately say that they may be a steward, is named as none.
 */
export async function aroundOf(
  app: Surroundings,
  conversationId: string | undefined,
  stored?: NearMiss,
): Promise<Around> {
  const { storage, identity, people } = app;
  const { digest } = await storage.workspaces.settings(identity.teamId);
  const stewards = ableOf(await stewardsSaid(app));
  return {
    workspace: identity.workspace,
    app: identity.app,
    stewards: stewards.map((id): Steward => {
      const isIn = conversationId !== undefined && people.lastSeenIn(id)?.has(conversationId) === true;
      return { id, name: people.known(id)?.name ?? 'a steward', inConversation: isIn };
    }),
    digest: digest && {
      channel: channelWords({ name: digestChannelName(app, digest), kind: 'public' }),
      next: await promisedDay(app, digest, stored),
    },
  };
}

/** The same for a confirmation. */
export async function confirmedOf(app: Surroundings, nearMiss: NearMiss): Promise<Confirmed> {
  const { stewards, digest } = await aroundOf(app, nearMiss.conversation?.id, nearMiss);
  // Where the app may not post, a card for that channel does not appear.
  const appears =
    nearMiss.audience === 'everyone' || storedPlace(nearMiss, app.conversations)?.canPost === true;
  return { stewards, appearsOn: appears ? digest?.next : undefined };
}

/** How a stored near-miss is shared, in the terms of the sentences. */
async function sharingOf(app: Surroundings, nearMiss: NearMiss): Promise<Sharing> {
  const around = await aroundOf(app, nearMiss.conversation?.id, nearMiss);
  const place = storedPlace(nearMiss, app.conversations);
  const cardState = await cardStateOf(app, nearMiss);
  const card = cardState !== 'none' && cardState !== 'refused';
  return {
    ...around,
    tier: nearMiss.tier,
    audience: nearMiss.audience,
    place: place && { ...place, canPost: card || place.canPost },
    card,
    cardState,
    hasAppeared: around.digest !== undefined && nearMiss.waitsForDigest !== true,
    stewards: around.stewards.filter(({ id }) => nearMiss.stewardsThen.includes(id)),
  };
}

/** A person may have said that it is there where the app does not know which message it is. */
async function cardStateOf({ storage }: Surroundings, { id, card }: NearMiss) {
  if (card === undefined) return 'none';
  return card.ts === undefined ? (await storage.outbox.cardDelivery(id)).state : 'posted';
}

/** The same for somebody who asks now, after asking Slack what the conversation and the stewards are by now. */
export async function sharingNow(app: Surroundings, nearMiss: NearMiss, personId: string): Promise<Sharing> {
  const [shown] = await Promise.all([underNameNow(app, nearMiss, personId), stewardsNow(app)]);
  return sharingOf(app, shown);
}

/**
 * A near-miss with its conversation under the name that it has by now. The new name of a private one is for those
 * who are in it: whoever shared it there may have left.
 */
export async function underNameNow(
  app: Surroundings,
  nearMiss: NearMiss,
  personId: string,
): Promise<NearMiss> {
  const { conversation } = nearMiss;
  if (conversation === undefined) return nearMiss;
  const { name = '', kind } = (await app.conversations.ask(conversation)) ?? {};
  if (name === '' || name === conversation.name) return nearMiss;
  const mayKnow = kind === 'public' || (await isStillIn(app, personId, conversation.id));
  return mayKnow ? { ...nearMiss, conversation: { ...conversation, name } } : nearMiss;
}

async function isStillIn({ people, log }: Surroundings, personId: string, id: string): Promise<boolean> {
  try {
    return (await people.viewer(personId)).channels.has(id);
  } catch (error) {
    log.warn({ error }, 'nobody knows now whether somebody is in a conversation; its new name is not said');
    return false;
  }
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
export function withFreshPlace({ conversations }: Surroundings, notes: StepOneNotes): StepOneNotes {
  const { place } = notes;
  return place === undefined ? notes : { ...notes, place: conversations.since(place) };
}
