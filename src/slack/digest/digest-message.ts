import { type Wider, widerWords } from '../../domain/access/promised-place.ts';
import { type Adoption, type Digest, parentWords, titleOf, wordsIn } from '../../domain/digest/digest.ts';
import { HOME_ACTIONS } from '../home/home-view.ts';
import { actions, bullets, button, escapeText, fit, paragraph, richText } from '../platform/blocks.ts';
import type { Message } from '../platform/message.ts';
import { DIGEST_ACTIONS } from './digest-story.ts';

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

/** A message that stands in front of people of another organisation, which nobody chose: its words go with its next change. */
export function withheldPart(why: Wider): Message {
  const words = `This is no longer shown here: ${widerWords(why, 'this channel')}.`;
  return { text: escapeText(words), blocks: [richText(paragraph(words))] };
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
      fit(`${team} now uses: ${sentence}.${nearMissName === '' ? '' : ` From ${nearMissName}.`}`, 400),
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
