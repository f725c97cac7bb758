import type { Core } from './core.ts';
import type { Server } from './server.ts';
import type { Sockets } from './socket-mode.ts';
import type { Json } from './state.ts';
import type { Troubles } from './troubles.ts';

/** One way a call can go wrong. Before: nothing happened in Slack. After: it happened and the app is not told. */
export type Trouble =
  | { readonly kind: 'rate_limit'; readonly retryAfter: number }
  | { readonly kind: 'http'; readonly status: number; readonly when?: 'before' | 'after' }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  | { readonly kind: 'hold'; readonly when: 'before' | 'after' };

/**
 * Which calls it befalls: from the `nth` (1 is the next) matching one, `times` of them (1 unless said). With
 * `times: Infinity` it goes on for as long as calls match, or until it is removed.
 */
export type Aim = {
  readonly nth?: number;
  readonly times?: number;
  readonly matching?: (args: Json) => boolean;
};

/** A fault that has been set, so that a test can wait for it, let go of held calls, or take it away. */
export type Fault = {
  readonly hits: number;
  /** Resolves when the fault has befallen its first call. */
  readonly struck: Promise<void>;
  /** Lets held calls go on. */
  release(): void;
  remove(): void;
};

/** The ways the workspace can be told to fail. */
export type Faults = {
  /** `method` is a Web API method, `response_url`, or `*` for every one of them. */
  on(method: string, trouble: Trouble, aim?: Aim): Fault;
  /** Every connection is cut and every new one reset, until `slackIsBack`. */
  slackIsDown(): void;
  slackIsBack(): void;
  /** Answers every call of the bot with this error, until `restoreToken`. */
  revokeToken(error?: 'token_revoked' | 'account_inactive' | 'invalid_auth'): void;
  restoreToken(): void;
  /** Sends Socket Mode's `disconnect` message: the app is to open a new connection. */
  askSocketsToReconnect(reason?: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** Cuts every Socket Mode connection without a word. */
  cutSockets(): void;
  /** Sends this over every Socket Mode connection as it is, whatever it is; as bytes where it is a buffer. */
  sayOverSockets(frame: string | Buffer): void;
  /** The next answer of the app never reaches Slack. */
  loseNextAck(): void;
  /** Stops all faults at once. */
  clear(): void;
};

export function newFaults(core: Core, troubles: Troubles, sockets: Sockets, server: Server): Faults {
  const slackIsBack = () => server.refuse(false);
  const restoreToken = () => {
    core.tokenError = undefined;
  };
  return {
    on: (method, trouble, aim = {}) => troubles.plan(method, trouble, aim),
    slackIsDown() {
      server.refuse(true);
      sockets.cut();
    },
    slackIsBack,
    revokeToken(error = 'token_revoked') {
      core.tokenError = error;
    },
    restoreToken,
    askSocketsToReconnect: (reason = 'refresh_requested') => sockets.askToReconnect(reason),
    cutSockets: () => sockets.cut(),
    sayOverSockets: (frame) => sockets.say(frame),
    loseNextAck() {
      core.acksToLose += 1;
    },
    clear() {
      troubles.clear();
      slackIsBack();
      restoreToken();
      core.acksToLose = 0;
    },
  };
}
