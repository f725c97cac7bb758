import { type Clock, stoppable, wallClock } from '../clock.ts';
import type { Json } from '../json.ts';
import type { Core } from './core.ts';
import { type Installation, install } from './manifest.ts';
import { addChannel, addPerson, type ChannelSeed, type PersonSeed } from './people-and-channels.ts';
import type { State } from './state.ts';

/** What a workspace starts with. */
export type WorkspaceSeed = {
  /** The app's manifest: a path to the YAML file, or what it says. Scopes and features come from it. */
  readonly manifest: string | Json;
  readonly team?: Partial<State['team']>;
  readonly people?: readonly PersonSeed[];
  readonly channels?: readonly ChannelSeed[];
  /** Optional scopes the installer says no to. */
  readonly decline?: readonly string[];
  /** The time, when only that matters. */
  readonly now?: () => number;
  /** The time and its timers, when a test wants to move three seconds on without waiting for them. */
  readonly clock?: Clock;
};

function newState({ team }: WorkspaceSeed, installation: Installation): State {
  const id = team?.id ?? 'T0ACME0000';
  return {
    team: { name: 'Acme', domain: 'acme', ...team, id },
    app: { id: 'A0APP00000', botId: 'B0APP00000', botUserId: 'U0APP00000', name: installation.appName },
    people: new Map(),
    channels: new Map(),
    messages: [],
    ephemerals: [],
    stacks: new Map(),
    homes: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    failures: new Map(),
  };
}

/** A new workspace with its people and channels, the app's bot user, and Slackbot, who is not marked as a bot. */
export function newCore(options: WorkspaceSeed): Core {
  const installation = install(options.manifest, options.decline ?? []);
  const state = newState(options, installation);
  const core: Core = {
    state,
    ...stoppable(options.clock ?? wallClock(options.now)),
    installation,
    calls: [],
    deliveries: [],
    complaints: [],
    received: [],
    botToken: 'xoxb-local-workspace',
    appToken: 'xapp-local-workspace',
    signingSecret: 'local-workspace-signing-secret',
    url: '',
    appUrl: undefined,
    tokenError: undefined,
    acksToLose: 0,
    messageValues: new Map(),
    suggestions: new Map(),
    tickets: new Set(),
    listeners: new Set(),
    serial: { next: 0, micros: 0 },
  };
  addPerson(core, {
    id: state.app.botUserId,
    handle: installation.botName,
    realName: state.app.name,
    isBot: true,
  });
  addPerson(core, { id: 'USLACKBOT', handle: 'slackbot', realName: 'Slackbot' });
  for (const seed of options.people ?? []) addPerson(core, seed);
  for (const seed of options.channels ?? []) addChannel(core, seed);
  return core;
}
