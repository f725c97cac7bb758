import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';
import type { Workspace, WorkspaceOptions } from '../../sandbox/workspace.ts';
import { startBot, type World } from '../../src/app/bot.ts';
import type { Config } from '../../src/app/config.ts';
import type { Pace } from '../../src/domain/outbox/delivery.ts';
import type { SettingsChange } from '../../src/domain/workspaces.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { emptyDatabase, openWorkspace } from './workspace.ts';

/** As in production, but nobody waits ten seconds for a lookup or five minutes for a retry. */
export const QUICK: Pace = {
  betweenLooksMs: 20,
  betweenMessagesMs: 20,
  leaseMs: 1500,
  lookAfterMs: 100,
  firstRetryMs: 50,
  longestRetryMs: 500,
};

/** When a test begins unless said otherwise: a Tuesday morning. The first digest is on Monday 20 October. */
export const TUESDAY = Date.UTC(2025, 9, 14, 8, 0);

/** The whole app in a workspace, over Socket Mode or signed HTTP, on a real SQLite file. */
export type BotOnTheWire = {
  workspace: Workspace;
  config: Config;
  port: () => number;
  /** The time in the workspace and in the app; it goes on by itself. */
  now: () => number;
  /** Lets so many milliseconds pass at once, for both. */
  advance: (ms: number) => void;
  /** Lets time pass while the app is down, and starts it again: it looks at once what is due. */
  goTo: (at: number) => Promise<void>;
  stop: () => Promise<void>;
  /** Stops the app and starts it again on the same file. */
  restart: () => Promise<void>;
  /** Everything the app wrote to its log. */
  logged: () => string;
  /** Sentences the app would have ended with. */
  fatal: string[];
};

export type BotOptions = Partial<WorkspaceOptions> & {
  mode?: 'socket' | 'http';
  startsAt?: number;
  /** What the app is given of the world outside, where it is not as usual. */
  world?: Partial<World>;
  /** What its workspace has settled before the app starts. */
  settled?: (workspace: Workspace, now: number) => SettingsChange;
};

/** Starts a bot that stops when the test is over. */
export async function botOnTheWire({
  mode = 'socket',
  startsAt = TUESDAY,
  world,
  settled,
  ...options
}: BotOptions = {}): Promise<BotOnTheWire> {
  let ahead = startsAt - Date.now();
  const now = () => Date.now() + ahead;
  const workspace = await openWorkspace({ now, ...options });
  // What Slack itself would take without a word and the app should not send.
  onTestFinished(() => expect(workspace.complaints).toEqual([]));
  const config = configFor(workspace, mode);
  if (settled !== undefined) await settle(config, workspace, settled(workspace, now()));
  const lines: string[] = [];
  const fatal: string[] = [];
  const start = async () => {
    const started = await startBot(config, {
      now,
      newId: randomUUID,
      shuffle: (items) => items.toReversed(),
      log: pino(
        { level: 'debug', serializers: { error: pino.stdSerializers.err } },
        { write: (line: string) => void lines.push(line) },
      ),
      onFatal: (sentence) => void fatal.push(sentence),
      pace: QUICK,
      host: '127.0.0.1',
      ...world,
    });
    if (mode === 'http') workspace.connectHttp(`http://127.0.0.1:${started.port}/slack/events`);
    return started;
  };
  let running = await start();
  onTestFinished(() => running.stop());
  const bot: BotOnTheWire = {
    workspace,
    config,
    port: () => running.port,
    now,
    advance: (ms) => void (ahead += ms),
    async goTo(at) {
      await running.stop();
      bot.advance(at - now());
      running = await start();
    },
    stop: () => running.stop(),
    async restart() {
      await running.stop();
      running = await start();
    },
    logged: () => lines.join(''),
    fatal,
  };
  return bot;
}

async function settle({ databasePath }: Config, workspace: Workspace, settings: SettingsChange) {
  const storage = openStorage(databasePath, randomUUID);
  const { id: teamId, name } = workspace.state.team;
  await storage.workspaces.remember({ teamId, name });
  await storage.workspaces.change(teamId, settings);
  await storage.close();
}

function configFor(workspace: Workspace, mode: 'socket' | 'http'): Config {
  const { botToken, appToken, signingSecret } = workspace;
  return {
    botToken,
    slack: mode === 'socket' ? { mode, appToken } : { mode, signingSecret },
    slackApiUrl: workspace.apiUrl,
    databasePath: emptyDatabase(),
    port: 0,
    logLevel: 'debug',
  };
}

/** Nothing the app did would have been frowned upon by Slack, and nothing would have ended it. */
export function expectNoComplaints({ workspace, fatal }: BotOnTheWire): void {
  expect(workspace.complaints).toEqual([]);
  expect(fatal).toEqual([]);
}
