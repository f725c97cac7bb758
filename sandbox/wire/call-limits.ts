import { callsInAMinute } from '../web-api/method-limits.ts';

const MINUTE = 60_000;

/** How often each method was called in the last minute, where that is limited. */
export type CallLimits = {
  /** Counts a call at this time. For how many seconds no more of them are taken, where it is one too many. */
  count(method: string, at: number): number | undefined;
};

/** No call counts where `areEnforced` is not said: most tests are about something else. */
export function newCallLimits(areEnforced: boolean): CallLimits {
  const taken = new Map<string, number[]>();
  return {
    count(method, at) {
      const most = areEnforced ? callsInAMinute(method) : undefined;
      if (most === undefined) return undefined;
      const lately = (taken.get(method) ?? []).filter((each) => at - each < MINUTE);
      taken.set(method, lately);
      const [oldest = at] = lately;
      if (lately.length >= most) return Math.ceil((oldest + MINUTE - at) / 1000);
      lately.push(at);
      return undefined;
    },
  };
}
