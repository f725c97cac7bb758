import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Telling } from '../../domain/near-miss.ts';
import { LONGEST_ANSWER } from '../../domain/story/questions.ts';
import { fit, LIMITS, plainText, section, textInput } from '../platform/blocks.ts';
import { SUBJECT } from '../platform/view-metadata.ts';
import { entered } from '../platform/view-values.ts';
import { MOST_PEOPLE } from './question-inputs.ts';

export const MADE_POSSIBLE = 'share_made_possible';

/** After people were chosen: what each of them made possible, one box per person. */
export function madePossible(
  id: string,
  people: { personId: string; name: string; words?: string | undefined }[],
): ModalView {
  return {
    type: 'modal',
    callback_id: MADE_POSSIBLE,
    title: plainText('What did they do?'),
    submit: plainText('Add to the story'),
    close: plainText('Done'),
    notify_on_close: true,
    private_metadata: SUBJECT.write({ id }),
    blocks: [
      section('Kept. One line for each, if you like.'),
      ...people.slice(0, MOST_PEOPLE).map(({ personId, name, words }, at) =>
        textInput(
          personId,
          {
            label: whatDid(name),
            ...(at === 0 && { hint: 'For example: could release outside the window, knew the supplier.' }),
          },
          { value: words, max: LONGEST_ANSWER },
        ),
      ),
    ],
  };
}

/** A label people can take in at a glance, however long the name. */
function whatDid(name: string): string {
  const room = LIMITS.label - 'What did  make possible?'.length;
  return `What did ${fit(name, room)} make possible?`;
}

/** What each person made possible, over the telling there is. */
export function readMadePossible(view: Pick<ViewOutput, 'state'>, before: Telling): Telling {
  const values = entered(view);
  const keyPlayers = before.keyPlayers.map((player) =>
    values.has(player.personId) ? { ...player, madePossible: values.text(player.personId) } : player,
  );
  return { ...before, keyPlayers };
}
