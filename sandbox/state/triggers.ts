import { type Core, newId } from './core.ts';
import { Refusal } from './refusal.ts';

const lifetime = 3000;

/** A trigger lets the app open one modal for this person, within three seconds of what they did. */
export function newTrigger(core: Core, person: string): string {
  const id = `${newId(core, '')}.${core.state.team.id}`;
  core.state.triggers.set(id, { person, at: core.clock.now(), used: false });
  return id;
}

/** Uses up a trigger and says whose it was. */
export function useTrigger(core: Core, id: unknown): string {
  const trigger = typeof id === 'string' ? core.state.triggers.get(id) : undefined;
  if (!trigger) throw new Refusal('invalid_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  if (core.clock.now() - trigger.at > lifetime) throw new Refusal('expired_trigger_id');
  trigger.used = true;
  return trigger.person;
}
