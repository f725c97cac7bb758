import { NOT_SAVED, type Unsaved } from '../platform/submission.ts';

/** Under a box that was sent too late. */
const WITHDRAWN =
  'This near-miss was withdrawn, so your words were not saved. They are still here: copy them if you would like to share them again.';

/** Of a near-miss, or a change to it, that was not saved. */
export const NEAR_MISS_UNSAVED: Unsaved = { failed: NOT_SAVED, gone: WITHDRAWN };

/** Of answers to questions about a near-miss that is there. */
export const ANSWERS_UNSAVED: Unsaved = {
  failed:
    'These answers could not be saved just now. They are still here. Please press the button again in a moment. The near-miss itself is safe.',
  gone: WITHDRAWN,
};
