import { KINDS, type Kind } from './kinds.ts';

/**
 * What becomes of one message on its way to Slack. Pure: the outbox stores what these functions return.
 *
 * pending → sending → sent. A definite failure that may pass goes back to pending; one that will not is
 * `refused`. When nobody can know whether Slack took the message it is `unsure`: it is looked up before
 * anything else, and where it cannot be looked up a person is asked (`asked`). Who says that it is there is
 * `believed`, though nobody knows which message it is; what a steward lets go is looked for a last time (`let_go`),
 * since others follow it. `dropped`: nothing of it is to come any more.
 */
export type DeliveryState = Open | Undecided | 'sent' | 'believed' | 'dropped';
type Open = 'pending' | 'sending' | 'unsure' | 'let_go';
type Undecided = 'refused' | 'asked';

/** The app has something to do about it. */
export const OPEN: readonly Open[] = ['pending', 'sending', 'unsure', 'let_go'];
/** It did not arrive, or nobody knows: whoever is told decides what becomes of it. */
export const UNDELIVERED: readonly Undecided[] = ['refused', 'asked'];

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
  /** Slack will not take it, for a reason the app does not know: that may pass, and somebody is told if it does not. */
  | { kind: 'unexplained'; why: string }
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

export type Next = {
  state: DeliveryState;
  dueAt?: number;
  channelId?: string;
  ts?: string;
  why?: string;
  /** It was sent without its words, and why. */
  withheld?: string;
};

/** Doubling from `firstRetryMs`, never more than `longestRetryMs`. `attempts` counts from one. */
export function retryDelay(attempts: number, pace: Pace): number {
  return Math.min(pace.longestRetryMs, pace.firstRetryMs * 2 ** Math.min(attempts - 1, 20));
}

/** A confirmation waits this often, a second each, for its card to be taken or refused. */
export const WAITS_FOR_CARD = 5;

/** So often something we cannot draw is tried, over some minutes. */
const MOST_MISTAKES = 8;

/** A row as far as it matters for what becomes of it. `ts`: which message it is about, where it is about one. */
type Held = { state: DeliveryState; kind: Kind; ts: string | null };

/**
 * What to do with a row whose time has come. One in `sending` has outlived its lease: its sender stopped, and
 * nobody knows how far it got. A card to be taken back is looked for until it is known where it stands.
 */
export function dueWork(row: Held & { saidPrivately: boolean }): 'send' | 'look' | 'nothing' {
  if (isTakenBack(row) || row.state === 'unsure' || row.state === 'let_go') return 'look';
  if (row.state === 'pending' || KINDS[row.kind].repeatable) return 'send';
  return row.saidPrivately ? 'nothing' : 'look';
}

/** A card that was on its way when it had to go: first it is found, then removed. */
function isTakenBack({ kind, ts }: Held): boolean {
  return kind === 'card_removal' && ts === null;
}

/** The state a row comes to with what was found out, by what was to become of it. */
export function settledAs(held: Held, found: Next): Next {
  if (held.state === 'let_go') return afterLetGo(found);
  return isTakenBack(held) ? afterTakenBack(found) : found;
}

/** A card that stands somewhere is to be removed now; else it never came to stand anywhere. */
function afterTakenBack(found: Next): Next {
  if (found.state === 'unsure') return found;
  if (found.state === 'asked') return { ...found, state: 'refused' };
  return found.state === 'sent' && found.ts !== undefined
    ? { ...found, state: 'pending' }
    : { state: 'dropped' };
}

/** It is known where it stands, so that what follows it can go; or it is left at that. */
function afterLetGo(found: Next): Next {
  if (found.state === 'unsure') return { ...found, state: 'let_go' };
  // Where the app could not look either, whoever let it go is believed.
  if (found.state === 'asked') return { state: 'believed' };
  return found.state === 'sent' && found.ts !== undefined ? found : { state: 'dropped' };
}

/** Is a row kept once it comes to this state? */
export function isKept(kind: Kind, state: DeliveryState): boolean {
  const { keeps } = KINDS[kind];
  if (state === 'refused') return keeps.refused;
  return keeps.sent || (state !== 'sent' && state !== 'dropped');
}

/** So long a refusal nobody can explain may pass. */
const UNEXPLAINED_MS = 24 * 60 * 60 * 1000;

/** The state after an attempt or a look. */
export function afterOutcome(
  outcome: Outcome,
  { attempts, createdAt }: { attempts: number; createdAt: number },
  now: number,
  pace: Pace,
): Next {
  switch (outcome.kind) {
    case 'sent':
      return {
        state: 'sent',
        ...(outcome.channelId !== undefined && { channelId: outcome.channelId }),
        ...(outcome.ts !== undefined && { ts: outcome.ts }),
        ...(outcome.withheld !== undefined && { withheld: outcome.withheld }),
      };
    case 'dropped':
      return { state: 'dropped' };
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
    case 'unexplained':
      // One that waited for a day for something else is not given up at its first try.
      return attempts < MOST_MISTAKES || now - createdAt < UNEXPLAINED_MS
        ? { state: 'pending', dueAt: now + retryDelay(attempts, pace), why: outcome.why }
        : { state: 'refused', why: outcome.why };
    case 'refused':
      return { state: 'refused', why: outcome.why };
    case 'cannot_look':
      return { state: 'asked', why: outcome.why };
  }
}
