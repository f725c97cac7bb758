import type { Json } from '../json.ts';
import { type Core, changed, complain, fail } from '../state/core.ts';
import { Refusal } from '../state/refusal.ts';
import type { Person } from '../state/state.ts';
import type { Delivery } from '../state/traffic.ts';
import { deliver, type Taken, type Transport, toldThePerson } from '../wire/deliveries.ts';
import { verificationToken } from '../wire/payloads.ts';
import type { Outcome } from './person-actions.ts';

/** Somebody who does something, and the way from them to the app. */
export type Actor = { readonly core: Core; readonly transport: Transport; readonly person: Person };

/** Something a person did that goes to the app, and what Slack does with the answer. */
export type Sending = {
  /** In words, for whoever reads what failed. */
  readonly name: string;
  readonly kind: Delivery['kind'];
  readonly payload: Json;
  /** Uses the app's answer; gives back what is shown under inputs. Throws Refusal when it is no use. */
  readonly use?: Use | undefined;
};

type Use = (answer: unknown) => Readonly<Record<string, string>> | undefined;

/** A press, a submission, a shortcut: what is said `about` it, and what every interaction carries. */
export function interaction(
  { core, person }: Actor,
  type: string,
  name: string,
  about: Json,
  use?: Use,
): Sending {
  const { team, app } = core.state;
  const payload = {
    type,
    token: verificationToken,
    api_app_id: app.id,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: person.id, username: person.handle, name: person.handle, team_id: person.teamId },
    ...about,
  };
  return { name, kind: 'interactive', payload, use };
}

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
export function stopped({ core, person }: Actor, name: string, reason: string): Outcome {
  fail(core, person.id, name, reason);
  return { ...unsent(), failure: reason };
}

/** Sends what a person did and resolves when the app's answer has been put to use, or Slack has given up. */
export async function send(actor: Actor, sending: Sending): Promise<Outcome> {
  const { core, transport } = actor;
  const { kind, payload } = sending;
  const taken = await deliver(core, transport, { kind, payload: structuredClone(payload) });
  const shown = used(actor, sending, taken);
  changed(core, { what: 'delivery' });
  return { sent: true, acked: taken.ok, payload, ...shown, redeliver: () => send(actor, sending) };
}

type Shown = Pick<Outcome, 'failure' | 'errors' | 'answer'>;

function used({ core, person }: Actor, { name, use }: Sending, taken: Taken): Shown {
  if (!taken.ok) {
    const reason = toldThePerson(taken.why);
    fail(core, person.id, name, reason);
    return { failure: reason, errors: {}, answer: undefined };
  }
  try {
    return { failure: undefined, errors: use?.(taken.body) ?? {}, answer: taken.body };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { error, details } = refusal;
    complain(core, `The answer to ${name} was no use: ${error} ${JSON.stringify(details)}`);
    fail(core, person.id, name, error);
    return { failure: error, errors: {}, answer: taken.body };
  }
}
