import type { Logger } from 'pino';
import { z } from 'zod';
import { whyOf } from './slack-errors.ts';

/*
 * Bolt and its Socket Mode client look into what arrives without asking whether it is there, and what they throw
 * then ends the process. So this is asked first, of what they look into and of no more.
 */

const thing = z.object({});
const event = z.object({ event: z.object({ type: z.string() }) });
/** What people send most comes first: one kind after another is tried. */
const body = z.union([
  z.object({ type: z.enum(['view_submission', 'view_closed']), user: thing, view: thing }),
  z.object({ command: z.string() }),
  z.object({ type: z.literal('block_actions'), user: thing, actions: z.tuple([thing], z.unknown()) }),
  z.object({ type: z.enum(['block_suggestion', 'message_action', 'shortcut']), user: thing }),
  event,
  z.object({ type: z.literal('url_verification') }),
  z.object({ ssl_check: z.literal('1') }),
]);

const frame = z.union([
  z.object({ type: z.literal('hello'), num_connections: z.number().optional().catch(undefined) }),
  z.object({ type: z.literal('disconnect'), reason: z.string().nullish() }),
  z.object({ type: z.literal('events_api'), envelope_id: z.string(), payload: event }),
  z.object({ type: z.enum(['interactive', 'slash_commands']), envelope_id: z.string(), payload: body }),
]);

/** Whether this is something of Slack's that Bolt can be given. */
export const isBody = (arrived: unknown): arrived is Record<string, unknown> =>
  body.safeParse(arrived).success;

export type Frame = z.infer<typeof frame>;

/**
 * A frame that the Socket Mode client can be given, as far as it is looked into; nothing where it is none. The client
 * tells of an event under the event's name, and of what happens to itself under some of its own: no event may be
 * called as one of those.
 */
export function frameOf(arrived: unknown, itsOwn: readonly (string | symbol)[]): Frame | undefined {
  const { success, data } = frame.safeParse(jsonOf(arrived));
  if (!success || (data.type === 'events_api' && itsOwn.includes(data.payload.event.type))) return undefined;
  return data;
}

/** What a text says as JSON; undefined where it is none. Never throws: an error about it would quote it. */
export function jsonOf(arrived: unknown): unknown {
  try {
    return typeof arrived === 'string' ? JSON.parse(arrived) : undefined;
  } catch {
    return undefined;
  }
}

/** One line for what is left out. What is in it, and what an error says of it, may be somebody's words. */
export function noteLeftOut(log: Logger, over: 'http' | 'socket', error?: unknown): void {
  log.warn(
    { over, ...(error !== undefined && { why: whyOf(error) }) },
    'something arrived that could not be taken; it is left out',
  );
}
