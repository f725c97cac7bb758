import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { NearMiss } from '../domain/near-miss.ts';
import { channelWords, type Place } from '../domain/place.ts';
import { type Wider, whyWider } from '../domain/promised-place.ts';
import type { Storage } from '../domain/storage.ts';
import type { Sharing, Steward } from '../domain/who-can-see.ts';
import { promisedDay } from './coming-digests.ts';
import type { Confirmed } from './confirmation.ts';
import { asPlace, type Conversations } from './conversations.ts';
import type { People } from './people.ts';
import type { Redraw } from './redrawing.ts';
import type { ReplyAddresses } from './reply-addresses.ts';
import type { Around, StepOneNotes } from './step-one.ts';

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
 * what is stored. Never waits for Slack.
 */
export async function aroundOf(
  app: Surroundings,
  conversationId: string | undefined,
  stored?: NearMiss,
): Promise<Around> {
  const { storage, identity, people } = app;
  const { stewards, digest } = await storage.workspaces.settings(identity.teamId);
  return {
    workspace: identity.workspace,
    app: identity.app,
    stewards: stewards.map((id): Steward => {
      const isIn = conversationId !== undefined && people.lastSeenIn(id)?.has(conversationId) === true;
      return { id, name: people.known(id)?.name ?? 'a steward', inConversation: isIn };
    }),
    digest: digest && {
      channel: channelWords({ name: digest.channelName, kind: 'public' }),
      next: await promisedDay(app, digest, stored),
    },
  };
}

/** The same for a confirmation. */
export async function confirmedOf(app: Surroundings, nearMiss: NearMiss): Promise<Confirmed> {
  const { stewards, digest } = await aroundOf(app, nearMiss.conversation?.id, nearMiss);
  // Where the app may not post, or more people read than was said, a card for that channel does not appear.
  const { conversations } = app;
  const isPosted =
    storedPlace(nearMiss, conversations)?.canPost === true && widerNow(nearMiss, conversations) === undefined;
  const appears = nearMiss.audience === 'everyone' || isPosted;
  return { stewards, appearsOn: appears ? digest?.next : undefined };
}

/** How a stored near-miss is shared, in the terms of the sentences. */
async function sharingOf(app: Surroundings, nearMiss: NearMiss): Promise<Sharing> {
  const around = await aroundOf(app, nearMiss.conversation?.id, nearMiss);
  const place = storedPlace(nearMiss, app.conversations);
  const cardState = await cardStateOf(app, nearMiss);
  const wider = widerNow(nearMiss, app.conversations);
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
async function cardStateOf({ storage }: Surroundings, { id, card }: NearMiss) {
  if (card === undefined) return 'none';
  return card.ts === undefined ? (await storage.outbox.cardDelivery(id)).state : 'posted';
}

/** The same, after asking Slack what the conversation is by now. */
export async function sharingNow(app: Surroundings, nearMiss: NearMiss): Promise<Sharing> {
  if (nearMiss.conversation !== undefined) await app.conversations.ask(nearMiss.conversation);
  return sharingOf(app, nearMiss);
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
    name: facts?.name || conversation.name,
    inThread: card?.threadTs !== undefined,
  };
}

/** Slack may have told more about the conversation since the modal opened. */
export function withFreshPlace({ conversations }: Surroundings, notes: StepOneNotes): StepOneNotes {
  const { place } = notes;
  if (place === undefined || !conversations.isFresh(place.id)) return notes;
  return { ...notes, place: asPlace(conversations.known(place), place.inThread) };
}
