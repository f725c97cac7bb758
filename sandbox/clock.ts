/** Time as the workspace sees it: triggers, answers awaited for three seconds, retries, message timestamps. */
export type Clock = {
  now(): number;
  /** Runs something later and returns how to call it off. */
  after(ms: number, run: () => void): () => void;
};

/** The clock on the wall. Its timers never keep the process alive. */
export function wallClock(now: () => number = Date.now): Clock {
  return {
    now,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

/** A clock that stands still until a test moves it on; what falls due runs in order on the way. */
export function manualClock(start = Date.UTC(2025, 9, 14, 9, 0)): Clock & { advance(ms: number): void } {
  let time = start;
  const due = new Set<{ at: number; run: () => void }>();
  const next = (until: number) =>
    [...due].filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at)[0];
  return {
    now: () => time,
    after(ms, run) {
      const timer = { at: time + ms, run };
      due.add(timer);
      return () => due.delete(timer);
    },
    advance(ms) {
      const until = time + ms;
      for (let timer = next(until); timer; timer = next(until)) {
        due.delete(timer);
        time = timer.at;
        timer.run();
      }
      time = until;
    },
  };
}

/** A clock whose timers can all be called off at once when the workspace stops. */
export function stoppable(clock: Clock): { readonly clock: Clock; stopTimers(): void } {
  const pending = new Set<() => void>();
  return {
    clock: {
      now: () => clock.now(),
      after(ms, run) {
        const callOff = clock.after(ms, () => {
          pending.delete(callOff);
          run();
        });
        pending.add(callOff);
        return () => {
          pending.delete(callOff);
          callOff();
        };
      },
    },
    stopTimers() {
      for (const callOff of pending) callOff();
      pending.clear();
    },
  };
}
