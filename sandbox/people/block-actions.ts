import { option, optionGroup, optionsOf } from '../block-kit/composition.ts';
import { list as listOf } from '../block-kit/rules.ts';
import type { Json } from '../json.ts';
import { isObject, object, objects, text } from '../json.ts';
import { type Core, changed, newTs } from '../state/core.ts';
import { valueField, valueOf } from '../state/input-values.ts';
import { findChannel, findPerson } from '../state/people-and-channels.ts';
import { refusalFor } from '../state/refusal.ts';
import type { Person } from '../state/state.ts';
import { newTrigger } from '../state/triggers.ts';
import { interaction } from '../wire/payloads.ts';
import { type Picked, pickedFrom, type Shown, shownAt } from './elements-on-screen.ts';
import type { Outcome, PersonActions } from './person-actions.ts';
import { type Reach, send, unsent } from './send-to-app.ts';

type Using = Pick<PersonActions, 'press' | 'change' | 'suggest'>;

const suggestionKey = (shown: Shown, { blockId, actionId }: Picked): string =>
  `${shown.key} ${blockId} ${actionId}`;

/** The option with this value; people can only choose what is on the screen. */
function optionWith(core: Core, shown: Shown, picked: Picked, value: string): Json {
  const offered = [
    ...objects(optionsOf(picked.element)),
    ...(core.suggestions.get(suggestionKey(shown, picked)) ?? []),
  ];
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

function sendAction(
  reach: Reach,
  person: Person,
  shown: Shown,
  picked: Picked,
  value: Json,
): Promise<Outcome> {
  const { core } = reach;
  const { element, blockId, actionId } = picked;
  const action = {
    type: element.type,
    block_id: blockId,
    action_id: actionId,
    action_ts: newTs(core),
    ...(element.placeholder ? { placeholder: element.placeholder } : {}),
    ...value,
  };
  const payload = {
    ...interaction(core, 'block_actions', person),
    trigger_id: newTrigger(core, person.id),
    ...shown.context(true),
    actions: [action],
  };
  return send(reach, { person: person.id, name: actionId, kind: 'interactive', payload });
}

function pressed(core: Core, shown: Shown, picked: Picked, optionValue: string | undefined): Json {
  const { element } = picked;
  if (element.type === 'overflow' && optionValue !== undefined)
    return { selected_option: optionWith(core, shown, picked, optionValue) };
  if (element.type === 'button')
    return { text: element.text, ...(element.value === undefined ? {} : { value: element.value }) };
  throw new Error(`${picked.actionId} is a ${text(element.type)}; it cannot be pressed like this`);
}

async function suggestions(
  reach: Reach,
  person: Person,
  shown: Shown,
  picked: Picked,
  typed: string,
): Promise<Json[]> {
  const { core } = reach;
  const least = typeof picked.element.min_query_length === 'number' ? picked.element.min_query_length : 3;
  if (typed.length < least) return [];
  let offered: Json[] = [];
  const use = (answer: unknown) => {
    offered = offeredOptions(answer);
    core.suggestions.set(suggestionKey(shown, picked), offered);
    return undefined;
  };
  const where = { block_id: picked.blockId, action_id: picked.actionId, value: typed };
  const payload = { ...interaction(core, 'block_suggestion', person), ...where, ...shown.context(false) };
  await send(reach, { person: person.id, name: picked.actionId, kind: 'interactive', payload, use });
  return offered;
}

/** The options in the app's answer; at most a hundred, each within its limits. */
function offeredOptions(answer: unknown): Json[] {
  const { options, option_groups: groups } = object(answer);
  const problems = groups
    ? listOf(optionGroup, { max: 100 })(groups, '')
    : listOf(option, { max: 100 })(options, '');
  if (problems.length > 0)
    throw refusalFor(problems, 'invalid_arguments', groups ? '/option_groups' : '/options');
  return objects(optionsOf(object(answer)));
}

/** Using what is on the screen: buttons, menus and inputs, in modals, on the Home tab and in messages. */
export function using(reach: Reach, person: Person): Using {
  const { core } = reach;
  return {
    async press(place, pick, optionValue) {
      const shown = shownAt(core, person, place);
      const picked = pickedFrom(shown, pick);
      return sendAction(reach, person, shown, picked, pressed(core, shown, picked, optionValue));
    },
    async change(place, pick, value) {
      const shown = shownAt(core, person, place);
      const picked = pickedFrom(shown, pick);
      const held = valueOf(picked.element, chosen(core, shown, picked, value));
      shown.values[picked.blockId] = { ...shown.values[picked.blockId], [picked.actionId]: held };
      if (shown.view) delete shown.view.errors[picked.blockId];
      changed(core, { what: shown.view?.type === 'home' ? 'home' : 'view', person: person.id });
      const isQuiet = picked.block.type === 'input' && picked.block.dispatch_action !== true;
      return isQuiet ? unsent() : sendAction(reach, person, shown, picked, held);
    },
    async suggest(place, pick, typed) {
      const shown = shownAt(core, person, place);
      const picked = pickedFrom(shown, pick);
      if (!isObject(picked.element) || !text(picked.element.type).includes('external_select'))
        throw new Error(`${picked.actionId} does not ask the app for options`);
      return suggestions(reach, person, shown, picked, typed);
    },
  };
}
