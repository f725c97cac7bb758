import type { Json } from '../json.ts';
import { type Core, changed, keepTexts, newId } from '../state/core.ts';
import type { Delivery } from '../state/traffic.ts';

/** Slack waits this long for an answer. */
const patience = 3000;

/** Why the app did not take something, in the words Slack uses for a retry. */
type Missed = 'http_timeout' | 'http_error' | 'connection_failed' | 'no_connection';

export type Taken =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly why: Missed; readonly final?: boolean };

export type Retry = { readonly num: number; readonly reason: Missed };

/** Carries one delivery to the app and comes back with its answer, unless Slack has given up by then. */
export type Transport = (
  delivery: Delivery,
  retry: Retry | undefined,
  givenUp: AbortSignal,
) => Promise<Taken>;

/** Sends something to the app and waits for its answer for as long as Slack would. */
export async function deliver(
  core: Core,
  transport: Transport,
  sent: { readonly kind: Delivery['kind']; readonly payload: Json },
  retry?: Retry,
): Promise<Taken> {
  const delivery: Delivery = {
    id: newId(core, 'env'),
    ...sent,
    attempt: retry?.num ?? 0,
    at: core.clock.now(),
    outcome: 'pending',
  };
  core.deliveries.push(delivery);
  const patienceOver = new AbortController();
  const silence = Promise.withResolvers<Taken>();
  const callOff = core.clock.after(patience, () => {
    silence.resolve({ ok: false, why: 'http_timeout' });
    patienceOver.abort();
  });
  const heard = await Promise.race([transport(delivery, retry, patienceOver.signal), silence.promise]);
  callOff();
  const taken: Taken = heard.ok && isLost(core) ? { ok: false, why: 'http_timeout' } : heard;
  delivery.outcome = taken.ok ? 'acked' : taken.why;
  if (taken.ok) keepTexts(core, taken.body);
  return taken;
}

function isLost(core: Core): boolean {
  if (core.acksToLose === 0) return false;
  core.acksToLose -= 1;
  return true;
}

const retryDelays = [0, 60_000, 300_000];

/** Sends an event; one that is not taken comes again at once, after a minute and after five, as in Slack. */
export async function deliverEvent(
  core: Core,
  transport: Transport,
  payload: Json,
  retry?: Retry,
): Promise<boolean> {
  const taken = await deliver(core, transport, { kind: 'events_api', payload }, retry);
  if (!taken.ok && !taken.final) sendAgain(core, transport, payload, (retry?.num ?? 0) + 1, taken.why);
  changed(core, { what: 'delivery' });
  return taken.ok;
}

function sendAgain(core: Core, transport: Transport, payload: Json, num: number, reason: Missed): void {
  const delay = retryDelays[num - 1];
  if (delay === undefined) return;
  core.clock.after(delay, () => void deliverEvent(core, transport, payload, { num, reason }));
}

/** What the person is told when an interaction or a command was not taken. */
export const toldThePerson = (why: Missed): string =>
  why === 'http_timeout'
    ? 'operation_timeout'
    : why === 'http_error'
      ? 'http_client_error'
      : 'dispatch_failed';
