import type { ViewSubmitAction } from '@slack/bolt';
import type { App } from '../workspace.ts';

export const NOT_SAVED =
  'This could not be saved just now. Your words are still here. Please press Save again in a moment.';
/** Where the button is not called Save. */
export const NOT_SAVED_YET =
  'This could not be saved just now. What you entered is still here. Please press the button again in a moment.';

/** What is said where something was not saved: because that failed, or because what it was about is gone. */
export type Unsaved = { failed: string; gone?: string };

/**
 * What was saved; or what was in the way, in words, for under a box: the person keeps what they typed. The work
 * ends in nothing where what it was about went meanwhile; where it fails, the log has the cause.
 */
export async function saveOr<Result>(
  { log }: App,
  { failed, gone = failed }: Unsaved,
  work: () => Promise<Result | undefined>,
): Promise<{ saved: Result } | { problem: string }> {
  try {
    const saved = await work();
    return saved === undefined ? { problem: gone } : { saved };
  } catch (error) {
    log.error({ error }, 'something somebody sent could not be saved');
    return { problem: failed };
  }
}

/** Where an error about the whole of a view is shown: Slack takes errors for inputs only. */
export function firstInput(view: ViewSubmitAction['view']): string {
  return view.blocks.find(({ type }) => type === 'input')?.block_id ?? '';
}
