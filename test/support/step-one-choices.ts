import { inputOf } from './doing.ts';

/** What step 1 asks where no card can be posted. */
export const BUT_FOR_A_CARD = [
  'What nearly happened?',
  'Which system or process?',
  'Who may see that it was you?',
  'Who may read it?',
];

/** The value of what is chosen in an input. */
export const chosen = (view: Parameters<typeof inputOf>[0], block: string) =>
  (inputOf(view, block).selected_option as { value?: string } | undefined)?.value;

/** Whether a card is wanted. */
export const ticked = (view: Parameters<typeof inputOf>[0]) =>
  ((inputOf(view, 'card').selected_options ?? []) as unknown[]).length > 0;
