import { type Reached } from '../story/choices.ts';

/** What an invitation, a review and *Who can see this* begin with: whether it reached anyone. */
export function reachedSentence(reached: Reached | undefined): string {
  if (reached === 'no')
    return 'Nobody who relies on this was affected, and there is still a lot to learn from it.';
  if (reached === 'briefly') {
    return 'This reached people for a short while and was stopped, and there is a lot to learn from how.';
  }
  return 'As far as we know, nobody who relies on this was affected, and there is still a lot to learn from it.';
}

/** The same on a card; nothing where nobody said. */
export function reachedOnCard(reached: Reached | undefined): string | undefined {
  if (reached === 'no') return 'Nobody who relies on this was affected';
  return reached === 'briefly' ? 'Reached people for a short while' : undefined;
}

const TAKING_PART =
  'We want to know how it looked from where you were, with what you knew then, and what went right. We look at how the work fits together, not for someone at fault. Taking part is your choice: skip any question, and change or withdraw your own words whenever you like. The app does not count near-misses per person.';

/** The disclaimer to everyone who takes part, without who can see it. */
export function disclaimer(reached: Reached | undefined): string {
  return `${reachedSentence(reached)} ${TAKING_PART}`;
}
