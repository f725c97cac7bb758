/* What can be chosen in answer to a question, in the order it is offered, and the words for it. */

export const SIGNAL_KIND_WORDS = {
  alert: 'An alert or alarm',
  dashboard: 'A dashboard or report',
  customer: 'A customer or caller',
  colleague: 'A colleague',
  routine_check: 'A routine check',
  feeling: 'A feeling that something was off',
  chance: 'By chance',
  other: 'Something else',
} as const;
export type SignalKind = keyof typeof SIGNAL_KIND_WORDS;
export const SIGNAL_KINDS = Object.keys(SIGNAL_KIND_WORDS) as SignalKind[];

export const SAVE_KIND_WORDS = {
  design: 'Built that way',
  skill: "Someone's skill",
  relationship: 'People who know each other',
  workaround: 'A workaround we had ready',
  luck: 'Luck',
} as const;
export type SaveKind = keyof typeof SAVE_KIND_WORDS;
export const SAVE_KINDS = Object.keys(SAVE_KIND_WORDS) as SaveKind[];

/** Did it reach anyone who relies on this? Unanswered is `undefined`, and is not the same as `not_sure`. */
export const REACHED_WORDS = { no: 'No', briefly: 'Briefly', not_sure: 'Not sure' } as const;
export type Reached = keyof typeof REACHED_WORDS;

export function isSignalKind(value: string): value is SignalKind {
  return Object.hasOwn(SIGNAL_KIND_WORDS, value);
}

export function isSaveKind(value: string): value is SaveKind {
  return Object.hasOwn(SAVE_KIND_WORDS, value);
}

export function isReached(value: string): value is Reached {
  return Object.hasOwn(REACHED_WORDS, value);
}
