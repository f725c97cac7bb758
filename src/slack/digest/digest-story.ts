import type { KnownBlock } from '@slack/types';
import type { Press, PressCounts } from '../../domain/digest/kept-digest.ts';
import { type NearMiss, nameOf } from '../../domain/near-miss.ts';
import { dayShared, sharedBy, withdrawnWords } from '../card/card.ts';
import { actions, button, context, escapeText, fit, paragraph, richText } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';
import type { Names } from '../platform/people.ts';
import { heading, wholeStory } from '../story/whole-story.ts';

/** What readers of a digest can press. */
export const DIGEST_ACTIONS = {
  learned: 'learned_something',
  use: 'could_use_this',
  seen: 'seen_this_too',
  more: 'more_stories',
  stillTrue: 'still_true',
  changed: 'it_changed',
} as const;

export const PRESS_LABELS = {
  learned: 'I learned something',
  use: 'We could use this',
  seen: "I've seen this too",
} as const;

/** Under the buttons of a story. */
export const PRESSES = 'The number of presses is shown, never who pressed.';

export const NOBODY_PRESSED: PressCounts = { learned: 0, seen: 0, use: 0 };

/** One near-miss: a line for each of the five kinds of learning, and what readers can press. */
export function digestStory(
  story: NearMiss,
  zone: string,
  names: Names,
  counts: PressCounts = NOBODY_PRESSED,
): Message {
  return {
    text: escapeText(`${heading(story)}: ${fit(story.summary, 300)}`),
    blocks: [...storyToPress(story, zone, names, counts), context(PRESSES)],
  };
}

/** The same without what is said about all presses. */
export function storyToPress(
  story: NearMiss,
  zone: string,
  names: Names,
  counts: PressCounts,
  now?: number,
): KnownBlock[] {
  return [
    wholeStory(story, names, true),
    context(smallPrint(story, names, { zone, now })),
    actions(
      pressButton('learned', story.id, counts),
      pressButton('use', story.id, counts),
      pressButton('seen', story.id, counts),
    ),
  ];
}

function pressButton(press: Press, id: string, counts: PressCounts) {
  const [words, count] = [PRESS_LABELS[press], counts[press]];
  return button(DIGEST_ACTIONS[press], count === 0 ? words : `${words} (${count})`, id);
}

function smallPrint(story: NearMiss, names: Names, when: { zone: string; now?: number | undefined }): string {
  return [sharedBy(story, names), dayShared(story, when)].filter((part) => part !== undefined).join(' · ');
}

/** A story that is withdrawn, or for fewer people than the digest's: its words go. */
export function blankedStory(story: NearMiss): Message {
  const words =
    story.withdrawnAt === undefined
      ? `${nameOf(story) ?? 'This story'} is no longer shown here.`
      : withdrawnWords(story);
  return { text: words, blocks: [richText(paragraph(words))] };
}

/** A quiet week's one story from an earlier digest, if that was chosen. */
export function archiveMessage(story: NearMiss, zone: string, names: Names, now: number): Message {
  const title = `From the archive: ${heading(story)}`;
  return {
    text: escapeText(title),
    blocks: [
      wholeStory(story, names, true, title),
      context(smallPrint(story, names, { zone, now })),
      richText(paragraph('Is this still true?')),
      actions(
        button(DIGEST_ACTIONS.stillTrue, 'Still true', story.id),
        button(DIGEST_ACTIONS.changed, 'It changed', story.id),
      ),
    ],
  };
}
