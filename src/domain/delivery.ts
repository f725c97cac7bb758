import type { OutboxKind } from './outbox.ts';

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
  /** Slack took it; `ts` where it stands, if it is a message. `withheld` is why it shows no words. */
  | { kind: 'sent'; channelId?: string; ts?: string; withheld?: string }
  /** Slack did not take it, and may later: a rate limit, or no connection was made at all. */
  | { kind: 'later'; afterMs?: number; why: string }
  /** Slack will not take it. */
  | { kind: 'refused'; why: string }
  /** A mistake of ours before anything was sent. The next start may mend it, but nothing else waits for that long. */
  | { kind: 'mistaken'; why: string }
  /** Nothing is left to say: what it announced is gone, or was said already. */
  | { kind: 'dropped' }
  /** A timeout, a reset, a 5xx: Slack may have taken it. */
  | { kind: 'unsure'; why: string }
  /** A look at the channel's history did not find it. */
  | { kind: 'absent' }
  /** The channel's history cannot be read. */
  | { kind: 'cannot_look'; why: string };

export type Pace = {
  /** Between two looks at the outbox. */
  betweenLooksMs: number;
  /** Between two messages in one channel; Slack's limit is one a second. */
  betweenMessagesMs: number;
  /** How long an attempt may hold a row: longer than its calls can take, at ten seconds each. */
  leaseMs: number;
  /** How long Slack gets to show a message in history before we look for it. */
  lookAfterMs: number;
  firstRetryMs: number;
  longestRetryMs: number;
};

export const PACE: Pace = {
  betweenLooksMs: 1000,
  betweenMessagesMs: 1000,
  leaseMs: 60_000,
  lookAfterMs: 10_000,
  firstRetryMs: 2000,
  longestRetryMs: 5 * 60 * 1000,
};

export type Next = { state: DeliveryState; dueAt?: number; channelId?: string; ts?: string; why?: string };

/** Doubling from `firstRetryMs`, never more than `longestRetryMs`. `attempts` counts from one. */
export function retryDelay(attempts: number, pace: Pace): number {
  return Math.min(pace.longestRetryMs, pace.firstRetryMs * 2 ** Math.min(attempts - 1, 20));
}

const REPEATABLE: OutboxKind[] = ['home', 'card_change', 'card_removal', 'digest_change', 'preview_change'];

/** Calls that may simply be made again where nobody knows what became of them; a new message may not. */
export function isRepeatable(kind: OutboxKind): boolean {
  return REPEATABLE.includes(kind);
}

/** Of what is said once it is kept that it was said; and of a card that stands where it should not, why. */
export function isRemembered(kind: OutboxKind, state: DeliveryState): boolean {
  if (state === 'refused') return kind !== 'home' && kind !== 'card_change';
  return state !== 'sent' || !isRepeatable(kind);
}

/** A confirmation waits this often, a second each, for its card to be taken or refused. */
export const WAITS_FOR_CARD = 5;

/** So often something we cannot draw is tried, over some minutes. */
const MOST_MISTAKES = 8;

/**
 * What to do with a row whose time has come. One in `sending` has outlived its lease: its sender stopped, and
 * nobody knows how far it got. A card to be taken back is looked for until it is known where it stands.
 */
export function dueWork(row: {
  state: DeliveryState;
  kind: OutboxKind;
  ts: string | null;
  saidPrivately: boolean;
}): 'send' | 'look' | 'nothing' {
  if (isTakenBack(row)) return 'look';
  if (row.state === 'unsure') return 'look';
  if (row.state === 'pending' || isRepeatable(row.kind)) return 'send';
  return row.saidPrivately ? 'nothing' : 'look';
}

/** A card that was on its way when it had to go: first it is found, then removed. */
export function isTakenBack({ kind, ts }: { kind: OutboxKind; ts: string | null }): boolean {
  return kind === 'card_removal' && ts === null;
}

/** The state of a card that is taken back, after the attempt that posted it or a look for it. */
export function afterTakenBack(next: Next): Next {
  if (next.state === 'unsure') return next;
  if (next.state === 'asked') return { state: 'refused', ...(next.why !== undefined && { why: next.why }) };
  // It stands somewhere, so it is to be removed now; or it never came to stand anywhere.
  return next.state === 'sent' && next.ts !== undefined ? { ...next, state: 'pending' } : { state: 'sent' };
}

/** Why a part of a digest is looked for once more: a steward said that it is there, or need not be. */
export const LET_GO = 'let go';

/** Its state after that look: it is known where it stands, so that what follows it can go; or it is left at that. */
export function afterLetGo(next: Next): Next {
  if (next.state === 'unsure') return { ...next, why: LET_GO };
  return next.state === 'sent' && next.ts !== undefined ? next : { state: 'sent' };
}

/** The state after an attempt or a look. */
export function afterOutcome(outcome: Outcome, attempts: number, now: number, pace: Pace): Next {
  switch (outcome.kind) {
    case 'sent':
      return {
        state: 'sent',
        ...(outcome.channelId !== undefined && { channelId: outcome.channelId }),
        ...(outcome.ts !== undefined && { ts: outcome.ts }),
        ...(outcome.withheld !== undefined && { why: outcome.withheld }),
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
    case 'mistaken':
      return attempts < MOST_MISTAKES
        ? { state: 'pending', dueAt: now + retryDelay(attempts, pace), why: outcome.why }
        : { state: 'refused', why: outcome.why };
    case 'refused':
      return { state: 'refused', why: outcome.why };
    case 'cannot_look':
      return { state: 'asked', why: outcome.why };
  }
}
