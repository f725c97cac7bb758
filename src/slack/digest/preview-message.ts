import type { KnownBlock } from '@slack/types';
import { dayInWords } from '../../calendar.ts';
import type { DigestSettings } from '../../domain/digest/digest.ts';
import type { KeptDigest, KeptPart } from '../../domain/digest/kept-digest.ts';
import { actions, button, context, escapeText, paragraph, richText } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';
import { DIGEST_ACTIONS, PRESSES } from './digest-story.ts';

export const PREVIEW_ACTIONS = {
  publish: 'publish_digest',
  hold: 'hold_digest',
  leaveOut: 'leave_one_out',
  reword: 'propose_wording',
} as const;

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
  const day = dayInWords(digest.publishAt, digest.zone, digest.closedAt);
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
