import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { Outcome } from '../../domain/outbox/delivery.ts';
import { isCode, type Meaning, meaningOf } from './error-meanings.ts';

/** How long a limit is taken to hold that does not say it. */
const LIMIT_MS = 30_000;

/** No connection was made, so nothing was taken. */
const NEVER_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'];

/**
 * What a failed call means for what it was to send. `repeatable` calls (an update, a Home) may simply be
 * made again where nobody knows; a new message may not.
 */
export function outcomeOf(error: unknown, repeatable: boolean): Outcome {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'later', afterMs: error.retryAfter * 1000, why: 'rate limited' };
  }
  const why = whyOf(error);
  const nobodyKnows: Outcome = repeatable ? { kind: 'later', why } : { kind: 'unsure', why };
  if (error instanceof WebAPIPlatformError) return byMeaning(error.data.error, { why, nobodyKnows });
  if (error instanceof WebAPIRequestError)
    return NEVER_REACHED.includes(codeOf(error)) ? { kind: 'later', why } : nobodyKnows;
  if (error instanceof WebAPIHTTPError)
    return error.statusCode >= 500 ? nobodyKnows : { kind: 'refused', why };
  return { kind: 'mistaken', why };
}

function byMeaning(code: string, { why, nobodyKnows }: { why: string; nobodyKnows: Outcome }): Outcome {
  const outcomes: Record<Meaning, Outcome> = {
    passes: { kind: 'later', why },
    nobody_knows: nobodyKnows,
    message: { kind: 'refused', why },
    destination: { kind: 'refused', why },
    // Its workspace is not worked in any more; what waits is kept.
    token: { kind: 'later', why },
    ours: { kind: 'mistaken', why },
    unknown: { kind: 'unexplained', why },
  };
  return outcomes[meaningOf(code)];
}

/** A look that failed for a passing reason is made again; one that can never be made ends in a question. */
export function outcomeOfLook(error: unknown): Outcome {
  const outcome = outcomeOf(error, true);
  const why = whyOf(error);
  return outcome.kind === 'refused' || outcome.kind === 'mistaken' || outcome.kind === 'unexplained'
    ? { kind: 'cannot_look', why }
    : { kind: 'unsure', why };
}

/** It failed, and may have been done all the same: the answer was lost, or Slack was not well. */
export function mayHaveHappened(error: unknown): boolean {
  return outcomeOf(error, false).kind === 'unsure';
}

/** What Slack's answer means; undefined where it gave none. */
function meaningOfError(error: unknown): Meaning | undefined {
  return error instanceof WebAPIPlatformError ? meaningOf(error.data.error) : undefined;
}

/** Slack takes our token no longer: nothing can be sent, and somebody has to mend it. */
export function isTokenRefused(error: unknown): boolean {
  return meaningOfError(error) === 'token';
}

/** For how many milliseconds Slack takes no more of these calls; undefined where it is not that. */
export function limitedForMs(error: unknown): number | undefined {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  return isPlatformError(error, 'ratelimited', 'rate_limited') ? LIMIT_MS : undefined;
}

/** Slack, or the way to it, is not well just now: the same call may be taken later. */
export function isPassing(error: unknown): boolean {
  const meaning = meaningOfError(error);
  if (meaning !== undefined) return meaning === 'passes' || meaning === 'nobody_knows';
  return (
    error instanceof WebAPIRequestError ||
    error instanceof WebAPIHTTPError ||
    error instanceof WebAPIRateLimitedError
  );
}

/** Short, and without anybody's words: Slack's code where there is one. */
export function whyOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError)
    return isCode(error.data.error) ? error.data.error : 'not an answer of Slack';
  if (error instanceof WebAPIHTTPError) return `http ${error.statusCode}`;
  if (error instanceof WebAPIRequestError) return codeOf(error);
  return error instanceof Error ? error.name : 'unknown';
}

function codeOf(error: WebAPIRequestError): string {
  const cause = error.original as Error & { code?: unknown };
  // A timeout's code is a number.
  return typeof cause.code === 'string' ? cause.code : cause.name;
}

/** Did Slack answer with one of these codes? */
export function isPlatformError(error: unknown, ...codes: string[]): boolean {
  return error instanceof WebAPIPlatformError && codes.includes(error.data.error);
}
