import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type Core, changed } from './core.ts';
import type { Retry, Taken } from './deliveries.ts';
import { isObject, parsed, text } from './json.ts';
import type { Delivery } from './workspace.ts';

const mostConnections = 10;
const pingEvery = 10_000;

type Waiting = { readonly socket: WebSocket; answer(taken: Taken): void };

/** The Socket Mode side of the workspace. */
export type Sockets = {
  readonly connections: number;
  /** Sends to one connection, in turn; each payload goes to a single one. */
  send(delivery: Delivery, retry: Retry | undefined): Promise<Taken>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  askToReconnect(reason: string): void;
  cut(): void;
};

export function openSockets(core: Core): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const ready: WebSocket[] = [];
  const waiting = new Map<string, Waiting>();

  const leave = (socket: WebSocket) => {
    const at = ready.indexOf(socket);
    if (at !== -1) ready.splice(at, 1);
  };

  const lost = (socket: WebSocket) => {
    leave(socket);
    for (const each of waiting.values())
      if (each.socket === socket) each.answer({ ok: false, why: 'http_timeout' });
    changed(core, { what: 'connection' });
  };

  const hear = (data: RawData) => {
    const said = parsed(Buffer.isBuffer(data) ? data.toString() : '');
    const awaited = isObject(said) ? waiting.get(text(said.envelope_id)) : undefined;
    if (!awaited || !isObject(said)) return;
    const { payload } = said;
    const isBare = isObject(payload) && Object.keys(payload).length === 0;
    awaited.answer({ ok: true, body: isBare ? undefined : payload });
  };

  const welcome = (socket: WebSocket) => {
    const pings = setInterval(() => socket.ping(), pingEvery);
    pings.unref();
    socket.on('message', hear);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(pings);
      lost(socket);
    });
    ready.push(socket);
    socket.send(JSON.stringify(hello(core, ready.length)));
    changed(core, { what: 'connection' });
  };

  return {
    get connections() {
      return ready.length;
    },
    send(delivery, retry) {
      const socket = ready.shift();
      if (!socket) return Promise.resolve({ ok: false, why: 'no_connection' });
      ready.push(socket);
      return new Promise((resolve) => {
        const answer = (taken: Taken) => {
          waiting.delete(delivery.id);
          resolve(taken);
        };
        waiting.set(delivery.id, { socket, answer });
        socket.send(JSON.stringify(envelope(delivery, retry)));
      });
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '', core.url).searchParams.get('ticket') ?? '';
      const isWelcome = core.tickets.delete(ticket) && ready.length < mostConnections;
      if (isWelcome) server.handleUpgrade(request, socket, head, welcome);
      else socket.destroy();
    },
    askToReconnect(reason) {
      for (const socket of ready.splice(0)) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local-workspace' } }));
      }
    },
    cut() {
      for (const socket of server.clients) {
        lost(socket);
        socket.terminate();
      }
    },
  };
}

const hello = (core: Core, count: number) => ({
  type: 'hello',
  num_connections: count,
  connection_info: { app_id: core.state.app.id },
  debug_info: { host: 'local-workspace', approximate_connection_time: 18_060 },
});

const envelope = (delivery: Delivery, retry: Retry | undefined) => ({
  envelope_id: delivery.id,
  type: delivery.kind,
  payload: delivery.payload,
  accepts_response_payload: delivery.kind !== 'events_api',
  ...(delivery.kind === 'events_api'
    ? { retry_attempt: retry?.num ?? 0, retry_reason: retry ? 'timeout' : '' }
    : {}),
});
