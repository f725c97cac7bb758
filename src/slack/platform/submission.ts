import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Surroundings } from '../surroundings.ts';

/** What a listener to a modal that was sent works with. */
export type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

export const NOT_SAVED =
  'This could not be saved just now. Your words are still here. Please press Save again in a moment.';
/** Where the button is not called Save. */
export const NOT_SAVED_YET =
  'This could not be saved just now. What you entered is still here. Please press the button again in a moment.';
export const ANSWERS_NOT_SAVED =
  'These answers could not be saved just now. They are still here. Please press the button again in a moment. The near-miss itself is safe.';

/** Under a box that was sent too late. */
const WITHDRAWN =
  'This near-miss was withdrawn, so your words were not saved. They are still here: copy them if you would like to share them again.';

/**
 * What was saved; or what was in the way, in words, for under a box: the person keeps what they typed. The work
 * ends in nothing where the near-miss was withdrawn meanwhile; where it fails, the log has the cause.
 */
export async function saveOr<Result>(
  app: Surroundings,
  notSaved: string,
  work: () => Promise<Result | undefined>,
): Promise<{ saved: Result } | { problem: string }> {
  try {
    const saved = await work();
    return saved === undefined ? { problem: WITHDRAWN } : { saved };
  } catch (error) {
    app.log.error({ error }, 'something somebody sent could not be saved');
    return { problem: notSaved };
  }
}

/** Where an error about the whole of a view is shown: Slack takes errors for inputs only. */
export function firstInput(view: ViewSubmitAction['view']): string {
  return view.blocks.find(({ type }) => type === 'input')?.block_id ?? '';
}
