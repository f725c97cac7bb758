/**
 * A small Slack for one machine, for tests and for trying the app out. It is not Slack and has nothing to do with
 * it: it knows what this app needs, and refuses what Slack refuses, so that a mistake shows here first. The app
 * talks to it exactly as it would to Slack, over Socket Mode or signed HTTP. It listens on loopback only.
 */
import { Hono } from 'hono';
import { addChannel, addPerson, findChannel, findPerson } from './cast.ts';
import type { Clock } from './clock.ts';
import { commanding } from './commanding.ts';
import { type Core, newId } from './core.ts';
import { deliverEvent, type Transport } from './deliveries.ts';
import { type Faults, newFaults } from './faults.ts';
import { newCore } from './founding.ts';
import { looking } from './looking.ts';
import { addMessage } from './messages.ts';
import type { Reach } from './outcomes.ts';
import { eventEnvelope } from './payloads.ts';
import type { PersonActions } from './person.ts';
import { newServer, type Server } from './server.ts';
import { postSigned } from './signed-http.ts';
import { openSockets, type Sockets } from './socket-mode.ts';
import type { Channel, ChannelKind, Json, Message, Person, State } from './state.ts';
import { submitting } from './submitting.ts';
import { talking } from './talking.ts';
import { newTroubles, type Troubles } from './troubles.ts';
import { until } from './until.ts';
import { using } from './using.ts';

/** A person to start with; everything but the handle has a sensible default. */
export type PersonSeed = { readonly handle: string } & Partial<Person>;

/** A conversation to start with. Members are handles; `app` says whether the app is in it. */
export type ChannelSeed = {
  readonly name: string;
  readonly id?: string;
  readonly kind?: ChannelKind;
  readonly members?: readonly string[];
  readonly app?: boolean;
} & Partial<
  Pick<Channel, 'isArchived' | 'isPostingRestricted' | 'isExtShared' | 'isPendingExtShared' | 'isGeneral'>
>;

export type WorkspaceOptions = {
  /** The app's manifest: a path to the YAML file, or what it says. Scopes and features come from it. */
  readonly manifest: string | Json;
  readonly team?: { readonly id?: string; readonly name?: string; readonly domain?: string };
  readonly people?: readonly PersonSeed[];
  readonly channels?: readonly ChannelSeed[];
  /** Optional scopes the installer says no to. */
  readonly decline?: readonly string[];
  /** The time, when only that matters. */
  readonly now?: () => number;
  /** The time and its timers, when a test wants to move three seconds on without waiting for them. */
  readonly clock?: Clock;
  readonly host?: string;
  readonly port?: number;
  /** More pages for the same server; called once, before it listens. */
  readonly pages?: (routes: Hono, workspace: Workspace) => void;
};

/** One call of the Web API or of a response_url, and what came of it. */
export type Call = {
  readonly method: string;
  readonly args: Json;
  readonly at: number;
  /** `ok`, Slack's error, or what a fault did to it; `pending` while it is being answered. */
  outcome: string;
  response: Json | undefined;
};

/** One thing sent to the app. */
export type Delivery = {
  readonly id: string;
  readonly kind: 'events_api' | 'interactive' | 'slash_commands';
  readonly payload: Json;
  readonly attempt: number;
  readonly at: number;
  /** `acked`, or what Slack made of the silence. */
  outcome: string;
};

/** What changed, for whoever draws it. */
export type Change = {
  readonly what:
    | 'message'
    | 'ephemeral'
    | 'view'
    | 'home'
    | 'channel'
    | 'failure'
    | 'call'
    | 'delivery'
    | 'connection';
  readonly person?: string;
  readonly channel?: string;
};

export type Workspace = {
  /** Where the workspace listens, e.g. `http://127.0.0.1:4321`. */
  readonly url: string;
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly state: State;
  readonly calls: readonly Call[];
  readonly deliveries: readonly Delivery[];
  /** What real Slack would let pass and a careful app would not do. Tests assert that it stays empty. */
  readonly complaints: readonly string[];
  readonly faults: Faults;

  /** Acts as the person with this handle (or id). */
  person(handle: string): PersonActions;
  /** A conversation by name or id. */
  channel(name: string): Channel;
  addPerson(seed: PersonSeed): Person;
  addChannel(seed: ChannelSeed): Channel;
  /** A message from another app, such as an alert. */
  botSays(channel: string, text: string, options?: { username?: string; threadTs?: string }): Message;
  /** Sends any event to the app, whether its manifest subscribes to it or not. */
  sendEvent(event: Json & { type: string }): Promise<boolean>;

  /** Delivers over signed HTTP to this URL from now on; `undefined` goes back to Socket Mode. */
  connectHttp(url: string | undefined): void;
  /** How many Socket Mode connections the app has open. */
  connections(): number;
  /** Everything the app has ever sent, as one text to search. */
  everythingReceived(): string;
  subscribe(listener: (change: Change) => void): () => void;
  /** Waits until something is so, looking again after every change. Fails with what there is instead. */
  until<T>(predicate: () => T, options?: { ms?: number; what?: string }): Promise<NonNullable<T>>;
  /** Closes everything; no handle stays open. */
  stop(): Promise<void>;
};

/** Starts a workspace. It takes a free port unless one is asked for. */
export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const core = newCore(options);
  const troubles = newTroubles();
  const sockets = openSockets(core);
  const routes = new Hono();
  const server = newServer(core, troubles, sockets, routes);
  const workspace = assembled(core, { troubles, sockets, server });
  options.pages?.(routes, workspace);
  core.url = await server.listen(options.host ?? '127.0.0.1', options.port ?? 0);
  return workspace;
}

type Parts = { readonly troubles: Troubles; readonly sockets: Sockets; readonly server: Server };

function assembled(core: Core, { troubles, sockets, server }: Parts): Workspace {
  const transport: Transport = (delivery, retry, givenUp) =>
    core.appUrl === undefined
      ? sockets.send(delivery, retry)
      : postSigned(core, core.appUrl, { delivery, retry, givenUp });
  const reach = { core, transport };
  const { botToken, appToken, signingSecret, state, calls, deliveries, complaints } = core;
  return {
    get url() {
      return core.url;
    },
    get apiUrl() {
      return `${core.url}/api/`;
    },
    botToken,
    appToken,
    signingSecret,
    state,
    calls,
    deliveries,
    complaints,
    faults: newFaults(core, troubles, sockets, server),
    person: (name) => personActions(reach, findPerson(core, name)),
    channel: (name) => findChannel(core, name),
    addPerson: (seed) => addPerson(core, seed),
    addChannel: (seed) => addChannel(core, seed),
    botSays: (channel, text, said) => botSays(core, channel, text, said),
    sendEvent: (event) => deliverEvent(core, transport, eventEnvelope(core, event, newId(core, 'Ev'))),
    connectHttp(url) {
      core.appUrl = url;
    },
    connections: () => sockets.connections,
    everythingReceived: () => core.received.join('\n'),
    subscribe(listener) {
      core.listeners.add(listener);
      return () => core.listeners.delete(listener);
    },
    until: (predicate, waiting) => until(core, predicate, waiting),
    async stop() {
      troubles.clear();
      core.stopTimers();
      await server.stop();
    },
  };
}

const personActions = (reach: Reach, person: Person): PersonActions => ({
  id: person.id,
  handle: person.handle,
  ...looking(reach.core, person),
  ...talking(reach.core, person),
  ...commanding(reach, person),
  ...using(reach, person),
  ...submitting(reach, person),
});

function botSays(
  core: Core,
  channel: string,
  text: string,
  { username = 'Alerts', threadTs }: { username?: string; threadTs?: string } = {},
): Message {
  const said = { subtype: 'bot_message', bot_id: 'B0ALERTS00', username, text };
  return addMessage(core, findChannel(core, channel), {
    ...said,
    ...(threadTs ? { thread_ts: threadTs } : {}),
  });
}
