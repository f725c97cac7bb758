import { optionsOf } from '../block-kit/composition.ts';
import { type Json, objects, text } from '../json.ts';
import { type Core, changed, newTs } from '../state/core.ts';
import { valueField, valueOf } from '../state/input-values.ts';
import { findChannel, findPerson } from '../state/people-and-channels.ts';
import { newTrigger } from '../state/triggers.ts';
import { type Picked, pickedFrom, type Shown, shownAt } from './elements-on-screen.ts';
import type { Outcome, Pick, Place } from './person-actions.ts';
import { type Actor, interaction, send, unsent } from './send-to-app.ts';
import { suggestedBefore } from './suggestions.ts';

/** The option with this value; people can only choose what is on the screen. */
function optionWith(core: Core, shown: Shown, picked: Picked, value: string): Json {
  const offered = [...objects(optionsOf(picked.element)), ...suggestedBefore(core, shown, picked)];
  const found = offered.find((each) => each.value === value);
  if (found) return found;
  const values = offered.map((each) => text(each.value)).join(', ');
  throw new Error(`${picked.actionId} does not offer ${value}; it offers ${values || 'nothing'}`);
}

/** What a person's choice is as a value of this element. */
function chosen(core: Core, shown: Shown, picked: Picked, value: string | readonly string[] | null): unknown {
  const several = typeof value === 'string' ? [value] : [...(value ?? [])];
  const one = several[0];
  const most = picked.element.max_selected_items;
  if (typeof most === 'number' && several.length > most)
    throw new Error(`${picked.actionId} takes ${most} at most`);
  switch (valueField(picked.element)) {
    case 'selected_option':
      return one === undefined ? null : optionWith(core, shown, picked, one);
    case 'selected_options':
      return several.map((each) => optionWith(core, shown, picked, each));
    case 'selected_user':
      return one === undefined ? null : findPerson(core, one).id;
    case 'selected_users':
      return several.map((each) => findPerson(core, each).id);
    case 'selected_conversation':
    case 'selected_channel':
      return one === undefined ? null : findChannel(core, one).id;
    case undefined:
      throw new Error(`${picked.actionId} is a ${text(picked.element.type)}; press it`);
    default:
      return one ?? null;
  }
}

function pressed(core: Core, shown: Shown, picked: Picked, optionValue: string | undefined): Json {
  const { element } = picked;
  if (element.type === 'overflow' && optionValue !== undefined)
    return { selected_option: optionWith(core, shown, picked, optionValue) };
  if (element.type === 'button')
    return { text: element.text, ...(element.value === undefined ? {} : { value: element.value }) };
  throw new Error(`${picked.actionId} is a ${text(element.type)}; it cannot be pressed like this`);
}

function sendAction(actor: Actor, shown: Shown, picked: Picked, value: Json): Promise<Outcome> {
  const { core, person } = actor;
  const { element, blockId, actionId } = picked;
  const action = {
    type: element.type,
    block_id: blockId,
    action_id: actionId,
    action_ts: newTs(core),
    ...(element.placeholder ? { placeholder: element.placeholder } : {}),
    ...value,
  };
  const about = { trigger_id: newTrigger(core, person.id), ...shown.context(true), actions: [action] };
  return send(actor, interaction(actor, 'block_actions', actionId, about));
}

/** Presses a button, or chooses an entry of an overflow menu. */
export async function press(actor: Actor, place: Place, pick: Pick, optionValue?: string): Promise<Outcome> {
  const shown = shownAt(actor.core, actor.person, place);
  const picked = pickedFrom(shown, pick);
  return sendAction(actor, shown, picked, pressed(actor.core, shown, picked, optionValue));
}

/** Types or chooses in an input, a menu or a picker. An input block tells the app only where it asks for that. */
export async function change(
  actor: Actor,
  place: Place,
  pick: Pick,
  value: string | readonly string[] | null,
): Promise<Outcome> {
  const { core, person } = actor;
  const shown = shownAt(core, person, place);
  const picked = pickedFrom(shown, pick);
  const held = valueOf(picked.element, chosen(core, shown, picked, value));
  shown.values[picked.blockId] = { ...shown.values[picked.blockId], [picked.actionId]: held };
  if (shown.view) delete shown.view.errors[picked.blockId];
  changed(core, { what: shown.view?.type === 'home' ? 'home' : 'view', person: person.id });
  const isQuiet = picked.block.type === 'input' && picked.block.dispatch_action !== true;
  return isQuiet ? unsent() : sendAction(actor, shown, picked, held);
}
