import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { tendDigest } from './digest.ts';
import { PACE, type Pace } from './domain/delivery.ts';
import { runOutbox } from './outbox.ts';
import type { AppServer } from './server.ts';
import { startServer } from './server.ts';
import { slackApp } from './slack/app.ts';
import { clientOptions } from './slack/clients.ts';
import { conversationsOf } from './slack/conversations.ts';
import { delivering } from './slack/delivering.ts';
import { digestWorkOf } from './slack/digest-room.ts';
import { type DirectoryPace, keepDirectory } from './slack/directory.ts';
import { asRefusal, hearSlack, isPassing } from './slack/identity.ts';
import { isTokenRefused } from './slack/outcome.ts';
import { peopleOf } from './slack/people.ts';
import { redrawing } from './slack/redrawing.ts';
import { replyAddresses } from './slack/reply-addresses.ts';
import { quietLogger } from './slack/slack-logger.ts';
import type { Surroundings } from './slack/surroundings.ts';
import { openStorage } from './storage/storage.ts';

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
/** Longer than this without a socket, and the app says it is not ready. */
const GAP_MS = 60_000;
/** Proving that the database can be written costs a write; whoever asks more often gets the same answer. */
const PROOF_LASTS_MS = 5000;
const STOP_SOCKET_MS = 500;

/**
 * Starts the whole app: its server first, then the database, then Slack, which is waited for.
 * @throws PortUnusable, DatabaseUnusable or SlackRefused, each with one sentence for whoever runs it.
 */
export async function startBot(config: Config, world: World): Promise<Bot> {
  const { log, now, newId } = world;
  const server = await startServer(config.port, world.host);
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

    const interactive = new WebClient(config.botToken, options.interactive());
    const surroundings: Surroundings = {
      ...world,
      identity,
      storage,
      people: peopleOf(interactive, identity.teamId, identity.scopes, log),
      conversations: conversationsOf(interactive, identity.scopes),
      addresses: replyAddresses(),
      client: interactive,
      redraw: redrawing(interactive),
      respond: options.respond,
      wakeOutbox: () => outbox.wake(),
      readThreadMs: READ_THREAD_MS,
    };
    const watch = watchToken(world.onFatal);
    const sender = delivering({ app: surroundings, client: background, watch });
    const outbox = runOutbox({
      outbox: storage.outbox,
      sender,
      pace: world.pace ?? PACE,
      owner: newId(),
      now,
      log,
    });
    closing.push(outbox.stop);

    const tending = tendRegularly(surroundings, watch);
    closing.push(tending);

    const slack = await listenToSlack({ config, options, surroundings, server, watch });
    closing.push(slack.stop);
    const isWritable = lately(storage.isWritable, now);
    server.readiness(async () => slack.isHeard(now()) && (await isWritable()));
    closing.push(keepDirectory({ people: surroundings.people, watch, log }, world.directoryPace));
    log.info({ workspace: identity.workspace, mode: config.slack.mode, port: server.port }, 'ready');
    return { port: server.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Asks once a minute whether a digest is due: the store says so, and no timer has to be trusted to come back
 * after a suspended process, a clock that was set, or a night of downtime.
 * @returns ends it, after what it was doing.
 */
function tendRegularly(surroundings: Surroundings, watch: Watch): () => Promise<void> {
  const { log, people, storage, identity } = surroundings;
  const work = digestWorkOf(surroundings);
  let running: Promise<void> = Promise.resolve();
  const tend = async () => {
    try {
      await tendDigest(work);
      const { stewards } = await storage.workspaces.settings(identity.teamId);
      const unseen = stewards.filter((personId) => people.lastSeenIn(personId) === undefined);
      for (const personId of unseen) await people.viewer(personId);
    } catch (error) {
      watch(error);
      log.error({ error }, 'the digest could not be tended; it goes on in a minute');
    }
  };
  const timer = setInterval(() => {
    running = running.then(tend);
  }, TEND_EVERY_MS);
  running = tend();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

const TEND_EVERY_MS = 60_000;

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

/** Says whether an error means that nothing works any more, and if so ends the app. */
type Watch = (error: unknown) => void;

function watchToken(onFatal: World['onFatal']): Watch {
  return (error) => {
    if (!isTokenRefused(error)) return;
    const refusal = asRefusal(error);
    onFatal(refusal instanceof Error ? refusal.message : String(refusal));
  };
}

type Listening = { isHeard: (at: number) => boolean; stop: () => Promise<void> };

type Listener = {
  config: Config;
  options: ReturnType<typeof clientOptions>;
  surroundings: Surroundings;
  server: AppServer;
  watch: Watch;
};

async function listenToSlack(listener: Listener): Promise<Listening> {
  const { config, options, surroundings, server } = listener;
  const logger = quietLogger(surroundings.log);
  if (config.slack.mode === 'http') {
    const receiver = new HTTPReceiver({ signingSecret: config.slack.signingSecret, logger });
    const listeners = await initialised(receiver, listener);
    server.takeSlackRequests(receiver.requestListener);
    return {
      isHeard: () => true,
      stop() {
        server.takeSlackRequests((_request, response) => void response.writeHead(503).end());
        return listeners.finished();
      },
    };
  }
  const receiver = new SocketModeReceiver({
    appToken: config.slack.appToken,
    logger,
    installerOptions: { clientOptions: options.socket() },
  });
  const listeners = await initialised(receiver, listener);
  let lostAt: number | undefined;
  receiver.client.on('connected', () => (lostAt = undefined));
  receiver.client.on('close', () => (lostAt ??= surroundings.now()));
  await checkAppToken(new WebClient(config.slack.appToken, options.background()));
  await receiver.start().catch((error: unknown) => {
    throw asRefusal(error);
  });
  return {
    isHeard: (at) => lostAt === undefined || at - lostAt < GAP_MS,
    async stop() {
      await listeners.finished();
      // Slack does not close its side, so this may never end; nothing is lost by not waiting.
      await Promise.race([
        receiver.client.disconnect(),
        new Promise((done) => setTimeout(done, STOP_SOCKET_MS).unref()),
      ]);
    },
  };
}

/** Socket Mode would go on for ever with a token that may not connect, or where it is switched off. */
async function checkAppToken(client: WebClient): Promise<void> {
  try {
    await client.apps.connections.open({});
  } catch (error) {
    if (!isPassing(error)) throw asRefusal(error);
  }
}

/** The app on its receiver, and when nothing it began is still running. */
async function initialised(
  receiver: Receiver,
  { config, options, surroundings, watch }: Listener,
): Promise<{ finished: () => Promise<void> }> {
  const app = slackApp(surroundings, receiver, config.botToken, options.interactive());
  const running = new Set<Promise<void>>();
  app.use(({ next }) => {
    const work = next()
      .catch((error: unknown) => {
        watch(error);
        throw error;
      })
      .finally(() => running.delete(work));
    running.add(work);
    return work;
  });
  await app.init();
  return {
    async finished() {
      await Promise.allSettled(running);
    },
  };
}
