import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { Outcome } from '../../domain/outbox/delivery.ts';

/** Slack takes our token no longer: nothing can be sent, and somebody has to mend it. */
export const TOKEN_REFUSED = [
  'invalid_auth',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'not_authed',
  'org_login_required',
];

/** Slack's own troubles: it may or may not have done what it was asked. */
const ITS_OWN = ['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'];

/** What is no code of Slack's was said by something between it and us: the web page of a proxy, say. */
const CODE = /^[a-z][a-z0-9_]*$/;

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
  if (error instanceof WebAPIPlatformError) {
    if (isTokenRefused(error)) return { kind: 'later', why };
    return isItsOwnTrouble(error) ? nobodyKnows : { kind: 'refused', why };
  }
  if (error instanceof WebAPIRequestError)
    return NEVER_REACHED.includes(codeOf(error)) ? { kind: 'later', why } : nobodyKnows;
  if (error instanceof WebAPIHTTPError)
    return error.statusCode >= 500 ? nobodyKnows : { kind: 'refused', why };
  return { kind: 'mistaken', why };
}

/** A look that failed for a passing reason is made again; one that can never be made ends in a question. */
export function outcomeOfLook(error: unknown): Outcome {
  const outcome = outcomeOf(error, true);
  const why = whyOf(error);
  return outcome.kind === 'refused' || outcome.kind === 'mistaken'
    ? { kind: 'cannot_look', why }
    : { kind: 'unsure', why };
}

export function isTokenRefused(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && TOKEN_REFUSED.includes(error.data.error);
}

/** Slack, or whatever stands in front of it, is not well; the same call may be taken later. */
export function isItsOwnTrouble({ data }: WebAPIPlatformError): boolean {
  return ITS_OWN.includes(data.error) || !CODE.test(data.error);
}

/** Short, and without anybody's words: Slack's code where there is one. */
export function whyOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError)
    return CODE.test(error.data.error) ? error.data.error : 'not an answer of Slack';
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
