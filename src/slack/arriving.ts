import type { Logger } from 'pino';
import { z } from 'zod';
import { whyOf } from './outcome.ts';

/*
 * Bolt and its Socket Mode client look into what arrives without asking whether it is there, and what they throw
 * then ends the process. So this is asked first, of what they look into and of no more.
 */

const thing = z.object({});
const event = z.object({ event: z.object({ type: z.string() }) });
const body = z.union([
  event,
  z.object({ command: z.string() }),
  z.object({ type: z.literal('block_actions'), user: thing, actions: z.tuple([thing], z.unknown()) }),
  z.object({ type: z.enum(['block_suggestion', 'message_action', 'shortcut']), user: thing }),
  z.object({ type: z.enum(['view_submission', 'view_closed']), user: thing, view: thing }),
  z.object({ type: z.literal('url_verification') }),
  z.object({ ssl_check: z.literal('1') }),
]);

/** Whether this is something of Slack's that Bolt can be given. */
export const isBody = (arrived: unknown): boolean => body.safeParse(arrived).success;

/** One line for what is left out. What is in it, and what an error says of it, may be somebody's words. */
export function noteLeftOut(log: Logger, over: 'http' | 'socket', error?: unknown): void {
  log.warn(
    { over, ...(error !== undefined && { why: whyOf(error) }) },
    'something arrived that could not be read; it is left out',
  );
}
