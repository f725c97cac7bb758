import type { AnyBlock, KnownBlock } from '@slack/types';
import {
  type Adoption,
  type Digest,
  howNoticed,
  NOTICED_IN_SHORT,
  parentWords,
  titleOf,
  wordsIn,
} from '../domain/digest.ts';
import type { Part, PressCounts } from '../domain/digests.ts';
import { type NearMiss, nameOf } from '../domain/near-miss.ts';
import { bullets, button, context, escapeText, fit, paragraph, richText } from './blocks.ts';
import { actions, dayShared, type Message, sharedBy, withdrawnWords } from './card.ts';
import { HOME_ACTIONS } from './home.ts';
import { heading, type Names, peopleNamed, wholeStory } from './story.ts';

export const DIGEST_ACTIONS = {
  learned: 'learned_something',
  use: 'could_use_this',
  seen: 'seen_this_too',
  more: 'more_stories',
  stillTrue: 'still_true',
  changed: 'it_changed',
} as const;

/** Under the buttons of a story. */
export const PRESSES = 'The number of presses is shown, never who pressed.';

export const NOBODY_PRESSED: PressCounts = { learned: 0, seen: 0, use: 0 };

/**
 * Everything a digest posts, in order: the parent, how things were noticed, the stories, what was borrowed. A story
 * of somebody whose name was not asked for is drawn when it is sent.
 */
export function digestParts(
  digest: Digest,
  { replies, names, id }: { replies: number; names: Names; id: string },
): Part<Message>[] {
  const shown = digest.stories.slice(0, replies);
  const rest = digest.stories.length - shown.length;
  return [
    { kind: 'parent', variants: [digestParent(digest)] },
    ...noticedPart(digest.stories),
    ...shown.map(
      (story): Part<Message> => ({
        kind: 'story',
        nearMissId: story.id,
        variants: peopleNamed(story).every((personId) => names.has(personId))
          ? [digestStory(story, digest.zone, names)]
          : [],
      }),
    ),
    ...(rest > 0 ? [{ kind: 'more' as const, variants: [moreMessage(rest, id)] }] : []),
    ...(digest.borrowed.length > 0
      ? [{ kind: 'borrowed' as const, variants: [borrowedMessage(digest.borrowed)] }]
      : []),
  ];
}

/** The parent carries what is worth borrowing: most people never open the thread. */
export function digestParent(digest: Digest): Message {
  const words = parentWords(
    digest,
    digest.stories.reduce((sum, story) => sum + wordsIn(story), 0),
  );
  const lines = words.lines.map((line) => fit(line, 600));
  const count = digest.stories.length;
  return {
    text: escapeText(`${words.title}: ${count === 1 ? '1 story' : `${count} stories`}`),
    blocks: [
      richText(
        paragraph({ bold: `${words.title}\n` }, words.counts),
        ...(words.heading === undefined ? [] : [paragraph({ bold: `\n${words.heading}` })]),
        bullets(lines),
        ...(words.more === undefined ? [] : [paragraph(words.more)]),
      ),
      actions(button(HOME_ACTIONS.share, 'Share a near-miss')),
    ],
  };
}

/** When everything in it was withdrawn, narrowed or left out since: its words go, the message stays. */
export function emptiedParent(digest: Pick<Digest, 'from' | 'to' | 'zone'>): Message {
  const words = `${titleOf(digest)}: its stories are no longer shown here.`;
  return { text: escapeText(words), blocks: [richText(paragraph(words))] };
}

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
export function storyToPress(story: NearMiss, zone: string, names: Names, counts: PressCounts): KnownBlock[] {
  return [
    wholeStory(story, names, true),
    context(smallPrint(story, zone, names)),
    actions(
      pressButton(DIGEST_ACTIONS.learned, 'I learned something', story.id, counts.learned),
      pressButton(DIGEST_ACTIONS.use, 'We could use this', story.id, counts.use),
      pressButton(DIGEST_ACTIONS.seen, "I've seen this too", story.id, counts.seen),
    ),
  ];
}

function pressButton(actionId: string, words: string, id: string, count: number) {
  return button(actionId, count === 0 ? words : `${words} (${count})`, id);
}

function smallPrint(story: NearMiss, zone: string, names: Names): string {
  return [sharedBy(story, names), dayShared(story, zone)].filter((part) => part !== undefined).join(' · ');
}

/** A story that is withdrawn, or for fewer people than the digest's: its words go. */
export function blankedStory(story: NearMiss): Message {
  const words =
    story.withdrawnAt === undefined
      ? `${nameOf(story) ?? 'This story'} is no longer shown here.`
      : withdrawnWords(story);
  return { text: words, blocks: [richText(paragraph(words))] };
}

type Chart = {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'bar';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[] };
  };
};

/** How these were noticed, as a chart; where Slack has none, as a table, and where it has none of these, in words. */
export function noticedPart(stories: NearMiss[]): Part<Message>[] {
  const counted = howNoticed(stories).slice(0, 8);
  if (counted.length === 0) return [];
  const title = 'How these were noticed';
  const rows = counted.map(({ kind, count }) => ({ label: NOTICED_IN_SHORT[kind], value: count }));
  const text = `${title}: ${rows.map(({ label, value }) => `${label} ${value}`).join(', ')}`;
  const chart: Chart = {
    type: 'data_visualization',
    title,
    chart: {
      type: 'bar',
      series: [{ name: 'Near-misses', data: rows }],
      axis_config: { categories: rows.map(({ label }) => label) },
    },
  };
  const forms: AnyBlock[][] = [
    [chart],
    [richText(paragraph({ bold: title })), noticedTable(rows)],
    [richText(paragraph({ bold: title }), bullets(rows.map(({ label, value }) => `${label}: ${value}`)))],
  ];
  return [{ kind: 'chart', variants: forms.map((blocks) => ({ text, blocks: blocks as KnownBlock[] })) }];
}

function noticedTable(rows: { label: string; value: number }[]): KnownBlock {
  const cell = (text: string) => ({ type: 'raw_text' as const, text });
  return {
    type: 'table',
    rows: [
      [cell('Noticed by'), cell('Near-misses')],
      ...rows.map(({ label, value }) => [cell(label), cell(String(value))]),
    ],
  };
}

const NO_MORE = 'No more stories are in this digest.';

/** How many stories have no message of their own, and the way to them. */
export function moreMessage(count: number, digestId: string): Message {
  if (count === 0) return { text: NO_MORE, blocks: [richText(paragraph(NO_MORE))] };
  const words =
    count === 1 ? 'One more story is in this digest.' : `${count} more stories are in this digest.`;
  return {
    text: words,
    blocks: [richText(paragraph(words)), actions(button(DIGEST_ACTIONS.more, 'More', `${digestId}:0`))],
  };
}

const MOST_BORROWED = 20;

/** What other teams use now. */
export function borrowedMessage(borrowed: Adoption[]): Message {
  const title = 'Borrowed since last week';
  const lines = borrowed
    .slice(0, MOST_BORROWED)
    .map(({ team, sentence, nearMissName }) =>
      fit(`${team} now uses: ${sentence}. From ${nearMissName}.`, 400),
    );
  const hidden = borrowed.length - lines.length;
  const shown = hidden > 0 ? [...lines, `and ${hidden} more`] : lines;
  return {
    text: escapeText(`${title}: ${borrowed.length}`),
    blocks: [richText(paragraph({ bold: title }), bullets(shown))],
  };
}

/** Where what was borrowed stood, once it was taken back. */
export function nothingBorrowed(): Message {
  const words = 'What was borrowed is no longer shown here.';
  return { text: words, blocks: [richText(paragraph(words))] };
}

/** A quiet week's one story from an earlier digest, if that was chosen. */
export function archiveMessage(story: NearMiss, zone: string, names: Names): Message {
  const title = `From the archive: ${heading(story)}`;
  return {
    text: escapeText(title),
    blocks: [
      wholeStory(story, names, true, title),
      context(smallPrint(story, zone, names)),
      richText(paragraph('Is this still true?')),
      actions(
        button(DIGEST_ACTIONS.stillTrue, 'Still true', story.id),
        button(DIGEST_ACTIONS.changed, 'It changed', story.id),
      ),
    ],
  };
}
