import type { Core } from './core.ts';
import { wireView } from './views.ts';

/** What there is, in few enough words to read under a failing test. */
function described(core: Core): string {
  const { state, calls, deliveries, complaints } = core;
  const views = [...state.stacks.values()].flat().map((view) => wireView(core, view));
  const recent = {
    calls: calls.slice(-8).map(({ method, args, outcome }) => ({ method, outcome, args })),
    deliveries: deliveries
      .slice(-8)
      .map(({ kind, outcome, payload }) => ({ kind, outcome, type: payload.type })),
    modals: views.map(({ title, state: held, blocks }) => ({
      title,
      values: held.values,
      blocks: blocks.length,
    })),
    messages: state.messages.slice(-8).map(({ channel, ts, text }) => ({ channel, ts, text })),
    ephemerals: state.ephemerals.slice(-8).map(({ ephemeral_to: to, text }) => ({ to, text })),
    failures: Object.fromEntries(state.failures),
    complaints,
  };
  return JSON.stringify(recent, undefined, 1).slice(0, 6000);
}

/** Waits until something is so, asking again after every change. */
export function until<T>(
  core: Core,
  predicate: () => T,
  { ms = 5000, what = predicate.toString() }: { ms?: number; what?: string } = {},
): Promise<NonNullable<T>> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      core.listeners.delete(look);
    };
    const look = () => {
      try {
        const found = predicate();
        if (!found) return;
        stop();
        resolve(found);
      } catch (error) {
        stop();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`Waited ${ms} ms in vain for ${what}\n${described(core)}`));
    }, ms);
    core.listeners.add(look);
    look();
  });
}
