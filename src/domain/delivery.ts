/**
 * What becomes of one message on its way to Slack. Pure: the outbox stores what these functions return.
 *
 * pending → sending → sent. A definite failure that may pass goes back to pending; one that will not is
 * refused. When nobody can know whether Slack took the message it is `unsure`: it is looked up before
 * anything else, and where it cannot be looked up a person is asked (`asked`).
 */
export type DeliveryState = 'pending' | 'sending' | 'unsure' | 'asked' | 'sent' | 'refused';

/** What one attempt, or one look, found out. */
export type Outcome =
  /** Slack took it; `ts` where it stands, if it is a message. */
  | { kind: 'sent'; channelId?: string; ts?: string }
  /** Slack did not take it, and may later: a rate limit, or no connection was made at all. */
  | { kind: 'later'; afterMs?: number; why: string }
  /** Slack will not take it. */
  | { kind: 'refused'; why: string }
  /** Nothing is left to say: what it announced is gone, or was said already. */
  | { kind: 'dropped' }
  /** A timeout, a reset, a 5xx: Slack may have taken it. */
  | { kind: 'unsure'; why: string }
  /** A look at the channel's history did not find it. */
  | { kind: 'absent' }
  /** The channel's history cannot be read. */
  | { kind: 'cannot_look'; why: string };

export type Pace = {
  /** Between two messages in one channel; Slack's limit is one a second. */
  betweenMessagesMs: number;
  /** How long an attempt may hold a row: longer than the client's timeout. */
  leaseMs: number;
  /** How long Slack gets to show a message in history before we look for it. */
  lookAfterMs: number;
  firstRetryMs: number;
  longestRetryMs: number;
};

export const PACE: Pace = {
  betweenMessagesMs: 1000,
  leaseMs: 30_000,
  lookAfterMs: 10_000,
  firstRetryMs: 2000,
  longestRetryMs: 5 * 60 * 1000,
};

export type Next = { state: DeliveryState; dueAt?: number; channelId?: string; ts?: string; why?: string };

/** Doubling from `firstRetryMs`, never more than `longestRetryMs`. `attempts` counts from one. */
export function retryDelay(attempts: number, pace: Pace): number {
  return Math.min(pace.longestRetryMs, pace.firstRetryMs * 2 ** Math.min(attempts - 1, 20));
}

/** The state after an attempt or a look. */
export function afterOutcome(outcome: Outcome, attempts: number, now: number, pace: Pace): Next {
  switch (outcome.kind) {
    case 'sent':
      return {
        state: 'sent',
        ...(outcome.channelId !== undefined && { channelId: outcome.channelId }),
        ...(outcome.ts !== undefined && { ts: outcome.ts }),
      };
    case 'dropped':
      return { state: 'sent' };
    case 'later':
      return {
        state: 'pending',
        dueAt: now + (outcome.afterMs ?? retryDelay(attempts, pace)),
        why: outcome.why,
      };
    case 'absent':
      return { state: 'pending', dueAt: now };
    case 'unsure':
      return {
        state: 'unsure',
        dueAt: now + Math.max(pace.lookAfterMs, retryDelay(attempts, pace)),
        why: outcome.why,
      };
    case 'refused':
      return { state: 'refused', why: outcome.why };
    case 'cannot_look':
      return { state: 'asked', why: outcome.why };
  }
}
