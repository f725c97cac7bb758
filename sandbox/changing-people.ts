import { findPerson } from './cast.ts';
import { type Core, newId } from './core.ts';
import { deliverEvent, type Transport } from './deliveries.ts';
import { eventEnvelope } from './payloads.ts';
import type { PersonChange } from './state.ts';
import { wirePerson } from './web-api/people-methods.ts';

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
