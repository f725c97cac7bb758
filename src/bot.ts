import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { PACE, type Pace } from './domain/delivery.ts';
import { listenToSlack } from './listening.ts';
import { runOutbox } from './outbox.ts';
import { startServer } from './server.ts';
import { clientOptions } from './slack/clients.ts';
import { conversationsOf } from './slack/conversations.ts';
import { delivering } from './slack/delivering.ts';
import { type DirectoryPace, keepDirectory } from './slack/directory.ts';
import { hearSlack } from './slack/identity.ts';
import { peopleOf } from './slack/people.ts';
import { redrawing } from './slack/redrawing.ts';
import { replyAddresses } from './slack/reply-addresses.ts';
import type { Surroundings } from './slack/surroundings.ts';
import { watchToken } from './slack/watching.ts';
import { openStorage } from './storage/storage.ts';
import { keepPromisesTrue, tendRegularly } from './tending.ts';

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

    const wakeOutbox = () => outbox.wake();
    const surroundings = surroundingsOf(world, { config, options, identity, storage, wakeOutbox });
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

    await keepPromisesTrue(surroundings, watch);
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

type Found = Pick<Surroundings, 'identity' | 'storage' | 'wakeOutbox'> & {
  config: Config;
  options: ReturnType<typeof clientOptions>;
};

/** What the listeners work with: the world, what was found at the start, and what is learned from Slack by and by. */
function surroundingsOf(
  world: World,
  { config, options, identity, storage, wakeOutbox }: Found,
): Surroundings {
  const interactive = new WebClient(config.botToken, options.interactive());
  return {
    ...world,
    identity,
    storage,
    people: peopleOf(interactive, identity, world),
    conversations: conversationsOf(interactive, identity.scopes),
    addresses: replyAddresses(),
    client: interactive,
    redraw: redrawing(interactive),
    respond: options.respond,
    wakeOutbox,
    readThreadMs: READ_THREAD_MS,
  };
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
