import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../sandbox/workspace.ts';
import { type Bot, startBot, type World } from '../../src/app/bot.ts';
import type { Config } from '../../src/app/config.ts';
import type { Pace } from '../../src/domain/outbox/delivery.ts';

/** As in production, but nobody waits ten seconds for a lookup or five minutes for a retry. */
export const QUICK: Pace = {
  betweenLooksMs: 20,
  betweenMessagesMs: 20,
  leaseMs: 1500,
  lookAfterMs: 100,
  firstRetryMs: 50,
  longestRetryMs: 500,
};

export const PEOPLE: NonNullable<WorkspaceOptions['people']> = [
  { handle: 'maria', realName: 'Maria Lopez', tz: 'Europe/Madrid' },
  { handle: 'jon', realName: 'Jon Park' },
  { handle: 'amira', realName: 'Amira Haddad' },
  { handle: 'gus', realName: 'Gus Guest', isRestricted: true },
];

export const CHANNELS: NonNullable<WorkspaceOptions['channels']> = [
  { name: 'payments-ops', members: ['maria', 'jon', 'amira', 'gus'], app: true },
  { name: 'quiet', members: ['maria', 'jon'] },
  { name: 'finance-leads', kind: 'private', members: ['maria', 'jon'], app: true },
  { name: 'board', kind: 'private', members: ['maria', 'jon'] },
];

/** A workspace with the real app in it, over Socket Mode or signed HTTP, on a real SQLite file. */
export type Office = {
  workspace: Workspace;
  bot: Bot;
  config: Config;
  /** Everything the app wrote to its log. */
  logged: () => string;
  /** Sentences the app would have ended with. */
  fatal: string[];
  /** Stops the app and starts it again on the same file. */
  restart: () => Promise<void>;
};

export type OfficeOptions = Partial<WorkspaceOptions> & {
  mode?: 'socket' | 'http';
  world?: Partial<World>;
  databasePath?: string;
};

/** Opens an office that closes itself when the test is over. */
export async function openOffice({
  mode = 'socket',
  world,
  databasePath,
  ...options
}: OfficeOptions = {}): Promise<Office> {
  const workspace = await startWorkspace({
    manifest: 'manifest.yml',
    people: PEOPLE,
    channels: CHANNELS,
    ...options,
  });
  onTestFinished(() => workspace.stop());
  // What Slack itself would take without a word and the app should not send.
  onTestFinished(() => expect(workspace.complaints).toEqual([]));
  const config: Config = {
    botToken: workspace.botToken,
    slack:
      mode === 'socket'
        ? { mode, appToken: workspace.appToken }
        : { mode, signingSecret: workspace.signingSecret },
    slackApiUrl: workspace.apiUrl,
    databasePath: databasePath ?? join(temporaryFolder(), 'nearmiss.db'),
    port: 0,
    logLevel: 'debug',
  };
  const lines: string[] = [];
  const fatal: string[] = [];
  const start = async () => {
    const bot = await startBot(config, {
      now: Date.now,
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
    if (mode === 'http') workspace.connectHttp(`http://127.0.0.1:${bot.port}/slack/events`);
    return bot;
  };
  const office: Office = {
    workspace,
    bot: await start(),
    config,
    logged: () => lines.join(''),
    fatal,
    async restart() {
      await office.bot.stop();
      office.bot = await start();
    },
  };
  onTestFinished(() => office.bot.stop());
  return office;
}

/** A folder of its own, removed when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'near-miss-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
