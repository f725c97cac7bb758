import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isObject, parsed, text } from '../json.ts';
import { type Core, changed } from '../state/core.ts';
import type { Delivery } from '../state/traffic.ts';
import type { Retry, Taken } from './deliveries.ts';

const mostConnections = 10;
const pingEvery = 10_000;

/** The Socket Mode side of the workspace. */
export type Sockets = {
  readonly connections: number;
  /** Upgrades that got no answer, and whose sockets are still open. */
  readonly unanswered: number;
  /** Sends to one connection, in turn; each payload goes to a single one. */
  send(delivery: Delivery, retry: Retry | undefined): Promise<Taken>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** All of them, or only the one that is next in turn. */
  askToReconnect(reason: string, which: 'all' | 'one'): void;
  /** Sends this over the connection that is next in turn, as it is. */
  say(frame: string | Buffer): void;
  /** Resolves when the app has answered a ping over the connection that is next in turn. */
  ping(): Promise<void>;
  cut(which?: 'all' | 'one'): void;
  /** Upgrades are left without an answer, from now on or no more. */
  hang(hanging: boolean): void;
  /** So many connections are counted that nobody here holds. */
  countOthers(others: number): void;
};

type Lines = {
  readonly core: Core;
  readonly server: WebSocketServer;
  /** Connections that take payloads, the next in turn first. */
  readonly ready: WebSocket[];
  /** Envelopes on their way, by id. */
  readonly hanging: Set<Duplex>;
  isHanging: boolean;
  others: number;
  readonly sent: Map<string, { readonly socket: WebSocket; answer(taken: Taken): void }>;
};

export function openSockets(core: Core): Sockets {
  const lines: Lines = {
    core,
    server: new WebSocketServer({ noServer: true }),
    ready: [],
    hanging: new Set(),
    isHanging: false,
    others: 0,
    sent: new Map(),
  };
  return {
    get connections() {
      return lines.ready.length;
    },
    get unanswered() {
      return lines.hanging.size;
    },
    send: (delivery, retry) => sendTo(lines, delivery, retry),
    upgrade(request, socket, head) {
      if (lines.isHanging) return leaveHanging(lines, socket);
      const ticket = URL.parse(request.url ?? '', core.url)?.searchParams.get('ticket') ?? '';
      const isWelcome = core.tickets.delete(ticket) && lines.ready.length < mostConnections;
      if (isWelcome) lines.server.handleUpgrade(request, socket, head, (opened) => welcome(lines, opened));
      else socket.destroy();
    },
    // From here on Slack sends nothing more over these; it leaves closing them to the app.
    askToReconnect(reason, which) {
      for (const socket of lines.ready.splice(0, which === 'one' ? 1 : lines.ready.length))
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local-workspace' } }));
    },
    say: (frame) => lines.ready[0]?.send(frame),
    async ping() {
      const [socket] = lines.ready;
      if (socket === undefined) return;
      const answered = once(socket, 'pong');
      socket.ping();
      await answered;
    },
    cut(which = 'all') {
      const cut = which === 'one' ? lines.ready.slice(0, 1) : lines.server.clients;
      for (const socket of cut) {
        lose(lines, socket);
        socket.terminate();
      }
      if (which === 'all') for (const socket of lines.hanging) socket.destroy();
    },
    hang: (hanging) => void (lines.isHanging = hanging),
    countOthers: (others) => void (lines.others = others),
  };
}

function leaveHanging({ core, hanging }: Lines, socket: Duplex): void {
  hanging.add(socket);
  socket.on('error', () => socket.destroy());
  // Unread, it would not be known to be closed.
  socket.resume();
  socket.on('end', () => socket.destroy());
  socket.on('close', () => {
    hanging.delete(socket);
    changed(core, { what: 'connection' });
  });
  changed(core, { what: 'connection' });
}

function welcome(lines: Lines, socket: WebSocket): void {
  const pings = setInterval(() => socket.ping(), pingEvery);
  pings.unref();
  socket.on('message', (data) => hear(lines, data));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(pings);
    lose(lines, socket);
  });
  lines.ready.push(socket);
  socket.send(JSON.stringify(hello(lines.core, lines.ready.length + lines.others)));
  changed(lines.core, { what: 'connection' });
}

/** A connection is gone, and with it the answers that were to come over it. */
function lose({ core, ready, sent }: Lines, socket: WebSocket): void {
  const at = ready.indexOf(socket);
  if (at !== -1) ready.splice(at, 1);
  for (const each of sent.values())
    if (each.socket === socket) each.answer({ ok: false, why: 'http_timeout' });
  changed(core, { what: 'connection' });
}

function sendTo({ ready, sent }: Lines, delivery: Delivery, retry: Retry | undefined): Promise<Taken> {
  const socket = ready.shift();
  if (!socket) return Promise.resolve({ ok: false, why: 'no_connection' });
  ready.push(socket);
  return new Promise((resolve) => {
    const answer = (taken: Taken) => {
      sent.delete(delivery.id);
      resolve(taken);
    };
    sent.set(delivery.id, { socket, answer });
    socket.send(JSON.stringify(envelope(delivery, retry)));
  });
}

function hear({ sent }: Lines, data: RawData): void {
  const said = parsed(Buffer.isBuffer(data) ? data.toString() : '');
  if (!isObject(said)) return;
  const { payload } = said;
  const isBare = isObject(payload) && Object.keys(payload).length === 0;
  sent.get(text(said.envelope_id))?.answer({ ok: true, body: isBare ? undefined : payload });
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
