import type { Json } from '../json.ts';

/** One way a call can go wrong. Before: nothing happened in Slack. After: it happened and the app is not told. */
export type Trouble =
  | { readonly kind: 'rate_limit'; readonly retryAfter: number }
  | { readonly kind: 'http'; readonly status: number; readonly when?: 'before' | 'after' }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  | { readonly kind: 'hold'; readonly when: 'before' | 'after' };

/**
 * Which calls it befalls: from the `nth` (1 is the next) matching one, `times` of them (1 unless said). With
 * `times: Infinity` it goes on for as long as calls match, or until it is removed.
 */
export type Aim = {
  readonly nth?: number;
  readonly times?: number;
  readonly matching?: (args: Json) => boolean;
};

/** A fault that has been set, so that a test can wait for it, let go of held calls, or take it away. */
export type Fault = {
  readonly hits: number;
  /** Resolves when the fault has befallen its first call. */
  readonly struck: Promise<void>;
  /** Lets held calls go on. */
  release(): void;
  remove(): void;
};

type Plan = {
  readonly method: string;
  readonly trouble: Trouble;
  readonly aim: Aim;
  readonly held: PromiseWithResolvers<void>;
  readonly struck: PromiseWithResolvers<void>;
  seen: number;
  hits: number;
};

/** A fault that befalls one call: what it is, and when a held call may go on. */
export type Strike = { readonly trouble: Trouble; readonly released: Promise<void> };

/** The faults that are set for single calls, in the order they were set. */
export type CallFaults = {
  plan(method: string, trouble: Trouble, aim: Aim): Fault;
  /** The fault that befalls this call, if one does. */
  strike(method: string, args: Json): Strike | undefined;
  clear(): void;
};

function isHit(plan: Plan, method: string, args: Json): boolean {
  const { nth = 1, times = 1, matching } = plan.aim;
  if (plan.method !== '*' && plan.method !== method) return false;
  if (matching && !matching(args)) return false;
  plan.seen += 1;
  return plan.seen >= nth && plan.hits < times;
}

export function newCallFaults(): CallFaults {
  const plans = new Set<Plan>();
  const remove = (plan: Plan) => {
    plans.delete(plan);
    plan.held.resolve();
  };
  return {
    plan(method, trouble, aim) {
      const held = Promise.withResolvers<void>();
      const plan: Plan = {
        method,
        trouble,
        aim,
        held,
        struck: Promise.withResolvers<void>(),
        seen: 0,
        hits: 0,
      };
      plans.add(plan);
      return {
        get hits() {
          return plan.hits;
        },
        struck: plan.struck.promise,
        release: () => held.resolve(),
        remove: () => remove(plan),
      };
    },
    strike(method, args) {
      const plan = [...plans].find((each) => isHit(each, method, args));
      if (!plan) return undefined;
      plan.hits += 1;
      plan.struck.resolve();
      return { trouble: plan.trouble, released: plan.held.promise };
    },
    clear() {
      for (const plan of plans) remove(plan);
    },
  };
}
