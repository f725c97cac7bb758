import type { Digest } from '../../src/domain/digest/digest.ts';
import { type Part, partsOf } from '../../src/domain/digest/parts.ts';
import { noticedMessages } from '../../src/slack/digest/chart.ts';
import { borrowedMessage, digestParent, moreMessage } from '../../src/slack/digest/digest-message.ts';
import { digestStory } from '../../src/slack/digest/digest-story.ts';
import type { Message } from '../../src/slack/platform/message.ts';
import type { Names } from '../../src/slack/platform/people.ts';

/** A message of a digest in the forms that are tried one after another. */
export type Drawn = Part & { forms: Message[] };

/** Every message of a digest, in order, as it is drawn where nothing changed since. */
export function drawnDigest(
  digest: Digest,
  { replies, names, id }: { replies: number; names: Names; id: string },
): Drawn[] {
  return partsOf(digest, replies).map((part) => ({ ...part, forms: formsOf(part) }));

  function formsOf({ kind, nearMissId }: Part): Message[] {
    if (kind === 'parent') return [digestParent(digest)];
    if (kind === 'chart') return noticedMessages(digest.stories);
    if (kind === 'more') return [moreMessage(digest.stories.length - replies, id)];
    if (kind === 'borrowed') return [borrowedMessage(digest.borrowed)];
    const story = digest.stories.find((one) => one.id === nearMissId);
    return story === undefined ? [] : [digestStory(story, digest.zone, names)];
  }
}
