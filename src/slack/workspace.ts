import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Storage } from '../domain/storage.ts';
import { type Conversations, conversationsOf } from './platform/conversations.ts';
import type { Identity } from './platform/identity.ts';
import { type People, peopleOf } from './platform/people.ts';
import { type Redraw, redrawing } from './platform/redraw-modal.ts';
import type { ReplyAddresses } from './platform/reply-addresses.ts';
import type { Watch } from './platform/token-watch.ts';

/** What the process has, whichever workspace somebody is in. Made once, in `bot.ts`. */
export type App = {
  storage: Storage;
  addresses: ReplyAddresses;
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

/** How one workspace is reached: who the app is there, and with which token. */
export type Reached = {
  identity: Identity;
  /** Makes one attempt and gives up after two seconds: somebody is waiting. */
  client: WebClient;
  /** Makes one attempt, too; what comes of it is the outbox's to handle. */
  background: WebClient;
  /** Sees every error of Slack, and ends the work here where one means that nothing works any more. */
  watch: Watch;
};

/** The workspace a request belongs to, and all that is known there. Nothing of it is true in another one. */
export type Workspace = Reached & {
  app: App;
  people: People;
  conversations: Conversations;
  redraw: Redraw;
};

/** The workspaces the app is in. */
export type Workspaces = {
  /** Undefined where the app is not, or not any more. */
  of: (teamId: string) => Workspace | undefined;
};

/** A workspace with nothing known yet of its people and conversations. */
export function workspaceOf(app: App, reached: Reached): Workspace {
  const { client, identity } = reached;
  return {
    ...reached,
    app,
    people: peopleOf(reached, identity, app),
    conversations: conversationsOf(client, identity.scopes, app.now),
    redraw: redrawing(client),
  };
}
