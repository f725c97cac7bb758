import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';

/** Whoever sends a request slower than this gets 408: Slack gives up after three seconds. */
const REQUEST_WITHIN_MS = 5000;
const LIMITS = {
  headersTimeout: REQUEST_WITHIN_MS,
  requestTimeout: REQUEST_WITHIN_MS,
  connectionsCheckingInterval: 1000,
};
/** Half of the files and connections that a process may usually have open at once; more are turned away unheard. */
const CONNECTIONS = 500;
/** In the log they are spoken of once in this time: whoever fills the one is not to fill the other. */
const SAY_FULL_EVERY_MS = 60_000;

/** Whoever answers what is posted to `/slack/events`. */
type TakeRequest = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** `notes` are sentences for whoever runs the app, which anybody may read. */
type Readiness = { isReady: boolean; notes: string[] };

export type AppServer = {
  port: number;
  /** Over HTTP, whoever takes what Slack sends; until it is known Slack is told to come back. */
  takeSlackRequests: (take: TakeRequest) => void;
  /** Says whether the app can do its work; asked at every `/readyz`. */
  readiness: (ask: () => Promise<Readiness>) => void;
  /** Takes nothing more, and is closed once what was asked is answered: after five seconds at most. May be told again. */
  close: () => Promise<void>;
};

/** The port is taken, or may not be used. */
export class PortUnusable extends Error {}

type ServerOptions = {
  /** 0 takes a free one. */
  port: number;
  /** Everywhere unless said. */
  host?: string | undefined;
  log: Logger;
};

/**
 * Our own HTTP server, up before anything else: `/healthz` while the process runs, `/readyz` once it can do its
 * work, and `/slack/events` over HTTP. Anybody may send it anything: what goes wrong over one request is answered
 * and logged, and ends nothing else.
 * @throws PortUnusable with a sentence saying what to do.
 */
export async function startServer({ port, host, log }: ServerOptions): Promise<AppServer> {
  let readiness = isNotReady;
  let takeFromSlack = comeBackLater;
  async function sayWhetherReady(response: ServerResponse): Promise<void> {
    const { isReady, notes } = await readiness();
    const lines = [isReady ? 'ready' : 'not ready', ...notes];
    response.writeHead(isReady ? 200 : 503).end(lines.map((line) => `${line}\n`).join(''));
  }
  let closing: Promise<void> | undefined;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0];
    // Whoever asks again and again over one connection would keep it open.
    if (closing !== undefined) response.shouldKeepAlive = false;
    if (path === '/healthz') response.writeHead(200).end('ok\n');
    else if (path === '/readyz') await sayWhetherReady(response);
    else if (path !== '/slack/events') response.writeHead(404).end();
    else if (request.method !== 'POST') response.writeHead(405, { allow: 'POST' }).end();
    else await takeFromSlack(request, response);
  }
  const server = createServer(LIMITS, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ error }, 'a request could not be answered');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portUnusable(port, error)));
    server.listen(port, host, resolve);
  });
  boundConnections(server, log);
  // Such as no more files that may be open: it goes on with what it has.
  server.on('error', (error) => log.error({ error }, 'a connection could not be taken'));
  return {
    port: (server.address() as AddressInfo).port,
    takeSlackRequests: (take) => void (takeFromSlack = take),
    readiness: (ask) => void (readiness = ask),
    close() {
      readiness = isNotReady;
      takeFromSlack = comeBackLater;
      return (closing ??= closed(server));
    },
  };
}

const isNotReady = async (): Promise<Readiness> => ({ isReady: false, notes: [] });
const comeBackLater: TakeRequest = (_request, response) => void response.writeHead(503).end();

/** Takes no more connections, and waits for the answers to what was asked, as long as anybody waits for them. */
async function closed(server: Server): Promise<void> {
  // Node no longer looks after slow requests then, nor after connections on which nothing is asked any more.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const slow = setTimeout(() => server.closeAllConnections(), REQUEST_WITHIN_MS);
  await new Promise((done) => server.close(done));
  clearInterval(idle);
  clearTimeout(slow);
}

function boundConnections(server: Server, log: Logger): void {
  server.maxConnections = CONNECTIONS;
  let said = false;
  server.on('drop', () => {
    if (said) return;
    said = true;
    setTimeout(() => void (said = false), SAY_FULL_EVERY_MS).unref();
    log.warn({ connections: CONNECTIONS }, 'there are too many connections; more are turned away');
  });
}

/** Why a port cannot be listened on, for whoever runs the app. */
export function portUnusable(port: number, error: NodeJS.ErrnoException): PortUnusable {
  return new PortUnusable(explain(port, error), { cause: error });
}

function explain(port: number, error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Please set PORT to a free one.`;
  if (error.code === 'EACCES')
    return `Port ${port} may not be used by this user. Please set PORT to one above 1023.`;
  return `Port ${port} cannot be used: ${error.message}`;
}
