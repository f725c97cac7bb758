import type { ViewOutput } from '@slack/bolt';
import type { App } from '../workspace.ts';
import { sayingModal } from './modal.ts';

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

/** Is there anything to type or choose in it? */
export function hasInputs({ blocks }: Pick<ViewOutput, 'blocks'>): boolean {
  return blocks.some(({ type }) => type === 'input');
}

/** The answer to a modal that stays, with what was typed; where there is nothing to type, one that says the words. */
export function staysOpen(view: ViewOutput, words: string) {
  // Slack takes errors for inputs only.
  const input = view.blocks.find(({ type }) => type === 'input')?.block_id;
  return input === undefined
    ? { response_action: 'update' as const, view: sayingModal(view.title.text, words) }
    : { response_action: 'errors' as const, errors: { [input]: words } };
}
