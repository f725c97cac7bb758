import type { ActionsBlock } from '@slack/types';
import { dayInWords } from '../../calendar.ts';
import { reachedOnCard } from '../../domain/access/disclaimer.ts';
import { keepsReporter, showsName } from '../../domain/access/gate.ts';
import { type Wider, widerWords } from '../../domain/access/promised-place.ts';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import { shorten } from '../../domain/text/shorten.ts';
import {
  actions,
  bullets,
  button,
  context,
  escapeText,
  fit,
  option,
  paragraph,
  richText,
} from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';
import type { Names } from '../platform/people.ts';
import { heading, saveLines } from '../story/whole-story.ts';

export const CARD_ACTIONS = { tellMore: 'tell_more', more: 'card_more', readAll: 'read_all' } as const;
export const MORE_CHOICES = { whoCanSee: 'who_can_see', change: 'edit_or_withdraw' } as const;

const MOST_SAVES = 5;
const LONGEST = { story: 2500, save: 300, closeness: 1500, name: 100, notification: 120 };

/** The card: what others see of a near-miss where it happened, updated in place as the story grows. */
export function card(nearMiss: NearMiss, names: Names): Message {
  if (nearMiss.withdrawnAt !== undefined) return withdrawnCard(nearMiss);
  const lines = saveLines(nearMiss, names, LONGEST.save);
  const hidden = lines.length - MOST_SAVES;
  const small = smallPrint(nearMiss, names);
  return {
    text: notificationText(nearMiss),
    blocks: [
      richText(
        paragraph({ bold: `${heading(nearMiss)}\n` }, fit(nearMiss.summary, LONGEST.story)),
        ...wentRight(lines.slice(0, MOST_SAVES)),
      ),
      ...(hidden > 0 ? [actions(button(CARD_ACTIONS.readAll, `and ${hidden} more`, nearMiss.id))] : []),
      ...closeness(nearMiss),
      ...(small === '' ? [] : [context(small)]),
      nearMissButtons(nearMiss.id),
    ],
  };
}

function wentRight(lines: string[]) {
  if (lines.length === 0) {
    return [
      paragraph(
        '\nWhat went right has not been told yet. Were you there? ',
        { bold: 'Tell more' },
        ' takes a minute.',
      ),
    ];
  }
  return [paragraph({ bold: '\nWhat went right' }), bullets(lines)];
}

function closeness({ told }: NearMiss) {
  const words = told.answers.closeness;
  if (words === undefined) return [];
  return [richText(paragraph({ bold: 'How close it was\n' }, fit(words, LONGEST.closeness)))];
}

/** "Shared by Maria Lopez · Nobody who relies on this was affected": only what may be said. */
export function smallPrint(nearMiss: NearMiss, names: Names, now?: number): string {
  // A card without a name on it comes days later: it says the day it is about.
  const day = showsName(nearMiss.tier) ? undefined : dayShared(nearMiss, { now });
  return [sharedBy(nearMiss, names), reachedOnCard(nearMiss.reached), day]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** "Shared by Maria Lopez", where anyone may see the name. */
export function sharedBy(nearMiss: NearMiss, names: Names): string | undefined {
  const reporter = nearMiss.reporterId === undefined ? undefined : names.get(nearMiss.reporterId);
  return showsName(nearMiss.tier) && reporter !== undefined
    ? `Shared by ${fit(reporter, LONGEST.name)}`
    : undefined;
}

/**
 * The day it was shared; of one without a name only the day in UTC was ever kept. A card, or a message of its
 * digest, stands beside a date of its own; what is read at another time says the year by its `now`.
 */
export function dayShared(
  { tier, capturedAt }: NearMiss,
  { zone = 'UTC', now = capturedAt }: { zone?: string; now?: number | undefined },
): string {
  return dayInWords(capturedAt, keepsReporter(tier) ? zone : 'UTC', now);
}

/** One button and the menu; the same wherever a near-miss stands. */
export function nearMissButtons(id: string): ActionsBlock {
  return actions(button(CARD_ACTIONS.tellMore, 'Tell more', id), {
    type: 'overflow',
    action_id: CARD_ACTIONS.more,
    options: [
      option(`${MORE_CHOICES.whoCanSee}:${id}`, 'Who can see this'),
      option(`${MORE_CHOICES.change}:${id}`, 'Edit or withdraw'),
    ],
  });
}

/** What a notification shows, and a screen reader reads first. */
export function notificationText(nearMiss: NearMiss): string {
  const name = [nameOf(nearMiss), nearMiss.system].filter((part) => part !== undefined).join(', ');
  const words = shorten(nearMiss.summary.replaceAll(/\s+/g, ' '), LONGEST.notification);
  return escapeText(`${name === '' ? 'Near-miss' : `Near-miss ${name}`}: ${words}`);
}

/**
 * In front of more people than was promised it says nothing of the story, and those who may read it open it from
 * there: a card that only took up nothing new would keep what somebody takes out of their words.
 */
export function withheldCard(nearMiss: NearMiss, why: Wider): Message {
  const words = `${nameOf(nearMiss) ?? 'This near-miss'} is no longer shown here: ${widerWords(why, 'this conversation')}. Those who may read it find it under Read the story.`;
  const { elements } = nearMissButtons(nearMiss.id);
  return {
    text: escapeText(words),
    blocks: [
      richText(paragraph(words)),
      actions(button(CARD_ACTIONS.readAll, 'Read the story', nearMiss.id), ...elements),
    ],
  };
}

/** Rich text, as the card was: Slack refuses to put anything else in its place (`block_mismatch`). */
function withdrawnCard(nearMiss: NearMiss): Message {
  const words = withdrawnWords(nearMiss);
  return { text: words, blocks: [richText(paragraph(words))] };
}

export function withdrawnWords(nearMiss: Pick<NearMiss, 'number'>): string {
  return `${nameOf(nearMiss) ?? 'This near-miss'} was withdrawn. Its words have been removed.`;
}
