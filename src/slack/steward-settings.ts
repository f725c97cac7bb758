import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { plainText, typed } from './blocks.ts';
import { entered } from './state-values.ts';

export const STEWARD_SETTINGS = 'steward_settings';

const STEWARDS = 'stewards';
/** A group small enough that everybody in it can be named before somebody decides whom to trust. */
const MOST_STEWARDS = 10;

/** `/nearmiss settings`: who looks after near-misses. */
export function stewardSettings(stewards: string[]): ModalView {
  return {
    type: 'modal',
    callback_id: STEWARD_SETTINGS,
    title: plainText('Settings'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    blocks: [
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
        'A new steward cannot look up names that were shared before. Somebody who is a steward no longer can look up none.',
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

/** To somebody who may not choose them. `stewards` are names, if there are any. */
export function notYoursToSet(stewards: string): string {
  return stewards === ''
    ? 'Nobody looks after near-misses here yet. A workspace admin or owner can choose the stewards with /nearmiss settings.'
    : `Only the stewards can change this. They are ${stewards}.`;
}
