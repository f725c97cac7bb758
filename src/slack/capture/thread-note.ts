import type { AnyBlock } from '@slack/types';
import { z } from 'zod';
import { isZone, timeInWords } from '../../calendar.ts';
import type { Place } from '../../domain/access/place.ts';
import { SOURCES } from '../../domain/capture/thread-facts.ts';
import type { Tier } from '../../domain/near-miss.ts';
import { context, formattedContext, inline } from '../platform/blocks.ts';
import { READINGS, type ReadThread } from './read-thread.ts';

export const threadNoteSchema = z.strictObject({
  /** Read whole or in part; otherwise only the one message was there. */
  reading: z.enum(READINGS),
  messages: z.number(),
  /** There are so many, or more; only where not all of them were read. */
  atLeast: z.number().optional(),
  people: z.number(),
  /** In words, in the zone of whoever shares. */
  started: z.string(),
  participants: z.array(z.string()),
  alert: z.string().optional(),
  wasAsked: z.literal(true).optional(),
  /** Where the words in the first box come from, and whose they are; nothing where there are none. */
  takenFrom: z.strictObject({ source: z.enum(SOURCES), personId: z.string().optional() }).optional(),
});

/** What a thread said, carried along in the modal: nothing of it is stored before Save. */
export type ThreadNote = z.infer<typeof threadNoteSchema>;

/** What was read, in the words it is carried along in. `said` is the zone Slack has of whoever shares. */
export function threadNote(
  { reading, facts, atLeast }: ReadThread,
  said: string | undefined,
  now: number,
): ThreadNote {
  const zone = said !== undefined && isZone(said) ? said : undefined;
  return {
    reading,
    messages: facts.messages,
    atLeast,
    people: facts.people,
    started: timeInWords(facts.startedAt, zone ?? 'UTC', now) + (zone === undefined ? ' UTC' : ''),
    participants: facts.participants,
    alert: facts.alert,
    wasAsked: facts.wasAsked,
    takenFrom: facts.takenFrom,
  };
}

const TAKEN_FROM: Record<(typeof SOURCES)[number], string> = {
  alert: 'the alert',
  first: 'the first message',
  reply: 'a reply',
};

/** Where the words in the first box come from; the message that was picked may be any in its thread. */
export function summaryHint(thread: ThreadNote | undefined): string {
  if (thread?.takenFrom === undefined)
    return 'One or two sentences is enough. Roles rather than names make it easier to share.';
  const from = thread.reading === 'read' ? TAKEN_FROM[thread.takenFrom.source] : 'the message you picked';
  return `Taken from ${from}. Make it yours.`;
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
  const { messages, atLeast, people } = thread;
  const part = atLeast === undefined ? '' : `${number(messages)} of at least `;
  const counted = `${part}${count(atLeast ?? messages, 'message', 'messages')}, ${count(people, 'person', 'people')}`;
  return [
    context(
      `From the thread: ${counted}, started ${thread.started}. You choose what to keep in the next step.`,
    ),
  ];
}

function count(n: number, one: string, many: string): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

const number = (n: number) => n.toLocaleString('en-GB');
