import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { EnvHttpProxyAgent, request } from 'undici';
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
  /** What opens the socket: goes on trying for ever, at most half a minute apart. */
  socket: () => WebClientOptions;
  /** Posts to a response_url, which is an address of its own and no method. */
  respond: (responseUrl: string, message: object) => Promise<{ ok: boolean }>;
  /** Closes the kept-alive connections. */
  close: () => Promise<void>;
};

type Fetch = NonNullable<WebClientOptions['fetch']>;

/** @param slackApiUrl ends with a slash, e.g. `https://slack.com/api/`. */
export function clientOptions(slackApiUrl: string, log: Logger): ClientOptions {
  const dispatcher = new EnvHttpProxyAgent({ keepAliveTimeout: 30_000 });
  const fetch = slimFetch(dispatcher);
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
      retryConfig: { forever: true, factor: 1.5, minTimeout: 1000, maxTimeout: 30_000, randomize: true },
    }),
    respond: (responseUrl, message) =>
      fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(10_000),
      }),
    close: () => dispatcher.close(),
  };
}

/**
 * `fetch` as far as Slack's client uses it, over undici's plain request. The built-in fetch takes 100 MB more
 * for every few thousand calls, in streams and finalizers nobody here needs (`npm run bench:start` measures it).
 */
function slimFetch(dispatcher: EnvHttpProxyAgent): Fetch {
  return async (url, init) => {
    const { statusCode, headers, body } = await request(String(url), {
      dispatcher,
      method: (init?.method ?? 'GET') as 'GET' | 'POST',
      headers: init?.headers as Record<string, string>,
      ...(typeof init?.body === 'string' && { body: init.body }),
      ...(init?.signal != null && { signal: init.signal }),
    });
    const text = await body.text();
    return new Response(text === '' ? null : text, { status: statusCode, headers: headersOf(headers) });
  };
}

function headersOf(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
