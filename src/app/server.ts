import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';

/** Whoever answers what is posted to `/slack/events`. */
export type TakeRequest = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export type AppServer = {
  port: number;
  /** Over HTTP, whoever takes what Slack sends; until it is known Slack is told to come back. */
  takeSlackRequests: (take: TakeRequest) => void;
  /** Says whether the app can do its work; asked at every `/readyz`. */
  readiness: (isReady: () => boolean | Promise<boolean>) => void;
  close: () => Promise<void>;
};

/** The port is taken, or may not be used. */
export class PortUnusable extends Error {}

export type ServerOptions = {
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
  let isReady: () => boolean | Promise<boolean> = () => false;
  let takeFromSlack: TakeRequest = (_request, response) => void response.writeHead(503).end();
  async function sayWhetherReady(response: ServerResponse): Promise<void> {
    if (await isReady()) response.writeHead(200).end('ready\n');
    else response.writeHead(503).end('not ready\n');
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0];
    if (path === '/healthz') response.writeHead(200).end('ok\n');
    else if (path === '/readyz') await sayWhetherReady(response);
    else if (path !== '/slack/events') response.writeHead(404).end();
    else if (request.method !== 'POST') response.writeHead(405, { allow: 'POST' }).end();
    else await takeFromSlack(request, response);
  }
  const server = createServer((request, response) => {
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
  // Such as too many connections at once: it goes on with those it has.
  server.on('error', (error) => log.error({ error }, 'a connection could not be taken'));
  return {
    port: (server.address() as AddressInfo).port,
    takeSlackRequests: (take) => void (takeFromSlack = take),
    readiness: (ask) => void (isReady = ask),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Kept-alive connections with nothing going on would hold it up; those with a request are finished.
        server.closeIdleConnections();
      }),
  };
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
