import type { Logger } from 'pino';
import { afterOutcome, type Outcome, type Pace } from '../domain/outbox/delivery.ts';
import type { Outbox } from '../domain/outbox/outbox.ts';
import { type OutboxRow } from '../domain/outbox/outbox-row.ts';

/** What the outbox sends with; it knows no Slack itself. */
type Sender = {
  send: (row: OutboxRow) => Promise<Outcome>;
  look: (row: OutboxRow) => Promise<Outcome>;
};

type OutboxWork = {
  outbox: Outbox;
  sender: Sender;
  pace: Pace;
  /** Names this process in the rows it holds. */
  owner: string;
  now: () => number;
  log: Logger;
};

/** So many rows are on their way at once, each in a lane of its own: a slow channel holds up nobody else. */
const AT_ONCE = 10;
/** Something may have been put in by another process. */
const LONGEST_REST_MS = 60_000;
const REST_AFTER_TROUBLE_MS = 5000;

type RunningOutbox = {
  /** Something was put in, or is due sooner than it was. */
  wake: () => void;
  /** Takes nothing new and waits for what is on its way. */
  stop: () => Promise<void>;
};

/** Goes on sending what is due until it is stopped. */
export function runOutbox(work: OutboxWork): RunningOutbox {
  const onTheirWay = new Set<Promise<void>>();
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let nextLook = Number.POSITIVE_INFINITY;
  let lastLook = Number.NEGATIVE_INFINITY;

  /** Looks at `at`, or as soon after it as it may. */
  function lookAt(at: number): void {
    const now = work.now();
    const allowed = Math.min(Math.max(at, now, lastLook + work.pace.betweenLooksMs), now + LONGEST_REST_MS);
    // A look that should have been is late where the machine slept, by as long as it was to wait.
    if (stopped || (allowed >= nextLook && nextLook > now)) return;
    clearTimeout(timer);
    nextLook = allowed;
    timer = setTimeout(() => {
      nextLook = Number.POSITIVE_INFINITY;
      looking = looking.then(look);
    }, allowed - now);
  }

  async function look(): Promise<void> {
    lastLook = work.now();
    try {
      await takeWhatIsDue();
      lookAt((await work.outbox.nextDue()) ?? Number.POSITIVE_INFINITY);
    } catch (error) {
      work.log.error({ error }, 'the outbox could not be read; it goes on in a moment');
      lookAt(work.now() + REST_AFTER_TROUBLE_MS);
    }
  }

  async function takeWhatIsDue(): Promise<void> {
    while (!stopped && onTheirWay.size < AT_ONCE) {
      const row = await takeNext(work);
      if (row === undefined) return;
      const sending = deliver(work, row)
        .catch((error: unknown) =>
          work.log.error({ error }, 'what became of a message could not be noted; it will be looked for'),
        )
        .finally(() => {
          onTheirWay.delete(sending);
          lookAt(0);
        });
      onTheirWay.add(sending);
    }
  }

  lookAt(0);
  return {
    wake: () => lookAt(0),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      await Promise.all(onTheirWay);
    },
  };
}

/** Takes what is due next and may go now, if anything; it is this process's for as long as its lease. */
export function takeNext({ outbox, owner, now, pace }: OutboxWork): Promise<OutboxRow | undefined> {
  const at = now();
  return outbox.claim({
    owner,
    now: at,
    leaseUntil: at + pace.leaseMs,
    betweenMs: pace.betweenMessagesMs,
  });
}

/** Sends it, or looks whether it was sent, and notes what came of it. */
export async function deliver(
  { outbox, sender, pace, owner, now, log }: OutboxWork,
  row: OutboxRow,
): Promise<void> {
  const outcome = row.work === 'look' ? await sender.look(row) : await sender.send(row);
  const next = afterOutcome(outcome, row, now(), pace);
  if (outcome.kind === 'mistaken' && next.state === 'refused')
    log.error(
      { kind: row.kind, part: row.partId, why: next.why },
      'a mistake of the app keeps it from sending this',
    );
  await outbox.settle(row, owner, next);
}
