import type { Receiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { slackApp } from '../slack/app.ts';
import type { clientOptions } from '../slack/platform/clients.ts';
import { asRefusal } from '../slack/platform/identity.ts';
import { overHttp } from '../slack/platform/over-http.ts';
import { overSocket, type SocketPace } from '../slack/platform/over-socket.ts';
import { isPassing } from '../slack/platform/slack-errors.ts';
import type { App, Workspaces } from '../slack/workspace.ts';
import type { Config } from './config.ts';
import type { AppServer } from './server.ts';

/** Longer than this without a socket, and the app says it is not ready. */
const GAP_MS = 60_000;

type Listening = { isHeard: (at: number) => boolean; stop: () => Promise<void> };

type Listener = {
  config: Config;
  options: ReturnType<typeof clientOptions>;
  app: App;
  workspaces: Workspaces;
  server: AppServer;
  socketPace: SocketPace;
  /** It can be heard no more; one sentence says why and what to do. */
  onFatal: (sentence: string) => void;
};

/** Slack is heard from now on: over HTTP through our own server, or over a socket. */
export function listenToSlack(listener: Listener): Promise<Listening> {
  const { slack } = listener.config;
  return slack.mode === 'http'
    ? listenOverHttp(listener, slack.signingSecret)
    : listenOverSocket(listener, slack.appToken);
}

async function listenOverHttp(listener: Listener, signingSecret: string): Promise<Listening> {
  const { app, server } = listener;
  const { receiver, take } = overHttp(signingSecret, app);
  const listeners = await initialised(receiver, listener);
  server.takeSlackRequests(take);
  return {
    isHeard: () => true,
    async stop() {
      // Until then a request that was on its way may begin something.
      await server.close();
      await listeners.finished();
    },
  };
}

async function listenOverSocket(listener: Listener, appToken: string): Promise<Listening> {
  const { options, app, socketPace: pace } = listener;
  await checkAppToken(new WebClient(appToken, options.background()));
  let lostAt: number | undefined;
  const receiver = overSocket({
    appToken,
    clientOptions: options.socket,
    log: app.log,
    now: app.now,
    pace,
    onLines: (open) => (lostAt = open > 0 ? undefined : (lostAt ?? app.now())),
    onFatal: listener.onFatal,
  });
  const listeners = await initialised(receiver, listener);
  await receiver.start();
  return {
    isHeard: (at) => lostAt === undefined || at - lostAt < GAP_MS,
    async stop() {
      await listeners.finished();
      await receiver.stop();
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
  { options, app, workspaces }: Listener,
): Promise<{ finished: () => Promise<void> }> {
  const bolt = slackApp(app, workspaces, receiver, options.interactive());
  const running = new Set<Promise<void>>();
  bolt.use(({ next }) => {
    const work = next().finally(() => running.delete(work));
    running.add(work);
    return work;
  });
  await bolt.init();
  return {
    async finished() {
      await Promise.allSettled(running);
    },
  };
}
