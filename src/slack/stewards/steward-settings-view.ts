import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { plainText, typed } from '../platform/blocks.ts';
import { entered } from '../platform/view-values.ts';

export const STEWARD_SETTINGS = 'steward_settings';

const STEWARDS = 'stewards';
/** A group small enough that everybody in it can be named before somebody decides whom to trust. */
const MOST_STEWARDS = 10;

/** `/nearmiss settings`: who looks after near-misses. `former` says of whom it is known that they do no longer. */
export function stewardSettings(stewards: string[], former: string[]): ModalView {
  return {
    type: 'modal',
    callback_id: STEWARD_SETTINGS,
    title: plainText('Settings'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    blocks: [
      ...former.map(typed),
      {
        type: 'input',
        block_id: STEWARDS,
        label: plainText('Who are the stewards?'),
        hint: plainText(
          'Stewards (colleagues who look after near-misses) run the digest, and can look up who shared something under "Only the stewards". Two or three is a good number.',
        ),
        element: {
          type: 'multi_users_select',
          action_id: STEWARDS,
          max_selected_items: MOST_STEWARDS,
          placeholder: plainText('Choose people'),
          ...(stewards.length > 0 && { initial_users: stewards }),
        },
      },
      typed(
        'A new steward cannot look up names that were shared before. Somebody who stops being a steward can no longer look up any.',
      ),
    ],
  };
}

export function readStewards(view: Pick<ViewOutput, 'state'>): string[] {
  return entered(view).people(STEWARDS).slice(0, MOST_STEWARDS);
}

/** An error under the box. */
export function stewardsError(words: string): Record<string, string> {
  return { [STEWARDS]: words };
}

/** What is for stewards alone, after "can". */
export type ForStewards =
  | 'change this'
  | 'see a preview of the digest'
  | 'publish the digest'
  | 'decide this';

/** To somebody who is none of them. `stewards` are names, as they stand in a sentence. */
export function notYours(
  what: ForStewards,
  stewards: string,
  { count, wasAnybody }: { count: number; wasAnybody: boolean },
): string {
  if (count === 0)
    return `Nobody looks after near-misses here ${wasAnybody ? 'now' : 'yet'}. A workspace admin or owner can choose the stewards with /nearmiss settings.`;
  return count === 1
    ? `Only the steward, ${stewards}, can ${what}.`
    : `Only the stewards can ${what}. They are ${stewards}.`;
}
