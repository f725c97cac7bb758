import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { PACE, type Pace } from '../domain/outbox/delivery.ts';
import { runOutbox } from '../outbox/outbox.ts';
import { delivering } from '../slack/outbox/send-row.ts';
import { type ClientOptions, clientOptions } from '../slack/platform/clients.ts';
import { hearSlack } from '../slack/platform/identity.ts';
import { SOCKET_PACE, type SocketPace } from '../slack/platform/over-socket.ts';
import { type DirectoryPace, keepDirectory } from '../slack/platform/people-directory.ts';
import { replyAddresses } from '../slack/platform/reply-addresses.ts';
import { watchToken } from '../slack/platform/token-watch.ts';
import { type App, type Reached, type Workspace, workspaceOf } from '../slack/workspace.ts';
import { openStorage } from '../storage/storage.ts';
import type { Config } from './config.ts';
import { tendRegularly } from './digest-clock.ts';
import { keepPromisesTrue } from './keep-promises.ts';
import { startServer } from './server.ts';
import { listenToSlack } from './slack-connection.ts';
import { tendStorage } from './storage-clock.ts';
import { type WorkspacesAtWork, workspacesAtWork } from './workspaces-at-work.ts';

/** What the outside world gives: `main.ts` passes the real ones. */
export type World = {
  now: () => number;
  /** Random text, never used twice. */
  newId: () => string;
  shuffle: <Item>(items: Item[]) => Item[];
  log: Logger;
  /** The process cannot go on; one sentence says why and what to do. */
  onFatal: (sentence: string) => void;
  /** The start failed, and is undone from now on: what `startBot` throws afterwards. */
  onRefused?: (error: unknown) => void;
  /** Sentences for whoever runs the app, for `/readyz`: what of the world is not as it should be. */
  notes?: () => string[];
  pace?: Pace;
  directoryPace?: DirectoryPace;
  socketPace?: SocketPace;
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
export function startBot(config: Config, world: World): Promise<Bot> {
  return startBotWith([config.botToken], config, world);
}

/** The same in every workspace of which there is a token; the configuration names one. */
export async function startBotWith(botTokens: string[], config: Config, world: World): Promise<Bot> {
  const { log, now, newId } = world;
  const server = await startServer({ port: config.port, host: world.host, log });
  const closing: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    // Nothing comes in from now on, while the rest ends in order.
    const closed = server.close();
    for (const close of closing.splice(0).toReversed()) await close();
    await closed;
  };
  try {
    const storage = openStorage(config.databasePath, newId, (sentence) => log.warn(sentence));
    closing.push(storage.close);
    closing.push(tendStorage(storage, now, log));

    const options = clientOptions(config.slackApiUrl, log);
    const workspaces = workspacesAtWork(log, world.onFatal);
    const installed = await heardIn(workspaces, { botTokens, options, log });
    for (const { identity } of installed)
      await storage.workspaces.remember({ teamId: identity.teamId, name: identity.workspace });

    const outbox = runOutbox({
      outbox: storage.outbox,
      sender: delivering(workspaces),
      pace: world.pace ?? PACE,
      owner: newId(),
      now,
      log,
    });
    closing.push(outbox.stop);

    const app = appOf(world, { storage, wakeOutbox: outbox.wake, respond: options.respond });
    closing.push(workspaces.stop);
    const reached = installed.map((each) => workspaceIn(workspaces, app, each));
    await Promise.all(reached.map(keepPromisesTrue));
    for (const workspace of reached) beginWork(workspaces, workspace, world);

    const slack = await listenToSlack({
      config,
      options,
      app,
      workspaces,
      server,
      socketPace: world.socketPace ?? SOCKET_PACE,
      onFatal: world.onFatal,
    });
    closing.push(slack.stop);
    const isWritable = lately(storage.isWritable, now);
    server.readiness(async () => {
      const notes = storage.notes();
      return {
        isReady: slack.isHeard(now()) && notes.length === 0 && (await isWritable()),
        notes: [...notes, ...workspaces.ended(), ...(world.notes?.() ?? [])],
      };
    });
    const names = installed.map(({ identity }) => identity.workspace);
    log.info({ workspaces: names, mode: config.slack.mode, port: server.port }, 'ready');
    return { port: server.port, stop };
  } catch (error) {
    world.onRefused?.(error);
    await stop();
    throw error;
  }
}

/** Who the app is in a workspace, and what it calls Slack with there. */
type Installed = Omit<Reached, 'watch'>;

type Tokens = { botTokens: string[]; options: ClientOptions; log: Logger };

/**
 * Asks with each token who the app is. A workspace where Slack refuses it is left out.
 * @throws SlackRefused where all are refused.
 */
async function heardIn(
  workspaces: WorkspacesAtWork,
  { botTokens, options, log }: Tokens,
): Promise<Installed[]> {
  const heard = await Promise.allSettled(
    botTokens.map(async (token): Promise<Installed> => {
      const background = new WebClient(token, options.background());
      const client = new WebClient(token, options.interactive());
      return { identity: await hearSlack(background, log), client, background };
    }),
  );
  const refused = heard.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  if (refused.length === heard.length) throw refused[0];
  for (const error of refused) workspaces.leaveOut(error);
  return heard.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

function workspaceIn(workspaces: WorkspacesAtWork, app: App, installed: Installed): Workspace {
  const watch = watchToken((refused) => workspaces.end(installed.identity.teamId, refused));
  return workspaceOf(app, { ...installed, watch });
}

/** What goes on in a workspace by itself: its digest, and knowing its people. */
function beginWork(workspaces: WorkspacesAtWork, workspace: Workspace, { directoryPace }: World): void {
  const stopTending = tendRegularly(workspace);
  const stopReading = keepDirectory(workspace, directoryPace);
  workspaces.begin(workspace, () => {
    stopReading();
    return stopTending();
  });
}

/** What the process has: the world, and what was opened at the start. */
function appOf(
  { now, newId, shuffle, log }: World,
  opened: Pick<App, 'storage' | 'wakeOutbox' | 'respond'>,
): App {
  return { now, newId, shuffle, log, ...opened, addresses: replyAddresses(), readThreadMs: READ_THREAD_MS };
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
