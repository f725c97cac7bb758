import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { DigestSettings } from '../domain/digest.ts';
import type { KeptDigest, KeptPart } from '../domain/digests.ts';
import { dayInWords } from '../domain/schedule.ts';
import {
  button,
  context,
  escapeText,
  option,
  paragraph,
  plainText,
  richText,
  selectInput,
  textInput,
  typed,
} from './blocks.ts';
import { actions, type Message } from './card.ts';
import { DIGEST_ACTIONS, PRESSES } from './digest-message.ts';
import type { MorePlace } from './more-stories.ts';
import { entered } from './state-values.ts';

export const PREVIEW_ACTIONS = {
  publish: 'publish_digest',
  hold: 'hold_digest',
  leaveOut: 'leave_one_out',
  reword: 'propose_wording',
} as const;
export const PREVIEW_VIEWS = { hold: 'hold_until', leaveOut: 'leave_out', reword: 'wording' } as const;

const NEXT_WEEK = 'next_week';
const FOR_GOOD = 'for_good';

/** What happened to a preview since. */
export type PreviewNews = {
  /** Who decided. */
  by?: string | undefined;
  /** Was this story left out, and by whom, as far as somebody did it? */
  isOut?: boolean;
  leftOutBy?: string | undefined;
  /** None of its stories is left: what is posted instead. */
  instead?: DigestSettings['quietWeek'] | undefined;
};

/** A message of a digest as stewards see it first: marked, and with what they can do. */
export function previewOf(
  message: Message,
  digest: KeptDigest,
  part: KeptPart,
  news: PreviewNews = {},
): Message {
  const shown = withoutPresses(message.blocks);
  return {
    text: `Preview. ${message.text}`,
    blocks: [
      ...(part.position === 0 ? [richText(paragraph({ bold: 'Preview' }))] : []),
      ...shown,
      ...(part.position === 0 ? parentButtons(digest, news) : []),
      ...(part.kind === 'story' && part.nearMissId !== undefined
        ? storyButtons(digest.id, part.nearMissId, news)
        : []),
    ],
  };
}

/** A story behind *More*, as stewards see it first. */
export function previewOfStory(blocks: KnownBlock[], digestId: string, nearMissId: string): KnownBlock[] {
  return [...withoutPresses(blocks), ...storyButtons(digestId, nearMissId, {})];
}

function withoutPresses(blocks: KnownBlock[]): KnownBlock[] {
  return blocks.filter((block) => !isForReaders(block));
}

/** What only makes sense where it is published: its buttons, but not the one that shows more of it. */
function isForReaders(block: KnownBlock): boolean {
  if (block.type === 'context')
    return block.elements.some((element) => 'text' in element && element.text === PRESSES);
  return block.type === 'actions' && !block.elements.some(({ action_id: id }) => id === DIGEST_ACTIONS.more);
}

/** What a preview becomes when somebody publishes it. */
export function publishedPreview(by: string): Message {
  const words = `${by} published this digest.`;
  return { text: escapeText(words), blocks: [richText(paragraph(words))] };
}

const NOTHING_LEFT =
  'Nothing is posted: none of its stories is left. What is shared from now on comes in the next digest.';

function parentButtons(digest: KeptDigest, { by, instead }: PreviewNews): KnownBlock[] {
  const day = dayInWords(digest.publishAt, digest.zone);
  if (instead === 'nothing') return [context(NOTHING_LEFT)];
  const publish = { ...button(PREVIEW_ACTIONS.publish, 'Publish now', digest.id), style: 'primary' as const };
  if (digest.state === 'held') {
    return [context(`${by ?? 'A steward'} holds it until ${day}.`), actions(publish)];
  }
  return [
    context(
      instead === 'archive'
        ? `None of its stories is left. On ${day} one from the archive is posted, if there is one.`
        : `It is posted on ${day} if nobody does anything.`,
    ),
    actions(publish, button(PREVIEW_ACTIONS.hold, 'Hold', digest.id)),
  ];
}

function storyButtons(digestId: string, nearMissId: string, { isOut, leftOutBy }: PreviewNews): KnownBlock[] {
  if (isOut === true)
    return [context(`Left out of this digest${leftOutBy === undefined ? '' : ` by ${leftOutBy}`}.`)];
  return [
    actions(
      button(PREVIEW_ACTIONS.leaveOut, 'Leave this out', `${digestId}:${nearMissId}`),
      button(PREVIEW_ACTIONS.reword, 'Propose a wording', `${digestId}:${nearMissId}`),
    ),
  ];
}

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

/** The day chosen in *Hold*, as `YYYY-MM-DD`. */
export function readHold(view: Pick<ViewOutput, 'state' | 'private_metadata'>): {
  digestId: string;
  day: string | undefined;
} {
  const { id: digestId } = JSON.parse(view.private_metadata) as { id: string };
  return { digestId, day: entered(view).date('until') };
}
