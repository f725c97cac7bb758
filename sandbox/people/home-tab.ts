import { newId } from '../state/core.ts';
import { directWithApp } from '../state/people-and-channels.ts';
import { wireView } from '../state/views.ts';
import { deliverEvent } from '../wire/deliveries.ts';
import { eventEnvelope } from '../wire/payloads.ts';
import type { Outcome } from './person-actions.ts';
import { type Actor, unsent } from './send-to-app.ts';

/** Opens a tab of the app, of which it is told if its manifest asks for that. */
export async function openHome({ core, transport, person }: Actor, tab: 'home' | 'messages' = 'home') {
  if (!core.installation.events.has('app_home_opened')) return unsent();
  const home = core.state.homes.get(person.id);
  const event = {
    type: 'app_home_opened',
    user: person.id,
    channel: directWithApp(core, person).id,
    tab,
    ...(tab === 'home' && home ? { view: wireView(core, home) } : {}),
  };
  const payload = eventEnvelope(core, event, newId(core, 'Ev'));
  const once = async (): Promise<Outcome> => {
    const acked = await deliverEvent(core, transport, payload);
    return { ...unsent(), sent: true, acked, payload, redeliver: once };
  };
  return once();
}
