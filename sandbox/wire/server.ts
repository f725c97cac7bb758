import { createServer, IncomingMessage } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono } from 'hono';
import { object } from '../json.ts';
import { type Answer, answerCall, answerResponseUrl, type Intake } from './calls.ts';
import type { Sockets } from './socket-mode.ts';

/** The workspace's HTTP server. */
export type Server = {
  /** Starts to listen and says where. */
  listen(host: string, port: number): Promise<string>;
  /** Cuts every connection, and every new one as it comes. */
  refuse(refusing: boolean): void;
  stop(): Promise<void>;
};

/** Hands an answer back, or cuts the connection instead. */
function delivered(context: Context, answer: Answer): Response {
  if (answer !== 'drop') return answer;
  const { incoming } = object(context.env);
  if (incoming instanceof IncomingMessage) incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** A server with Slack's own addresses among the routes; whoever called may add more until it listens. */
export function newServer(intake: Intake, sockets: Sockets, routes: Hono): Server {
  routes.on(['GET', 'POST'], '/api/:method', async (context) =>
    delivered(context, await answerCall(intake, context.req.param('method'), context.req.raw)),
  );
  routes.post('/response/:id', async (context) =>
    delivered(context, await answerResponseUrl(intake, context.req.param('id'), context.req.raw)),
  );
  let isRefusing = false;
  const answer = getRequestListener((request, bindings) => routes.fetch(request, bindings), {
    overrideGlobalObjects: false,
  });
  const http = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  http.on('connection', (socket) => isRefusing && socket.resetAndDestroy());
  http.on('upgrade', (request: IncomingMessage, socket, head) => sockets.upgrade(request, socket, head));
  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        http.once('error', reject);
        http.listen(port, host, () => {
          const address = http.address();
          resolve(`http://${host}:${typeof address === 'object' && address ? address.port : port}`);
        });
      }),
    refuse(refusing) {
      isRefusing = refusing;
      if (refusing) http.closeAllConnections();
    },
    stop() {
      sockets.cut();
      return new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
    },
  };
}
