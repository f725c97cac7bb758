import type { AnyBlock } from '@slack/types';
import { z } from 'zod';
import { isZone, timeInWords } from '../../calendar.ts';
import type { Place } from '../../domain/access/place.ts';
import type { Tier } from '../../domain/near-miss.ts';
import { context, formattedContext, inline } from '../platform/blocks.ts';
import { READINGS, type ReadThread } from './read-thread.ts';

export const threadNoteSchema = z.strictObject({
  /** Read whole or in part; otherwise only the one message was there. */
  reading: z.enum(READINGS),
  messages: z.number(),
  people: z.number(),
  /** In words, in the zone of whoever shares. */
  started: z.string(),
  participants: z.array(z.string()),
  alert: z.string().optional(),
});

/** What a thread said, carried along in the modal: nothing of it is stored before Save. */
export type ThreadNote = z.infer<typeof threadNoteSchema>;

/** What was read, in the words it is carried along in. `said` is the zone Slack has of whoever shares. */
export function threadNote(
  { reading, facts }: ReadThread,
  said: string | undefined,
  now: number,
): ThreadNote {
  const zone = said !== undefined && isZone(said) ? said : undefined;
  return {
    reading,
    messages: facts.messages,
    people: facts.people,
    started: timeInWords(facts.startedAt, zone ?? 'UTC', now) + (zone === undefined ? ' UTC' : ''),
    participants: facts.participants,
    alert: facts.alert,
  };
}

/** Where the words in the first box come from; the message that was picked may be any in its thread. */
export function summaryHint(thread: ThreadNote | undefined): string {
  if (thread === undefined)
    return 'One or two sentences is enough. Roles rather than names make it easier to share.';
  return thread.reading === 'read'
    ? 'Taken from the first message. Make it yours.'
    : 'Taken from the message you picked. Make it yours.';
}

/** How much was read, or why it was not and what would help; under Nobody, that nothing of it is kept. */
export function threadLine(
  { thread, place }: { thread?: ThreadNote | undefined; place?: Place | undefined },
  tier: Tier,
  app: string,
): AnyBlock[] {
  if (thread === undefined) return [];
  if (tier === 'unattributed')
    return [context('Nothing is kept from the thread except the words in the first box.')];
  if (thread.reading === 'late')
    return [context('There was no time to read the thread. Only the message you picked was read.')];
  if (thread.reading !== 'read') {
    // An app cannot be invited to a direct message, and one that was not granted it, or finds none, may well be there.
    if (place?.kind === 'direct' || thread.reading !== 'refused')
      return [context('Only the message you picked could be read. Everything else works without it.')];
    return [
      formattedContext(
        `Only the message you picked could be read. To include the thread, invite the app with \`/invite @${inline(app)}\`. Everything else works without it.`,
      ),
    ];
  }
  const counted = `${count(thread.messages, 'message', 'messages')}, ${count(thread.people, 'person', 'people')}`;
  return [
    context(
      `From the thread: ${counted}, started ${thread.started}. You choose what to keep in the next step.`,
    ),
  ];
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
