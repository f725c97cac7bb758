import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { keepsReporter } from '../../domain/access/gate.ts';
import { EMPTY_TELLING, type NearMiss, nameOf, type Telling } from '../../domain/near-miss.ts';
import type { Reached } from '../../domain/story/choices.ts';
import { STEP_TWO_PAGES, type StepTwoPage } from '../../domain/story/questions.ts';
import { plainText, section, typed } from '../platform/blocks.ts';
import { metadata } from '../platform/view-metadata.ts';
import { entered } from '../platform/view-values.ts';
import { questionInputs, reachedIn, readAnswers } from '../story/question-inputs.ts';

export const STEP_TWO = 'share_step_two';

const stepTwoPlace = z.strictObject({
  id: z.string(),
  /** Counted from 0. */
  page: z.number().int().nonnegative(),
  /** What a thread said and a later page asks: people by id, and how it was noticed. */
  people: z.array(z.string()).optional(),
  signal: z.strictObject({ kind: z.enum(['alert', 'colleague']), noticed: z.string().optional() }).optional(),
});

/** Which page of step 2 it is, of which near-miss, and what the pages after it start from. */
export type StepTwoPlace = z.infer<typeof stepTwoPlace>;
export const STEP_TWO_PLACE = metadata(stepTwoPlace);

/** What is told already. */
type StepTwoStart = { telling: Telling; reached?: Reached | undefined };

type Subject = Pick<NearMiss, 'id' | 'tier' | 'number'>;

/** A page of step 2. Each question may stay empty, and each page is kept when its button is pressed. */
export function stepTwo(
  nearMiss: Subject,
  place: Omit<StepTwoPlace, 'id'> = { page: 0 },
  { telling, reached }: StepTwoStart = { telling: EMPTY_TELLING },
): ModalView {
  const kept = keepsReporter(nearMiss.tier);
  const { title, asks } = pageAt(place.page);
  return {
    type: 'modal',
    callback_id: STEP_TWO,
    title: plainText(title),
    submit: plainText(isLast(place) ? 'Add to the story' : 'Keep and go on'),
    close: plainText('Done'),
    // Stopping is an end too: the confirmation need not wait. Nothing is to be told of somebody without a name.
    notify_on_close: kept,
    private_metadata: STEP_TWO_PLACE.write({ ...place, id: nearMiss.id }),
    blocks: [
      section(place.page === 0 ? savedWords(nearMiss) : keptWords(place)),
      ...questionInputs(asks, { people: kept, telling: withOffered(telling, place), reached }),
    ],
  };
}

function pageAt(page: number): StepTwoPage {
  return STEP_TWO_PAGES[Math.min(page, STEP_TWO_PAGES.length - 1)] as StepTwoPage;
}

/** Is there no page after it? */
export function isLast({ page }: Pick<StepTwoPlace, 'page'>): boolean {
  return page >= STEP_TWO_PAGES.length - 1;
}

/** What a thread said, where nothing else is told: for the reporter to keep or clear. */
function withOffered(telling: Telling, { people = [], signal }: Omit<StepTwoPlace, 'id'>): Telling {
  const { keyPlayers } = telling;
  const isNoticed = telling.signal.kind !== undefined || telling.signal.noticed !== undefined;
  return {
    ...telling,
    signal: isNoticed ? telling.signal : { ...telling.signal, ...signal },
    keyPlayers: keyPlayers.length > 0 ? keyPlayers : people.map((personId) => ({ personId })),
  };
}

function savedWords(nearMiss: Subject): string {
  const name = nameOf(nearMiss);
  if (!keepsReporter(nearMiss.tier)) return '*Saved.* You can stop here.';
  const saved = name === undefined ? '*Saved.*' : `*Saved as ${name}.*`;
  return `${saved} You can stop here. If you have two more minutes, any of these helps the next person.`;
}

function keptWords(place: Pick<StepTwoPlace, 'page'>): string {
  return isLast(place)
    ? 'Kept. This is the last page.'
    : 'Kept. This page and one more; stop whenever you like.';
}

export type StepTwoAnswers = { telling: Telling; reached?: Reached | undefined };

/** What was sent of a page, on top of `before`: the questions it does not ask keep their answers. */
export function readStepTwo(
  { page }: Pick<StepTwoPlace, 'page'>,
  view: Pick<ViewOutput, 'state'>,
  before: Telling,
): StepTwoAnswers {
  const values = entered(view);
  const { asks } = pageAt(page);
  const reached = reachedIn(values);
  const told = readAnswers(asks, values, before);
  const asksPeople = asks.includes('key_players');
  return {
    ...(reached !== undefined && { reached }),
    // Where nobody is to know who was there, people are not asked for, and none are kept.
    telling: asksPeople && !values.has('key_players') ? { ...told, keyPlayers: [] } : told,
  };
}

/** Does this page ask whether it reached anyone? */
export function asksWhetherReached({ page }: Pick<StepTwoPlace, 'page'>): boolean {
  return pageAt(page).asks.includes('reached');
}

/** The end of a share without a name: all of its confirmation, in the modal alone. */
export function savedWithoutName(words: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'share_end',
    title: plainText('Share a near-miss'),
    close: plainText('Close'),
    blocks: [typed(words)],
  };
}
