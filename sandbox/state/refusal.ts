import type { Problem } from '../block-kit/rules.ts';
import type { Json } from '../json.ts';

/** Slack saying no to a call: `{ ok: false, error }` and what goes with it. */
export class Refusal extends Error {
  readonly error: string;
  readonly details: Json;

  constructor(error: string, details: Json = {}) {
    super(error);
    this.name = 'Refusal';
    this.error = error;
    this.details = details;
  }
}

/** What Slack answers when something is done that it may refuse. */
export function answerOf(run: () => Json | void): Json {
  try {
    return { ok: true, ...run() };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { ok: false, error: refusal.error, ...refusal.details };
  }
}

const described = (problems: readonly Problem[], base: string) =>
  problems.map((each) => `${each.message} [json-pointer:${base}${each.pointer}]`);

/** Arguments that are wrong in themselves; Slack names each place with a JSON pointer. */
export function invalidArguments(problems: readonly Problem[], base = ''): Refusal {
  return new Refusal('invalid_arguments', {
    response_metadata: { messages: described(problems, base).map((each) => `[ERROR] ${each}`) },
  });
}

/** The first problem's own error if it has one, else `fallback`, with every problem listed. */
export function refusalFor(
  problems: readonly Problem[],
  fallback: 'invalid_blocks' | 'invalid_arguments',
  base = '',
) {
  const named = problems.find((each) => each.error !== undefined);
  if (named?.error) return new Refusal(named.error);
  if (fallback === 'invalid_arguments') return invalidArguments(problems, base);
  const errors = described(problems, base);
  return new Refusal(fallback, {
    errors,
    response_metadata: { messages: errors.map((each) => `[ERROR] ${each}`) },
  });
}
