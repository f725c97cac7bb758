import { addChannel, addPerson } from './cast.ts';
import { type Clock, wallClock } from './clock.ts';
import type { Core } from './core.ts';
import { type Installation, install } from './manifest.ts';
import type { State } from './state.ts';
import type { WorkspaceOptions } from './workspace.ts';

/** A clock whose timers can all be called off at once when the workspace stops. */
function stoppable(clock: Clock): { readonly clock: Clock; stopTimers(): void } {
  const pending = new Set<() => void>();
  return {
    clock: {
      now: () => clock.now(),
      after(ms, run) {
        const callOff = clock.after(ms, () => {
          pending.delete(callOff);
          run();
        });
        pending.add(callOff);
        return () => {
          pending.delete(callOff);
          callOff();
        };
      },
    },
    stopTimers() {
      for (const callOff of pending) callOff();
      pending.clear();
    },
  };
}

function newState({ team }: WorkspaceOptions, installation: Installation): State {
  const id = team?.id ?? 'T0ACME0000';
  return {
    team: { id, name: team?.name ?? 'Acme', domain: team?.domain ?? 'acme' },
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
export function newCore(options: WorkspaceOptions): Core {
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
