import type { Json } from '../json.ts';
import { type Core, changed, fail } from '../state/core.ts';
import { Refusal } from '../state/refusal.ts';
import type { Delivery } from '../state/traffic.ts';
import { deliver, type Taken, type Transport, toldThePerson } from '../wire/deliveries.ts';
import type { Outcome } from './person-actions.ts';

/** What every part of a person's doings needs. */
export type Reach = { readonly core: Core; readonly transport: Transport };

/** Something a person did that goes to the app, and what Slack does with the answer. */
export type Doing = {
  readonly person: string;
  /** In words, for whoever reads what failed. */
  readonly name: string;
  readonly kind: Delivery['kind'];
  readonly payload: Json;
  /** Uses the app's answer; gives back what is shown under inputs. Throws Refusal when it is no use. */
  readonly use?: (answer: unknown) => Readonly<Record<string, string>> | undefined;
};

/** What comes of something that never reached the app. */
export const unsent = (): Outcome => ({
  sent: false,
  acked: false,
  failure: undefined,
  errors: {},
  payload: undefined,
  answer: undefined,
  redeliver: () => Promise.reject(new Error('Nothing was sent, so it cannot be sent again')),
});

/** Something Slack itself stopped, telling the person why. */
export function stopped(core: Core, person: string, name: string, reason: string): Outcome {
  fail(core, person, name, reason);
  return { ...unsent(), failure: reason };
}

/** Sends what a person did and resolves when the app's answer has been put to use, or Slack has given up. */
export async function send(reach: Reach, doing: Doing): Promise<Outcome> {
  const { kind, payload } = doing;
  const taken = await deliver(reach.core, reach.transport, { kind, payload: structuredClone(payload) });
  const shown = used(reach.core, doing, taken);
  changed(reach.core, { what: 'delivery' });
  return { sent: true, acked: taken.ok, payload, ...shown, redeliver: () => send(reach, doing) };
}

function used(core: Core, doing: Doing, taken: Taken): Pick<Outcome, 'failure' | 'errors' | 'answer'> {
  if (!taken.ok) {
    const reason = toldThePerson(taken.why);
    fail(core, doing.person, doing.name, reason);
    return { failure: reason, errors: {}, answer: undefined };
  }
  try {
    return { failure: undefined, errors: doing.use?.(taken.body) ?? {}, answer: taken.body };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    core.complaints.push(
      `The answer to ${doing.name} was no use: ${error.error} ${JSON.stringify(error.details)}`,
    );
    fail(core, doing.person, doing.name, error.error);
    return { failure: error.error, errors: {}, answer: taken.body };
  }
}
