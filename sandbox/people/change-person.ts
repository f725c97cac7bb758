import { type Core, newId } from '../state/core.ts';
import { findPerson } from '../state/people-and-channels.ts';
import type { PersonChange } from '../state/state.ts';
import { wirePerson } from '../web-api/people-methods.ts';
import { deliverEvent, type Transport } from '../wire/deliveries.ts';
import { eventEnvelope } from '../wire/payloads.ts';

/** Somebody is another than before; the app hears of it where it asked to. */
export async function changePerson(
  core: Core,
  transport: Transport,
  handle: string,
  to: PersonChange,
): Promise<void> {
  const person = Object.assign(findPerson(core, handle), to);
  if (!core.installation.events.has('user_change')) return;
  const event = { type: 'user_change', user: wirePerson(person, true), cache_ts: core.clock.now() };
  await deliverEvent(core, transport, eventEnvelope(core, event, newId(core, 'Ev')));
}
