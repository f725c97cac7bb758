import type { Logger } from 'pino';
import type { TokenRefused } from '../slack/platform/token-watch.ts';
import type { Workspace, Workspaces } from '../slack/workspace.ts';

/** The workspaces the app works in, until Slack takes the token of one no longer. */
export type WorkspacesAtWork = Workspaces & {
  /** @param stop ends what goes on there by itself, after what it is doing. */
  begin: (workspace: Workspace, stop: () => Promise<void>) => void;
  /** Ends the work in a workspace; what is put into its outbox waits. With the last one the process ends. */
  end: (teamId: string, refused: TokenRefused) => void;
  /** Slack did not let the app in at the start. */
  leaveOut: (refusal: unknown) => void;
  /** A sentence for whoever runs the app about each that ended, with the id of its team and not its name. */
  ended: () => string[];
  stop: () => Promise<void>;
};

/** @param onFatal gets one sentence when nothing is left to work in. */
export function workspacesAtWork(log: Logger, onFatal: (sentence: string) => void): WorkspacesAtWork {
  const working = new Map<string, { workspace: Workspace; stop: () => Promise<void> }>();
  const stopping: Promise<void>[] = [];
  const ended: string[] = [];
  return {
    of: (teamId) => working.get(teamId)?.workspace,
    ended: () => ended,
    begin: (workspace, stop) => void working.set(workspace.identity.teamId, { workspace, stop }),
    end(teamId, { why, sentence }) {
      const work = working.get(teamId);
      if (work === undefined) return;
      // Until the process has ended, what people do is answered as before.
      if (working.size === 1) return onFatal(sentence);
      working.delete(teamId);
      stopping.push(work.stop());
      const said = `${teamId}: Slack does not accept the token of this workspace any more (${why}). What waits for it is kept: please install the app there again, and start anew.`;
      ended.push(said);
      log.error({ teamId, why }, said);
    },
    leaveOut(refusal) {
      const said = `In one workspace nothing is done. ${refusal instanceof Error ? refusal.message : String(refusal)}`;
      ended.push(said);
      log.error({ error: refusal }, said);
    },
    async stop() {
      await Promise.all([...working.values()].map(({ stop }) => stop()));
      await Promise.all(stopping);
    },
  };
}
