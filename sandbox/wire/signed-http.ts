import { createHmac } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { type Json, parsed } from '../json.ts';
import type { Core } from '../state/core.ts';
import type { Delivery } from '../state/traffic.ts';
import type { Retry, Taken } from './deliveries.ts';

/** Slack's signature, made at a time in seconds: an app refuses what is five minutes old. */
export function signed(secret: string, body: string, seconds: number): Record<string, string> {
  const mac = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${mac}` };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Commands travel as a form, interactions as a form with one JSON field, events as JSON. */
function encoded(kind: Delivery['kind'], payload: Json): { readonly type: string; readonly body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const fields = kind === 'interactive' ? { payload } : payload;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) form.set(name, asText(value));
  return { type: 'application/x-www-form-urlencoded', body: form.toString() };
}

function retryHeaders(retry: Retry | undefined): Record<string, string> {
  if (!retry) return {};
  return { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason };
}

/** Posts one delivery to the app's URL over a connection of its own, so that nothing lingers when it stops. */
export function postSigned(
  core: Core,
  url: string,
  { delivery, retry, givenUp }: { delivery: Delivery; retry: Retry | undefined; givenUp: AbortSignal },
): Promise<Taken> {
  const { type, body } = encoded(delivery.kind, delivery.payload);
  const headers = {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...signed(core.signingSecret, body, Math.floor(core.clock.now() / 1000)),
    ...retryHeaders(retry),
  };
  return new Promise((resolve) => {
    const call = request(url, { method: 'POST', headers, agent: false, signal: givenUp }, (response) => {
      answerIn(response).then(resolve, () => resolve({ ok: false, why: 'connection_failed' }));
    });
    call.on('error', () => resolve({ ok: false, why: 'connection_failed' }));
    call.end(body);
  });
}

async function answerIn(response: IncomingMessage): Promise<Taken> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks).toString();
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return { ok: true, body: body === '' ? undefined : parsed(body) };
  return { ok: false, why: 'http_error', final: response.headers['x-slack-no-retry'] === '1' };
}
