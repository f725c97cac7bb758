import { channel } from 'node:diagnostics_channel';
import { setTimeout as wait } from 'node:timers/promises';
import { type App, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { type Frame, frameOf, noteLeftOut } from './readable-payload.ts';
import { quietLogger } from './slack-logger.ts';

/** One connection to Slack, from its opening to its end. It is never opened again. */
export type SocketLine = {
  /** How many connections Slack counts, this one among them. Rejects where it could not be opened in time. */
  opened: Promise<number>;
  /** Slack asked for another in its place, or it has ended. */
  spent: Promise<void>;
  ended: Promise<void>;
  /** Answers what has come over it, and ends it. */
  close: () => Promise<void>;
};

type LineOptions = {
  appToken: string;
  clientOptions: WebClientOptions;
  log: Logger;
  now: () => number;
  bolt: App;
  /** Longer than this between an address and Slack's hello, and it counts as not opened. */
  handshakeMs: number;
  /** Called for everything that comes over it, pings too. */
  heard: () => void;
};

/** Slack waits this long for an answer. */
const ANSWER_WITHIN_MS = 3000;

/**
 * Opens one. The library's client holds it and is used for one connection only: it would wait five seconds before the
 * next, longer each time, and for ever for an upgrade; and could answer nothing over a connection it is to leave.
 */
export function openLine(options: LineOptions): SocketLine {
  const { client } = receiverOf(options);
  const opened = Promise.withResolvers<number>();
  const spent = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const unanswered = new Set<string>();
  let isClosed = false;
  let lastAt = 0;
  const end = () => {
    opened.reject(new Error('the connection ended before it was open'));
    // Whoever replaces it is to know by then that it is gone.
    ended.resolve();
    spent.resolve();
  };
  async function close(): Promise<void> {
    isClosed = true;
    while (unanswered.size > 0 && options.now() < lastAt + ANSWER_WITHIN_MS) await wait(20);
    await client.disconnect();
  }
  readFrames(client, options, (frame) => {
    if ('envelope_id' in frame) {
      unanswered.add(frame.envelope_id);
      lastAt = options.now();
    }
    if (frame.type === 'hello') opened.resolve(frame.num_connections ?? 1);
    // The client would leave at once, and with it what is not answered yet.
    if (frame.type === 'disconnect') spent.resolve();
    return frame.type !== 'disconnect';
  });
  client.on('outgoing_message', ({ envelope_id }: { envelope_id: string }) => unanswered.delete(envelope_id));
  client.on('disconnected', end);
  // Closed while it asked for an address, it would open all the same.
  client.on('connecting', () => isClosed && setImmediate(() => void client.disconnect()));
  listenToPings(client, options.heard, ended.promise);
  boundHandshake(client, opened.promise, options.handshakeMs);
  client.start().catch((error: unknown) => {
    if (error !== undefined) opened.reject(error);
    end();
  });
  // Whoever opened it hears of it by one of them.
  opened.promise.catch(() => undefined);
  return { opened: opened.promise, spent: spent.promise, ended: ended.promise, close };
}

type Client = SocketModeReceiver['client'];

function receiverOf({ appToken, clientOptions, log, bolt }: LineOptions): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: quietLogger(log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
    processEventErrorHandler({ error }) {
      noteLeftOut(log, 'socket', error);
      // Slack is not told that it was taken.
      return Promise.resolve(false);
    },
  });
  receiver.init(bolt);
  return receiver;
}

/** What goes wrong with one frame is noted, and the next one is taken. @param look says whether the client gets it. */
function readFrames(client: Client, { log, heard }: LineOptions, look: (frame: Frame) => boolean): void {
  const readers: ((frame: unknown, isBinary: boolean) => unknown)[] = client.listeners('ws_message');
  async function take(arrived: unknown): Promise<void> {
    try {
      const frame = frameOf(arrived, client.eventNames());
      if (frame === undefined) noteLeftOut(log, 'socket');
      else if (look(frame)) for (const read of readers) await read(arrived, false);
    } catch (error) {
      noteLeftOut(log, 'socket', error);
    }
  }
  client.removeAllListeners('ws_message');
  client.on('ws_message', (arrived: unknown) => {
    heard();
    void take(arrived);
  });
}

/** The client tells nobody of pings. They are known by the address, which is good for one connection. */
function listenToPings(client: Client, heard: () => void, ended: Promise<void>): void {
  const pings = channel('undici:websocket:ping');
  client.once('authenticated', ({ url }: { url?: string }) => {
    const listen = (ping: unknown) => {
      if (urlOf(ping) === url) heard();
    };
    pings.subscribe(listen);
    void ended.then(() => pings.unsubscribe(listen));
  });
}

function urlOf(ping: unknown): unknown {
  if (typeof ping !== 'object' || ping === null || !('websocket' in ping)) return undefined;
  const { websocket } = ping;
  return typeof websocket === 'object' && websocket !== null && 'url' in websocket
    ? websocket.url
    : undefined;
}

function boundHandshake(client: Client, opened: Promise<number>, handshakeMs: number): void {
  client.once('authenticated', () => {
    const timer = setTimeout(() => void client.disconnect(), handshakeMs);
    const over = () => clearTimeout(timer);
    opened.then(over, over);
  });
}
