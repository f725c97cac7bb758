import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { option, plainText, selectInput, textInput, typed } from '../platform/blocks.ts';
import { metadata, SUBJECT } from '../platform/view-metadata.ts';
import { entered } from '../platform/view-values.ts';
import { morePlace } from './more-stories.ts';

export const PREVIEW_VIEWS = { hold: 'hold_until', leaveOut: 'leave_out', reword: 'wording' } as const;

const NEXT_WEEK = 'next_week';
const FOR_GOOD = 'for_good';

/** *Hold* asks until when. */
export function holdView(digestId: string, suggested: string): ModalView {
  return {
    type: 'modal',
    callback_id: PREVIEW_VIEWS.hold,
    title: plainText('Hold the digest'),
    submit: plainText('Hold'),
    close: plainText('Cancel'),
    private_metadata: SUBJECT.write({ id: digestId }),
    blocks: [
      typed('It is posted then, at the usual time, unless somebody publishes it before.'),
      {
        type: 'input',
        block_id: 'until',
        label: plainText('Until when?'),
        element: { type: 'datepicker', action_id: 'until', initial_date: suggested },
      },
    ],
  };
}

/** The day chosen in *Hold*, as `YYYY-MM-DD`. */
export function readHold(view: Pick<ViewOutput, 'state'>): string | undefined {
  return entered(view).date('until');
}

const inPreview = z.strictObject({ id: z.string(), nearMissId: z.string(), more: morePlace.optional() });

/** A story in the preview of the digest with this id, and the page it was pressed on, if it was. */
export type InPreview = z.infer<typeof inPreview>;
export const IN_PREVIEW = metadata(inPreview);

/**
 * *Leave one out*: for next week or for good, with a line that reaches whoever shared it, unless nobody knows
 * who that is.
 */
export function leaveOutView(story: InPreview, hasReporter: boolean): ModalView {
  return {
    type: 'modal',
    callback_id: PREVIEW_VIEWS.leaveOut,
    title: plainText('Leave this out'),
    submit: plainText('Leave it out'),
    close: plainText('Cancel'),
    private_metadata: IN_PREVIEW.write(story),
    blocks: [
      {
        ...selectInput(
          'until',
          { label: 'When may it be in a digest?' },
          [option(NEXT_WEEK, 'Next week'), option(FOR_GOOD, 'Not in a digest')],
          NEXT_WEEK,
        ),
        optional: false,
      },
      hasReporter
        ? textInput(
            'line',
            {
              label: 'A line to the person who shared it',
              hint: 'They read it, with your name. Nobody else does.',
            },
            { required: true, max: 500 },
          )
        : typed('It was shared without a name, so nobody can be told.'),
    ],
  };
}

/** Undefined when a line was asked for and says nothing. */
export function readLeaveOut(
  view: Pick<ViewOutput, 'state'>,
): { forGood: boolean; line: string } | undefined {
  const values = entered(view);
  const line = values.has('line') ? values.text('line') : '';
  return line === undefined ? undefined : { forGood: values.chosen('until') === FOR_GOOD, line };
}

/** *Propose a wording*: the digest carries it if whoever shared it agrees. */
export function wordingView(story: InPreview, words: string): ModalView {
  return {
    type: 'modal',
    callback_id: PREVIEW_VIEWS.reword,
    title: plainText('Propose a wording'),
    submit: plainText('Send'),
    close: plainText('Cancel'),
    private_metadata: IN_PREVIEW.write(story),
    blocks: [
      textInput(
        'wording',
        {
          label: 'How could the digest tell it?',
          hint: 'The person who shared it is asked. Without their yes their own words stay.',
        },
        { value: words, required: true },
      ),
    ],
  };
}

/** Undefined when it says nothing. */
export function readWording(view: Pick<ViewOutput, 'state'>): string | undefined {
  return entered(view).text('wording');
}
