/**
 * A small Slack for one machine, for tests and for trying the app out. It is not Slack and has nothing to do with
 * it: it knows what this app needs, and refuses what Slack refuses, so that a mistake shows here first. The app
 * talks to it exactly as it would to Slack, over Socket Mode or signed HTTP. It listens on loopback only.
 */
import { Hono } from 'hono';
import type { Json } from './json.ts';
import { changePerson } from './people/change-person.ts';
import { personActions } from './people/person.ts';
import type { PersonActions } from './people/person-actions.ts';
import { type Change, type Core, newId } from './state/core.ts';
import type { Installation } from './state/manifest.ts';
import { addMessage } from './state/messages.ts';
import { newCore, type WorkspaceSeed } from './state/new-core.ts';
import {
  addChannel,
  addPerson,
  type ChannelSeed,
  findChannel,
  findPerson,
  type PersonSeed,
} from './state/people-and-channels.ts';
import type { Channel, Message, Person, PersonChange, State } from './state/state.ts';
import type { Call, Delivery } from './state/traffic.ts';
import { until } from './state/until.ts';
import { type CallFaults, newCallFaults } from './wire/call-faults.ts';
import { newCallLimits } from './wire/call-limits.ts';
import { deliverEvent, type Transport } from './wire/deliveries.ts';
import { type Faults, newFaults } from './wire/faults.ts';
import { eventEnvelope } from './wire/payloads.ts';
import { newServer, type Server } from './wire/server.ts';
import { postSigned } from './wire/signed-http.ts';
import { openSockets, type Sockets } from './wire/socket-mode.ts';

/** What a workspace starts with, and where it listens. */
export type WorkspaceOptions = WorkspaceSeed & {
  readonly host?: string;
  readonly port?: number;
  /** Takes no more calls of a method in a minute than its tier allows. */
  readonly enforcesLimits?: boolean;
  /** More pages for the same server; called once, before it listens. */
  readonly pages?: (routes: Hono, workspace: Workspace) => void;
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
  /** What the app may do and puts into people's menus, as its manifest and the installer have it. */
  readonly installation: Installation;
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
  /**
   * An admin makes somebody a guest, closes their account, or they rename themselves. The app hears of it where its
   * manifest subscribes to that; resolves when it has taken the event.
   */
  changePerson(handle: string, to: PersonChange): Promise<void>;
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
  const faults = newCallFaults();
  const sockets = openSockets(core);
  const routes = new Hono();
  const limits = newCallLimits(options.enforcesLimits === true);
  const server = newServer({ core, faults, limits }, sockets, routes);
  const workspace = assembled(core, { faults, sockets, server });
  options.pages?.(routes, workspace);
  core.url = await server.listen(options.host ?? '127.0.0.1', options.port ?? 0);
  return workspace;
}

type Parts = { readonly faults: CallFaults; readonly sockets: Sockets; readonly server: Server };

function assembled(core: Core, { faults, sockets, server }: Parts): Workspace {
  const transport: Transport = (delivery, retry, givenUp) =>
    core.appUrl === undefined
      ? sockets.send(delivery, retry)
      : postSigned(core, core.appUrl, { delivery, retry, givenUp });
  const { botToken, appToken, signingSecret, state, installation, calls, deliveries, complaints } = core;
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
    installation,
    calls,
    deliveries,
    complaints,
    faults: newFaults(core, faults, sockets, server),
    person: (name) => personActions({ core, transport, person: findPerson(core, name) }),
    channel: (name) => findChannel(core, name),
    addPerson: (seed) => addPerson(core, seed),
    addChannel: (seed) => addChannel(core, seed),
    changePerson: (handle, to) => changePerson(core, transport, handle, to),
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
      faults.clear();
      core.stopTimers();
      await server.stop();
    },
  };
}

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
