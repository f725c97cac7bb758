import type { AddedTelling, Audience, NearMiss, Tier } from '../near-miss.ts';

/**
 * Who is asking. `unknown` is somebody Slack would not tell us about just now; they read what is their own.
 * `channels` are the conversations they are in, of those that decide about what they ask for (`channelsDeciding`),
 * as far as the app can see.
 */
export type Viewer = {
  id: string;
  standing: 'member' | 'guest' | 'external' | 'unknown';
  channels: ReadonlySet<string>;
};

/** What the gate has to know of a near-miss. */
export type Readable = Pick<
  NearMiss,
  'tier' | 'audience' | 'reporterId' | 'conversation' | 'capturedAt' | 'waitsForDigest'
>;

const DAY = 24 * 60 * 60 * 1000;

/** Midnight UTC of the day `at` lies in: the finest time an unattributed near-miss keeps. */
export function dayOf(at: number): number {
  return at - (((at % DAY) + DAY) % DAY);
}

/** A time as a near-miss keeps it: where nobody is kept who shared it, no finer than the day. */
export function timeKept({ reporterId }: Pick<NearMiss, 'reporterId'>, at: number): number {
  return reporterId === undefined ? dayOf(at) : at;
}

/** A day is over at four in the morning, UTC: whoever goes on at midnight with what they began is done by then. */
const NIGHT = 4 * 60 * 60 * 1000;

/** When the day `at` lies in is over. */
export function endOfDay(at: number): number {
  return dayOf(at) + DAY + NIGHT;
}

/** What was shared before this belongs to a day that is over. */
export function overBefore(now: number): number {
  return dayOf(now - NIGHT);
}

/** When it counts as told. A nameless one told across midnight would say that it was shared shortly before it. */
export function toldOn(nearMiss: Pick<NearMiss, 'reporterId' | 'capturedAt'>, at: number): number {
  return nearMiss.reporterId === undefined ? nearMiss.capturedAt : at;
}

/**
 * May it appear to people other than its reporter yet? A named near-miss may at once. The others would give
 * their reporter away by the minute they turned up, so they wait until their day is over.
 */
export function hasRested({ tier, capturedAt }: Pick<Readable, 'tier' | 'capturedAt'>, now: number): boolean {
  return tier === 'named' || capturedAt < overBefore(now);
}

/** Has it? Where there is a digest, those whose name is not on them first appear there, or with their card. */
export function hasAppeared(
  nearMiss: Pick<Readable, 'tier' | 'capturedAt' | 'waitsForDigest'>,
  now: number,
): boolean {
  return hasRested(nearMiss, now) && nearMiss.waitsForDigest !== true;
}

/**
 * The gate. Every reading of a near-miss, on any surface, passes here. What cannot be shown to be allowed
 * is refused: an unknown viewer, a channel whose members the app cannot see, a guest, somebody from another
 * organisation. Stewards have no back door.
 */
export function mayRead(viewer: Viewer, nearMiss: Readable, now: number): boolean {
  if (nearMiss.reporterId !== undefined && nearMiss.reporterId === viewer.id) return true;
  if (viewer.standing !== 'member' || !hasAppeared(nearMiss, now)) return false;
  return isInAudience(viewer, nearMiss.audience, nearMiss.conversation?.id);
}

/**
 * The conversations whose members the gate has to know to answer for these, and to say which words others added are
 * theirs. What is for everyone, words and all, depends on none.
 */
export function channelsDeciding(
  nearMisses: (Pick<Readable, 'audience' | 'conversation'> & Partial<Pick<NearMiss, 'added'>>)[],
): Set<string> {
  const deciding = nearMisses.filter(
    ({ audience, added = [] }) =>
      audience === 'channel' || added.some(({ staysInChannel }) => staysInChannel === true),
  );
  return new Set(deciding.flatMap(({ conversation }) => conversation?.id ?? []));
}

/** May everyone in the workspace read it, once it has appeared? Of what was withdrawn there is nothing to read. */
export function isForEveryone({
  audience,
  withdrawnAt,
}: Pick<NearMiss, 'audience' | 'withdrawnAt'>): boolean {
  return audience === 'everyone' && withdrawnAt === undefined;
}

function isInAudience(viewer: Readers, audience: Audience, conversationId: string | undefined): boolean {
  if (audience === 'everyone') return true;
  return conversationId !== undefined && viewer.channels.has(conversationId);
}

/** Who reads on some surface: a person, or, without an id, whoever may be in these channels. */
type Readers = Pick<Viewer, 'id' | 'channels'>;

/** Whoever a digest is read by. */
export const ANYBODY: Readers = { id: '', channels: new Set() };

/**
 * A near-miss with those of the words others added that these readers may see. What was written under the promise
 * to stay in a channel is for its members, whoever wrote it, and the reporter, also once everyone may read the story.
 */
export function asReadBy(readers: Readers, nearMiss: NearMiss): NearMiss {
  const isTheirs = ({ authorId, staysInChannel }: AddedTelling) =>
    staysInChannel !== true ||
    readers.id === authorId ||
    readers.id === nearMiss.reporterId ||
    isInAudience(readers, 'channel', nearMiss.conversation?.id);
  return { ...nearMiss, added: nearMiss.added.filter(isTheirs) };
}

/** Only the person who shared it edits, narrows or withdraws. */
export function mayChange(viewerId: string, nearMiss: Pick<NearMiss, 'reporterId'>): boolean {
  return nearMiss.reporterId !== undefined && nearMiss.reporterId === viewerId;
}

/** May everyone who can read it also see who shared it? */
export function showsName(tier: Tier): boolean {
  return tier === 'named';
}

/** May a card be posted the moment it is saved? A card seconds later gives a quiet reporter away. */
export function mayPostCardNow(tier: Tier): boolean {
  return tier === 'named';
}

/**
 * Is who shared it kept at all, and with it the thread, the people and the time?
 * Where the people in a conversation would know anyway, the question is not asked.
 */
export function keepsReporter(tier: Tier): boolean {
  return tier !== 'unattributed';
}

/** Of the stewards at the time of sharing, those who still are and who may read the story: they can look up the name. */
export function whoCanLookUp<S extends { id: string; inConversation: boolean }>(
  audience: Audience,
  stewards: S[],
): S[] {
  return audience === 'everyone' ? stewards : stewards.filter(({ inConversation }) => inConversation);
}
