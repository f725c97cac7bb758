import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { option, plainText, selectInput, textInput, typed } from '../platform/blocks.ts';
import { entered } from '../platform/view-values.ts';
import type { MorePlace } from './more-stories.ts';

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
    private_metadata: JSON.stringify({ id: digestId }),
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
export function readHold(view: Pick<ViewOutput, 'state' | 'private_metadata'>): {
  digestId: string;
  day: string | undefined;
} {
  const { id: digestId } = JSON.parse(view.private_metadata) as { id: string };
  return { digestId, day: entered(view).date('until') };
}

/**
 * *Leave one out*: for next week or for good, with a line that reaches whoever shared it, unless nobody knows
 * who that is. `more` is the page it was pressed on, if it was.
 */
export function leaveOutView(
  digestId: string,
  nearMissId: string,
  { hasReporter, more }: { hasReporter: boolean; more: MorePlace | undefined },
): ModalView {
  return {
    type: 'modal',
    callback_id: PREVIEW_VIEWS.leaveOut,
    title: plainText('Leave this out'),
    submit: plainText('Leave it out'),
    close: plainText('Cancel'),
    private_metadata: JSON.stringify({ id: digestId, nearMissId, more }),
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

export type LeftOut = { digestId: string; nearMissId: string; forGood: boolean; line: string };

/** Undefined when a line was asked for and says nothing. */
export function readLeaveOut(view: Pick<ViewOutput, 'state' | 'private_metadata'>): LeftOut | undefined {
  const values = entered(view);
  const { id: digestId, nearMissId } = JSON.parse(view.private_metadata) as {
    id: string;
    nearMissId: string;
  };
  const line = values.has('line') ? values.text('line') : '';
  return line === undefined
    ? undefined
    : { digestId, nearMissId, forGood: values.chosen('until') === FOR_GOOD, line };
}

/** *Propose a wording*: the digest carries it if whoever shared it agrees. */
export function wordingView(digestId: string, nearMissId: string, words: string): ModalView {
  return {
    type: 'modal',
    callback_id: PREVIEW_VIEWS.reword,
    title: plainText('Propose a wording'),
    submit: plainText('Send'),
    close: plainText('Cancel'),
    private_metadata: JSON.stringify({ id: digestId, nearMissId }),
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
export function readWording(
  view: Pick<ViewOutput, 'state' | 'private_metadata'>,
): { nearMissId: string; digestId: string; wording: string } | undefined {
  const { id: digestId, nearMissId } = JSON.parse(view.private_metadata) as {
    id: string;
    nearMissId: string;
  };
  const wording = entered(view).text('wording');
  return wording === undefined ? undefined : { digestId, nearMissId, wording };
}
