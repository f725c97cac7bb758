import { isObject, type Json, object, text } from '../json.ts';
import type { Core } from '../state/core.ts';
import { isEmptyValue, valueField } from '../state/input-values.ts';
import { Refusal } from '../state/refusal.ts';
import type { View } from '../state/state.ts';
import { newTrigger } from '../state/triggers.ts';
import {
  acceptedView,
  pushView,
  showErrors,
  stackOf,
  takeAway,
  updateView,
  wireView,
} from '../state/views.ts';
import type { Outcome } from './person-actions.ts';
import { type Actor, interaction, send, unsent } from './send-to-app.ts';

const inputBlocks = (view: View) => view.content.blocks.filter((block) => block.type === 'input');

/** What Slack itself says of an input before it sends anything. */
function wrongWith(view: View, block: Json): string | undefined {
  const element = object(block.element);
  const value = view.values[text(block.block_id)]?.[text(element.action_id)];
  if (isEmptyValue(element, value))
    return block.optional === true ? undefined : 'Please complete this required field.';
  const typed = value?.[valueField(element) ?? ''];
  if (element.type !== 'plain_text_input' || typeof typed !== 'string') return undefined;
  const { min_length: min, max_length: max } = element;
  if (typed.length > (typeof max === 'number' ? max : 3000)) return 'This is too long.';
  return typeof min === 'number' && typed.length < min ? 'This is too short.' : undefined;
}

/** The words Slack shows under inputs that keep a view from being sent. */
function wrongInputs(view: View): Record<string, string> {
  const found = inputBlocks(view).map((block) => [text(block.block_id), wrongWith(view, block)] as const);
  return Object.fromEntries(found.flatMap(([id, wrong]) => (wrong ? [[id, wrong]] : [])));
}

/** Does to the view what the app answered: errors under inputs, another view, one on top, or nothing left. */
function useAnswer(core: Core, view: View, answer: unknown): Record<string, string> | undefined {
  const isOpen = stackOf(core, view.owner).includes(view);
  const { response_action: action, ...rest } = object(answer);
  if (!isOpen && action !== undefined) return undefined;
  switch (action) {
    case undefined:
      if (Object.keys(rest).length > 0) throw new Refusal('invalid_response', { answer: rest });
      takeAway(core, view);
      return undefined;
    case 'clear':
      takeAway(core, view, true);
      return undefined;
    case 'update':
      updateView(core, view, acceptedView(core, rest.view, 'modal'));
      return undefined;
    case 'push':
      pushView(core, view.owner, acceptedView(core, rest.view, 'modal'));
      return undefined;
    case 'errors':
      return errorsUnderInputs(core, view, rest.errors);
    default:
      throw new Refusal('invalid_response_action', { response_action: action });
  }
}

function errorsUnderInputs(core: Core, view: View, errors: unknown): Record<string, string> {
  const inputs = new Set(inputBlocks(view).map((block) => block.block_id));
  const given = Object.entries(object(errors));
  const astray = given.filter(([id, words]) => !inputs.has(id) || typeof words !== 'string' || words === '');
  if (!isObject(errors) || given.length === 0 || astray.length > 0)
    throw new Refusal('invalid_errors', { errors, inputs: [...inputs] });
  const shown = Object.fromEntries(given.map(([id, words]) => [id, text(words)]));
  showErrors(core, view, shown);
  return shown;
}

/** The modal in front of the person; none is a mistake in the test. */
function front({ core, person }: Actor): View {
  const view = stackOf(core, person.id).at(-1);
  if (!view) throw new Error(`${person.handle} has no modal open`);
  return view;
}

/** Sends the modal in front, unless something in it is missing or wrong; `copies` of it at once. */
export async function submit(actor: Actor, { copies = 1 } = {}): Promise<Outcome> {
  const { core, person } = actor;
  const view = front(actor);
  if (view.content.submit === undefined) throw new Error('This modal has no submit button');
  const wrong = wrongInputs(view);
  showErrors(core, view, wrong);
  if (Object.keys(wrong).length > 0) return { ...unsent(), errors: wrong };
  const name = text(view.content.callback_id) || view.id;
  const about = { trigger_id: newTrigger(core, person.id), view: wireView(core, view), response_urls: [] };
  const submission = interaction(actor, 'view_submission', name, about, (answer) =>
    useAnswer(core, view, answer),
  );
  const again = Array.from({ length: copies - 1 }, () => submission);
  const [outcome] = await Promise.all([send(actor, submission), ...again.map((each) => send(actor, each))]);
  return outcome;
}

/** Closes the modal in front or `all` of them, and tells the app of those that ask for it. */
export async function close(actor: Actor, { all = false } = {}): Promise<Outcome> {
  const { core } = actor;
  const view = front(actor);
  const cleared = all || view.content.clear_on_close === true;
  const told = takeAway(core, view, cleared).filter((each) => each.content.notify_on_close === true);
  const outcomes = await Promise.all(
    told.map((each) => {
      const about = { view: wireView(core, each), is_cleared: cleared };
      return send(actor, interaction(actor, 'view_closed', 'close', about));
    }),
  );
  return outcomes.at(-1) ?? unsent();
}
