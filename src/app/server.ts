import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type AppServer = {
  port: number;
  /** Over HTTP, whoever takes what Slack sends; until it is known Slack is told to come back. */
  takeSlackRequests: (listener: RequestListener) => void;
  /** Says whether the app can do its work; asked at every `/readyz`. */
  readiness: (isReady: () => boolean | Promise<boolean>) => void;
  close: () => Promise<void>;
};

/** The port is taken, or may not be used. */
export class PortUnusable extends Error {}

/**
 * Our own HTTP server, up before anything else: `/healthz` while the process runs, `/readyz` once it can do its
 * work, and `/slack/events` over HTTP. Port 0 takes a free one.
 * @throws PortUnusable with a sentence saying what to do.
 */
export async function startServer(port: number, host?: string): Promise<AppServer> {
  let isReady: () => boolean | Promise<boolean> = () => false;
  let slack: RequestListener | undefined;
  async function sayWhetherReady(response: ServerResponse): Promise<void> {
    if (await isReady()) response.writeHead(200).end('ready\n');
    else response.writeHead(503).end('not ready\n');
  }
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/healthz') return void response.writeHead(200).end('ok\n');
    if (path === '/readyz') return void sayWhetherReady(response);
    if (path === '/slack/events')
      return slack === undefined ? void response.writeHead(503).end() : slack(request, response);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portUnusable(port, error)));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    takeSlackRequests: (listener) => void (slack = listener),
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
