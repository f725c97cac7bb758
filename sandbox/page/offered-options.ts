import { type Json, objects } from '../json.ts';
import type { PersonActions, Place } from '../people/person-actions.ts';
import { fieldName, placeText } from './blocks/frame.ts';
import { plainWords } from './blocks/mrkdwn.ts';

/** What each person was last offered in an external select, to know again what they then write into it. */
export type Offered = Map<string, Json[]>;

/** Somebody who is offered options, and what they were offered so far. */
export type Asker = { readonly me: PersonActions; readonly offered: Offered };

/** The ids by which the app knows an element. */
export type Ids = { readonly block_id: string; readonly action_id: string };

// What one modal was offered is of no use in the next, even under the same ids.
const offerKey = (me: PersonActions, place: Place, name: string) =>
  `${me.id} ${place === 'view' ? me.view()?.id : placeText(place)} ${name}`;

/** What stands to choose from in the field of this name since the app was last asked. */
export const offeredBefore = ({ me, offered }: Asker, place: Place, name: string): readonly Json[] =>
  offered.get(offerKey(me, place, name)) ?? [];

/** Asks the app for options and remembers them. */
export async function offersFor(
  { me, offered }: Asker,
  place: Place,
  ids: Ids,
  typed: string,
): Promise<Json[]> {
  const options = await me.suggest(place, ids, typed);
  offered.set(offerKey(me, place, fieldName(ids, ids)), options);
  return options;
}

const like = (words: string) => words.trim().toLowerCase();

/** The option somebody means by what they wrote: the one called that, or the only one with it in its name. */
export function meant(options: readonly Json[], typed: string): Json | undefined {
  const exact = options.find((each) => like(plainWords(each.text)) === like(typed));
  const containing = options.filter((each) => like(plainWords(each.text)).includes(like(typed)));
  return exact ?? (containing.length === 1 ? containing[0] : undefined);
}

/** The words of options, for a list to choose from. */
export const offeredWords = (options: unknown): string[] =>
  objects(options).map((each) => plainWords(each.text));
