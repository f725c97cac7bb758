import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { PACE, type Pace } from '../domain/outbox/delivery.ts';
import { runOutbox } from '../outbox/outbox.ts';
import { delivering } from '../slack/outbox/send-row.ts';
import { clientOptions } from '../slack/platform/clients.ts';
import { hearSlack } from '../slack/platform/identity.ts';
import { type DirectoryPace, keepDirectory } from '../slack/platform/people-directory.ts';
import { replyAddresses } from '../slack/platform/reply-addresses.ts';
import { watchToken } from '../slack/platform/token-watch.ts';
import { type App, type Workspace, type Workspaces, workspaceOf } from '../slack/workspace.ts';
import { openStorage } from '../storage/storage.ts';
import type { Config } from './config.ts';
import { tendRegularly } from './digest-clock.ts';
import { startServer } from './server.ts';
import { listenToSlack } from './slack-connection.ts';

/** What the outside world gives: `main.ts` passes the real ones. */
export type World = {
  now: () => number;
  /** Random text, never used twice. */
  newId: () => string;
  shuffle: <Item>(items: Item[]) => Item[];
  log: Logger;
  /** The process cannot go on; one sentence says why and what to do. */
  onFatal: (sentence: string) => void;
  pace?: Pace;
  directoryPace?: DirectoryPace;
  /** Where the server listens; everywhere unless said. */
  host?: string;
};

export type Bot = { port: number; stop: () => Promise<void> };

/** A thread is read for at most this long before what was found is shown. */
const READ_THREAD_MS = 1500;
/** Proving that the database can be written costs a write; whoever asks more often gets the same answer. */
const PROOF_LASTS_MS = 5000;

/**
 * Starts the whole app: its server first, then the database, then Slack, which is waited for.
 * @throws PortUnusable, DatabaseUnusable or SlackRefused, each with one sentence for whoever runs it.
 */
export async function startBot(config: Config, world: World): Promise<Bot> {
  const { log, now, newId } = world;
  const server = await startServer({ port: config.port, host: world.host, log });
  const closing: (() => Promise<void> | void)[] = [server.close];
  const stop = async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  };
  try {
    const storage = openStorage(config.databasePath, newId);
    closing.push(storage.close);

    const options = clientOptions(config.slackApiUrl, log);
    const background = new WebClient(config.botToken, options.background());
    const identity = await hearSlack(background, log);
    await storage.workspaces.remember({ teamId: identity.teamId, name: identity.workspace });

    const wakeOutbox = () => outbox.wake();
    const app = appOf(world, { storage, wakeOutbox, respond: options.respond });
    const workspace = workspaceOf(app, {
      identity,
      client: new WebClient(config.botToken, options.interactive()),
      background,
      watch: watchToken(world.onFatal),
    });
    const workspaces = onlyOne(workspace);
    const outbox = runOutbox({
      outbox: storage.outbox,
      sender: delivering(workspaces),
      pace: world.pace ?? PACE,
      owner: newId(),
      now,
      log,
    });
    closing.push(outbox.stop);

    closing.push(tendRegularly(workspace));

    const slack = await listenToSlack({ config, options, app, workspaces, server });
    closing.push(slack.stop);
    const isWritable = lately(storage.isWritable, now);
    server.readiness(async () => slack.isHeard(now()) && (await isWritable()));
    closing.push(keepDirectory(workspace, world.directoryPace));
    log.info({ workspace: identity.workspace, mode: config.slack.mode, port: server.port }, 'ready');
    return { port: server.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the process has: the world, and what was opened at the start. */
function appOf(
  { now, newId, shuffle, log }: World,
  opened: Pick<App, 'storage' | 'wakeOutbox' | 'respond'>,
): App {
  return { now, newId, shuffle, log, ...opened, addresses: replyAddresses(), readThreadMs: READ_THREAD_MS };
}

/** The configuration names one token, so there is one workspace. */
function onlyOne(workspace: Workspace): Workspaces {
  return { of: (teamId) => (teamId === workspace.identity.teamId ? workspace : undefined) };
}

/** The answer of a proof, for as long as it lasts. */
function lately(prove: () => Promise<boolean>, now: () => number): () => Promise<boolean> {
  let proof: Promise<boolean> | undefined;
  let provedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (proof === undefined || now() - provedAt >= PROOF_LASTS_MS) {
      provedAt = now();
      proof = prove();
    }
    return proof;
  };
}
