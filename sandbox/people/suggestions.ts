import { minQueryLength, option, optionGroup, optionsOf } from '../block-kit/composition.ts';
import { list } from '../block-kit/rules.ts';
import { type Json, object, objects, text } from '../json.ts';
import type { Core } from '../state/core.ts';
import { refusalFor } from '../state/refusal.ts';
import { type Picked, pickedFrom, type Shown, shownAt } from './elements-on-screen.ts';
import type { Pick, Place } from './person-actions.ts';
import { type Actor, interaction, send } from './send-to-app.ts';

const suggestionKey = (shown: Shown, { blockId, actionId }: Picked): string =>
  `${shown.key} ${blockId} ${actionId}`;

/** What this menu last offered. */
export const suggestedBefore = (core: Core, shown: Shown, picked: Picked): readonly Json[] =>
  core.suggestions.get(suggestionKey(shown, picked)) ?? [];

/** The options in the app's answer; at most a hundred, each within its limits. */
function offeredOptions(answer: unknown): Json[] {
  const { options, option_groups: groups } = object(answer);
  const problems = groups
    ? list(optionGroup, { max: 100 })(groups, '')
    : list(option, { max: 100 })(options, '');
  if (problems.length > 0)
    throw refusalFor(problems, 'invalid_arguments', groups ? '/option_groups' : '/options');
  return objects(optionsOf(object(answer)));
}

/** Types into a menu that asks the app, and gives the options that the app offers. */
export async function suggest(actor: Actor, place: Place, pick: Pick, typed: string): Promise<Json[]> {
  const { core, person } = actor;
  const shown = shownAt(core, person, place);
  const picked = pickedFrom(shown, pick);
  const { element, blockId, actionId } = picked;
  if (!text(element.type).includes('external_select'))
    throw new Error(`${actionId} does not ask the app for options`);
  if (typed.length < minQueryLength(element)) return [];
  let offered: Json[] = [];
  const about = { block_id: blockId, action_id: actionId, value: typed, ...shown.context(false) };
  const asked = interaction(actor, 'block_suggestion', actionId, about, (answer) => {
    offered = offeredOptions(answer);
    core.suggestions.set(suggestionKey(shown, picked), offered);
    return undefined;
  });
  await send(actor, asked);
  return offered;
}
