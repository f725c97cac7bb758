import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import { lastUsed } from './last-used.ts';

/** Slack delivers again within seconds, where it did not hear that something arrived. */
const REMEMBERED_MS = 10 * 60 * 1000;
const MOST_REMEMBERED = 5000;

/**
 * What somebody did is handled once, however often it is delivered: over a socket that is replaced it comes twice.
 * Each thing somebody does has a trigger of its own, and each event an id. A modal that is sent is left out: sent again after a lost
 * answer it needs that answer, and what it says is saved once by its id.
 */
export function handledOnce() {
  const seen = lastUsed<string, true>(MOST_REMEMBERED, REMEMBERED_MS);
  return async ({ body, ack, next }: Arrived): Promise<void> => {
    const trigger = triggerOf(body);
    if (trigger === undefined || !seen.has(trigger)) {
      if (trigger !== undefined) seen.set(trigger, true);
      return next();
    }
    await ack?.();
  };
}

type Arrived = Pick<AllMiddlewareArgs, 'next'> & Pick<AnyMiddlewareArgs, 'body' | 'ack'>;

function triggerOf(body: { trigger_id?: unknown; event_id?: unknown; type?: unknown }): string | undefined {
  if (body.type === 'view_submission' || body.type === 'view_closed') return undefined;
  const id = body.type === 'event_callback' ? body.event_id : body.trigger_id;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
