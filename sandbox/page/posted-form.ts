import { elementsOf } from '../block-kit/blocks.ts';
import { type Json, object, text } from '../json.ts';
import type { PersonActions, Place } from '../people/person-actions.ts';
import { valueField } from '../state/input-values.ts';
import type { Block, State, Values } from '../state/state.ts';
import type { Workspace } from '../workspace.ts';
import { dispatches, fieldName } from './blocks/frame.ts';
import { plainWords } from './blocks/mrkdwn.ts';
import { type Asker, type Ids, meant, offeredBefore, offersFor } from './offered-options.ts';

/** A form that was posted. */
export type Form = URLSearchParams;

/** Who does something, and with what. */
export type Doer = Asker & { readonly workspace: Workspace };

/** The place named in a form, e.g. `view` or a channel and a timestamp. */
export function placeIn(form: Form): Place {
  const [channel = '', ts] = (form.get('place') ?? '').split(' ');
  if (ts) return { channel, ts };
  return channel === 'home' ? 'home' : 'view';
}

type Standing = { readonly blocks: readonly Block[]; readonly values: Values };

function standingAt(me: PersonActions, place: Place, state: State): Standing {
  if (typeof place === 'string') {
    const view = place === 'view' ? me.view() : me.home();
    return { blocks: view?.blocks ?? [], values: view?.state.values ?? {} };
  }
  const message = [...state.messages, ...state.ephemerals].find(
    (each) => each.channel === place.channel && each.ts === place.ts,
  );
  return { blocks: message?.blocks ?? [], values: {} };
}

type Typed = { readonly block: Block; readonly element: Json; readonly name: string; readonly ids: Ids };

/** What is held, in the words a form uses for it. */
function heldWords(element: Json, held: Json | undefined): string[] {
  const value = held?.[valueField(element) ?? ''];
  if (typeof value === 'string') return value === '' ? [] : [value];
  const several = Array.isArray(value) ? value : value ? [value] : [];
  const one = (each: unknown) =>
    text(element.type) === 'external_select' ? plainWords(object(each).text) : text(object(each).value);
  return several.map((each: unknown) => (typeof each === 'string' ? each : one(each)));
}

const sameWords = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each) => b.includes(each));

/**
 * Tells the workspace what has been typed and chosen in a form. What reaches the app at once comes last, so that
 * the app then finds everything else in place. Fields that were not on the page are left as they are.
 */
export async function keepTyped(doer: Doer, place: Place, form: Form): Promise<void> {
  const { me } = doer;
  const { blocks, values } = standingAt(me, place, doer.workspace.state);
  const fields: Typed[] = blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => valueField(element))
      .map((element) => ({
        block,
        element,
        name: fieldName(block, element),
        ids: { block_id: text(block.block_id), action_id: text(element.action_id) },
      })),
  );
  const inMessage = typeof place !== 'string';
  const differing = fields.filter(({ block, element, name, ids }) => {
    if (!form.has(name) || (inMessage && dispatches(block) && form.get('changed') !== name)) return false;
    const before = heldWords(element, values[ids.block_id]?.[ids.action_id]);
    return !sameWords(before, written(form, name));
  });
  // One after another, as a person's hands would.
  // oxlint-disable-next-line no-await-in-loop
  for (const field of differing.toSorted((a, b) => Number(dispatches(a.block)) - Number(dispatches(b.block))))
    await me.change(place, field.ids, await newValue(doer, place, field, written(form, field.name)));
}

const written = (form: Form, name: string): string[] =>
  form
    .getAll(name)
    .map((each) => each.replaceAll('\r\n', '\n'))
    .filter((each) => each !== '');

async function newValue(
  doer: Doer,
  place: Place,
  { element, name, ids }: Typed,
  words: string[],
): Promise<string | string[] | null> {
  const field = valueField(element) ?? '';
  if (field.endsWith('s')) return words;
  const [typed] = words;
  if (typed === undefined || element.type !== 'external_select') return typed ?? null;
  const known = meant(offeredBefore(doer, place, name), typed);
  const found = known ?? meant(await offersFor(doer, place, ids, typed), typed);
  return found ? text(found.value) : null;
}

/** Which element was pressed, and which entry of its menu. */
export function pressedIn(form: Form): { ids: Ids; option: string | undefined } {
  const [block_id = '', action_id = '', option = ''] = (form.get('press') ?? '')
    .split('/')
    .map(decodeURIComponent);
  return { ids: { block_id, action_id }, option: option || undefined };
}
