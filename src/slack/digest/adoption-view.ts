import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { plainText, textInput } from '../platform/blocks.ts';
import { metadata } from '../platform/view-metadata.ts';
import { entered } from '../platform/view-values.ts';
import { morePlace } from './more-stories.ts';

export const ADOPT = 'we_could_use_this';

const adoptionSubject = z.strictObject({
  id: z.string(),
  more: morePlace.optional(),
  channelId: z.string().optional(),
});

/** The near-miss, and where it was pressed: on a page behind *More*, or in the channel of a message. */
export type AdoptionSubject = z.infer<typeof adoptionSubject>;
export const ADOPTION_SUBJECT = metadata(adoptionSubject);

/** "We could use this" asks for two things, and becomes an adoption. `filled` is what stands in the boxes. */
export function adoptView(
  subject: AdoptionSubject,
  filled: { team?: string | undefined; sentence?: string | undefined } = {},
): ModalView {
  return {
    type: 'modal',
    callback_id: ADOPT,
    title: plainText('We could use this'),
    submit: plainText('Save'),
    close: plainText('Cancel'),
    private_metadata: ADOPTION_SUBJECT.write(subject),
    blocks: [
      {
        ...textInput('team', { label: 'Which team?' }, { required: true, focus: true }),
        element: {
          type: 'plain_text_input',
          action_id: 'team',
          max_length: 60,
          placeholder: plainText('Support'),
          ...(filled.team !== undefined && { initial_value: filled.team }),
        },
      },
      textInput(
        'sentence',
        {
          label: 'What do you use now?',
          hint: 'One sentence. The next digest tells it, with the name of your team.',
        },
        { value: filled.sentence, required: true, max: 300 },
      ),
    ],
  };
}

type ReadAdoption =
  | { adoption: { team: string; sentence: string } }
  /** Words under the box they are about. */
  | { errors: Record<string, string> };

/** What was typed, the sentence without its full stop: the digest goes on after it. */
export function readAdoption(view: Pick<ViewOutput, 'state'>): ReadAdoption {
  const values = entered(view);
  const team = values.text('team');
  const sentence = values.text('sentence')?.replace(/[.\s]+$/u, '');
  if (team === undefined) return { errors: { team: 'A few words are enough.' } };
  if (!sentence) return { errors: { sentence: 'A few words are enough.' } };
  return { adoption: { team, sentence } };
}
