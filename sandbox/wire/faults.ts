import type { Core } from '../state/core.ts';
import type { Aim, CallFaults, Fault, Trouble } from './call-faults.ts';
import type { Server } from './server.ts';
import type { Sockets } from './socket-mode.ts';

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
  askSocketsToReconnect(
    reason?: 'warning' | 'refresh_requested' | 'link_disabled',
    which?: 'all' | 'one',
  ): void;
  /** Cuts every Socket Mode connection without a word, or only the one that is next in turn. */
  cutSockets(which?: 'all' | 'one'): void;
  /** Answers no upgrade to a WebSocket, until told otherwise; `hangingUpgrades` are still open. */
  hangUpgrades(hanging?: boolean): void;
  hangingUpgrades(): number;
  /** Says hello to a connection as if the app had so many others. */
  countOtherConnections(others: number): void;
  /** Pings the app over one connection, and waits for its answer. */
  pingSocket(): Promise<void>;
  /** Sends this over one Socket Mode connection as it is, whatever it is; as bytes where it is a buffer. */
  sayOverSocket(frame: string | Buffer): void;
  /** The next answer of the app never reaches Slack. */
  loseNextAck(): void;
  /** Stops all faults at once. */
  clear(): void;
};

export function newFaults(core: Core, calls: CallFaults, sockets: Sockets, server: Server): Faults {
  const slackIsBack = () => server.refuse(false);
  const restoreToken = () => {
    core.tokenError = undefined;
  };
  return {
    on: (method, trouble, aim = {}) => calls.plan(method, trouble, aim),
    slackIsDown() {
      server.refuse(true);
      sockets.cut();
    },
    slackIsBack,
    revokeToken(error = 'token_revoked') {
      core.tokenError = error;
    },
    restoreToken,
    askSocketsToReconnect: (reason = 'refresh_requested', which = 'all') =>
      sockets.askToReconnect(reason, which),
    cutSockets: (which) => sockets.cut(which),
    hangUpgrades: (hanging = true) => sockets.hang(hanging),
    hangingUpgrades: () => sockets.unanswered,
    countOtherConnections: (others) => sockets.countOthers(others),
    pingSocket: () => sockets.ping(),
    sayOverSocket: (frame) => sockets.say(frame),
    loseNextAck() {
      core.acksToLose += 1;
    },
    clear() {
      calls.clear();
      slackIsBack();
      restoreToken();
      sockets.hang(false);
      sockets.countOthers(0);
      core.acksToLose = 0;
    },
  };
}
