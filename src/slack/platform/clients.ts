import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { quietLogger } from './slack-logger.ts';

/**
 * Each of the three clients has an option object of its own, made anew at every call: Bolt hands its options
 * to all its clients, and Socket Mode writes into the ones it is given.
 */
export type ClientOptions = {
  /** What answers a person: fails at once, since whoever pressed is waiting and a trigger lives three seconds. */
  interactive: () => WebClientOptions;
  /** What the outbox sends with. It makes one attempt; the outbox decides about the next. */
  background: () => WebClientOptions;
  /** What opens sockets. It makes one attempt; whoever keeps them decides about the next. */
  socket: () => WebClientOptions;
  /** Posts to a response_url, which is an address of its own and no method. */
  respond: (responseUrl: string, message: object) => Promise<{ ok: boolean; status: number }>;
};

type Fetch = NonNullable<WebClientOptions['fetch']>;

/** @param slackApiUrl ends with a slash, e.g. `https://slack.com/api/`. */
export function clientOptions(slackApiUrl: string, log: Logger): ClientOptions {
  const shared = () => ({ slackApiUrl, fetch, logger: quietLogger(log) });
  const once = { retries: 0 };
  return {
    interactive: () => ({
      ...shared(),
      timeout: 2000,
      retryConfig: { ...once },
      rejectRateLimitedCalls: true,
    }),
    background: () => ({
      ...shared(),
      timeout: 10_000,
      retryConfig: { ...once },
      rejectRateLimitedCalls: true,
    }),
    socket: () => ({
      ...shared(),
      timeout: 10_000,
      retryConfig: { ...once },
      rejectRateLimitedCalls: true,
    }),
    async respond(responseUrl, message) {
      const answer = await fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(10_000),
      });
      return { ok: answer.ok && !saysNo(await answer.text()), status: answer.status };
    },
  };
}

/**
 * `fetch` as far as Slack's client uses it, over plain `node:http`. The built-in fetch takes 100 MB more for every
 * few thousand calls, in streams and finalizers nobody here needs (`npm run bench:start` measures it). Node's own
 * agents keep connections alive, and go through a proxy where there is one.
 */
const fetch: Fetch = async (url, init) => {
  const answer = await send(new URL(String(url)), init);
  const body = await text(answer);
  const status = answer.statusCode ?? 0;
  return new Response(body === '' ? null : body, { status, headers: headersOf(answer) });
};

/** An address for answers says what it thinks of one in its body, also with a status of success. */
function saysNo(body: string): boolean {
  return /"ok"\s*:\s*false/.test(body);
}

function send(url: URL, init: Parameters<Fetch>[1]): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const call = request(url, {
      method: init?.method ?? 'GET',
      ...(init?.headers != null && { headers: init.headers }),
      ...(init?.signal != null && { signal: init.signal }),
    });
    call.on('response', resolve).on('error', reject);
    call.end(init?.body);
  });
}

/** Slack's client takes a limit that does not say how long it holds for an error of its own: it gets a time. */
const LIMIT_SECONDS = '30';

function headersOf({ headers, statusCode }: IncomingMessage): Record<string, string> {
  const said = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const isTimed = /^\s*\d/.test(said['retry-after'] ?? '');
  return statusCode === 429 && !isTimed ? { ...said, 'retry-after': LIMIT_SECONDS } : said;
}
