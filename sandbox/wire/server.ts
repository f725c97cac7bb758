import { createServer, IncomingMessage } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono } from 'hono';
import { type Json, object, parsed } from '../json.ts';
import type { Core } from '../state/core.ts';
import { Refusal } from '../state/refusal.ts';
import { type Answer, answerCall, withTrouble } from '../web-api/answering.ts';
import type { Troubles } from './call-faults.ts';
import { responseBody, useResponseUrl } from './response-urls.ts';
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

async function answerResponseUrl(
  core: Core,
  troubles: Troubles,
  id: string,
  request: Request,
): Promise<Answer> {
  const said = parsed(await request.text());
  const args = responseBody(said);
  return withTrouble(core, troubles, 'response_url', args, () => {
    const body = attempt(() => useResponseUrl(core, id, object(args)));
    const gone = ['used_url', 'expired_url', 'invalid_url'].includes(String(body.error));
    const status = body.ok === true ? 200 : gone ? 404 : 400;
    return { body, answer: body.ok === true ? new Response('ok') : Response.json(body, { status }) };
  });
}

function attempt(run: () => void): Json {
  try {
    run();
    return { ok: true };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.error, ...error.details };
    throw error;
  }
}

/** A server with Slack's own addresses among the routes; whoever called may add more until it listens. */
export function newServer(core: Core, troubles: Troubles, sockets: Sockets, routes: Hono): Server {
  routes.on(['GET', 'POST'], '/api/:method', async (context) =>
    delivered(context, await answerCall(core, troubles, context.req.param('method'), context.req.raw)),
  );
  routes.post('/response/:id', async (context) =>
    delivered(context, await answerResponseUrl(core, troubles, context.req.param('id'), context.req.raw)),
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
