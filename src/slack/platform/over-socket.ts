import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import { WebAPIRateLimitedError, type WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { asRefusal, SlackRefused } from './identity.ts';
import { whyOf } from './slack-errors.ts';
import { openLine, type SocketLine } from './socket-line.ts';

/** How long things take over a socket. In milliseconds. */
export type SocketPace = {
  /** Between Slack's address for a connection and its hello. */
  handshakeMs: number;
  /** After a connection that failed, twice as long after each that follows, up to the longest. */
  firstPauseMs: number;
  longestPauseMs: number;
  /** One that Slack wants replaced is read for so long. */
  drainMs: number;
  /** Without a word or a ping for so long, the process is to be started anew. */
  silenceMs: number;
};

export const SOCKET_PACE: SocketPace = {
  handshakeMs: 10_000,
  firstPauseMs: 1000,
  longestPauseMs: 30_000,
  drainMs: 5000,
  silenceMs: 300_000,
};

/** Slack replaces each connection every few hours, and sends what comes meanwhile over the other one. */
const LINES = 2;
/** Slack is not at its best then, but the app is still heard by whoever asks after it. */
const STOP_MS = 500;

type SocketOptions = {
  appToken: string;
  clientOptions: () => WebClientOptions;
  log: Logger;
  now: () => number;
  pace: SocketPace;
  /** How many connections are open, whenever that changes. */
  onLines: (open: number) => void;
  /** It cannot go on; one sentence says why and what to do. */
  onFatal: (sentence: string) => void;
};

const SILENT =
  'Nothing was heard from Slack for five minutes, not even a ping. The app ends so that whatever looks after it starts it anew. If it does so again, please check that it may open WebSocket connections to Slack.';

/**
 * Bolt's receiver for what comes over sockets. It keeps two connections, of which Slack sends each thing over one.
 * `start` resolves when the first is open, and rejects only with SlackRefused.
 */
export function overSocket(options: SocketOptions): Receiver {
  const { appToken, log, now, pace } = options;
  const lines = new Set<SocketLine>();
  const open = new Set<SocketLine>();
  const stopped = new AbortController();
  setMaxListeners(0, stopped.signal);
  const first = Promise.withResolvers<void>();
  let silence: NodeJS.Timeout | undefined;
  let isStarted = false;
  let hasStrangers = false;
  let bolt: App;

  function opening(): SocketLine {
    const clientOptions = options.clientOptions();
    const heard = () => void silence?.refresh();
    const line = openLine({
      appToken,
      clientOptions,
      log,
      now,
      bolt,
      heard,
      handshakeMs: pace.handshakeMs,
    });
    lines.add(line);
    void forgetOnceEnded(line);
    return line;
  }

  async function forgetOnceEnded(line: SocketLine): Promise<void> {
    await line.ended;
    lines.delete(line);
    if (open.delete(line)) options.onLines(open.size);
  }

  /** Others that hold connections of this app get what is sent to it; Slack allows ten. */
  function lookForStrangers(counted: number): void {
    hasStrangers = counted > lines.size;
    if (hasStrangers)
      log.warn(
        { counted, ours: lines.size },
        'Slack counts more connections of this app than are open here; another process, or one that ended without a word, takes some of what people do',
      );
  }

  /** One after another in the same place, from its opening until it is spent. @throws SlackRefused. */
  async function keepOne(): Promise<void> {
    for (let failures = 0; !stopped.signal.aborted; ) {
      const line = opening();
      const began = now();
      try {
        const counted = await line.opened;
        open.add(line);
        options.onLines(open.size);
        first.resolve();
        lookForStrangers(counted);
        await line.spent;
        void drained(line);
        failures = now() - began > pace.longestPauseMs ? 0 : failures + 1;
      } catch (error) {
        if (asRefusal(error) instanceof SlackRefused) throw asRefusal(error);
        failures += 1;
        log.warn({ why: whyOf(error) }, 'a connection to Slack could not be opened; it is tried again');
        await rest(error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : 0);
      }
      await rest(pauseNow(failures));
    }
  }

  /** While the other one is there nobody is kept waiting; strangers may go by themselves, given time. */
  const pauseNow = (failures: number) =>
    hasStrangers && open.size > 0 ? pace.longestPauseMs : pauseAfter(failures, pace);

  /** What was sent over it before it was replaced is still taken and answered. */
  async function drained(line: SocketLine): Promise<void> {
    await Promise.race([rest(pace.drainMs), line.ended]);
    await line.close();
  }

  /** Ends early when it is stopped. */
  const rest = (ms: number) => wait(ms, undefined, { signal: stopped.signal }).catch(() => undefined);

  function fail(error: unknown): void {
    if (stopped.signal.aborted) return;
    if (isStarted) options.onFatal(error instanceof Error ? error.message : String(error));
    else stop();
    first.reject(error);
  }

  function stop(): void {
    stopped.abort();
    clearTimeout(silence);
  }

  return {
    init: (app) => void (bolt = app),
    async start() {
      silence = setTimeout(() => fail(new SlackRefused(SILENT)), pace.silenceMs);
      keepOne().catch(fail);
      await first.promise;
      isStarted = true;
      for (let other = 1; other < LINES; other += 1) keepOne().catch(fail);
    },
    async stop() {
      stop();
      // Slack does not close its side, so this may never end; nothing is lost by not waiting.
      const over = Promise.all([...lines].map((line) => line.close()));
      await Promise.race([over, wait(STOP_MS, undefined, { ref: false })]);
    },
  };
}

/** How long after so many failures in a row another connection is opened, in milliseconds. After the first, at once. */
export function pauseAfter(failures: number, { firstPauseMs, longestPauseMs }: SocketPace): number {
  return failures <= 1 ? 0 : Math.min(firstPauseMs * 2 ** (failures - 2), longestPauseMs);
}
