import { dayIn, instantOf, periodInWords } from '../../calendar.ts';
import { dayOf, hasRested, isForEveryone } from '../access/gate.ts';
import { allSaves, type NearMiss, nameOf } from '../near-miss.ts';
import { SIGNAL_KINDS, type SignalKind } from '../story/choices.ts';
import { ANSWER_IDS, question } from '../story/questions.ts';
import { shorten } from '../text/shorten.ts';
import type { Timetable } from './timetable.ts';

/** How a workspace wants its digest. */
export type DigestSettings = Timetable & {
  channelId: string;
  channelName: string;
  /** People of other organisations were there when the channel was chosen, and whoever chose it was told. */
  sharedOutside?: boolean | undefined;
  /** When it was first set up. */
  setUpAt: number;
  /** Since when it comes at this time of the week: no slot before is owed. */
  since: number;
  /** Minutes before the digest that stewards see it; absent: no preview. */
  previewMinutes?: number | undefined;
  quietWeek: 'nothing' | 'archive';
  /** So many stories stand in the thread as replies of their own, the rest behind *More*. */
  replies: number;
};

/** A digest that is set up: what each week's digest is one of. */
export type DigestDefinition = DigestSettings & { id: string };

export const DEFAULT_REPLIES = 30;
const A_DAY = 24 * 60 * 60 * 1000;
const FIRST_DIGEST_COVERS_DAYS = 7;

/** A team saying "we use this now". */
export type Adoption = { team: string; sentence: string; nearMissName: string };

/** What a digest says. The period is shown; what is in it was chosen when it closed. */
export type Digest = {
  from: number;
  to: number;
  zone: string;
  stories: NearMiss[];
  borrowed: Adoption[];
};

/** What may be published at that moment and was shared before it closed; who is in which digest the store knows. */
export function mayBePublished(
  nearMiss: Pick<NearMiss, 'tier' | 'audience' | 'capturedAt' | 'withdrawnAt'>,
  closedAt: number,
): boolean {
  return isForEveryone(nearMiss) && isInTime(nearMiss, closedAt);
}

/** Was it shared before a digest that closes then, and without a name on it on a day before? */
export function isInTime(nearMiss: Pick<NearMiss, 'tier' | 'capturedAt'>, closedAt: number): boolean {
  return nearMiss.capturedAt < closedAt && hasRested(nearMiss, closedAt);
}

/**
 * What was shared before this is older than the first digest goes back: seven days, and further if it comes late,
 * since whoever shared something after the digest was set up was told that it would be in it.
 */
export function firstDigestFrom(
  closedAt: number,
  { zone, setUpAt }: Pick<DigestSettings, 'zone' | 'setUpAt'>,
): number {
  const first = dayIn(closedAt, zone).subtract({ days: FIRST_DIGEST_COVERS_DAYS });
  return Math.min(instantOf(first, 0, zone), dayOf(setUpAt));
}

/**
 * The days a digest covers. One that closes on Monday morning is about the week up to Sunday, unless something in
 * it was shared on Monday already; and one an hour after another, or after the clock was set back, is about a day.
 */
export function periodOf(
  { from, closedAt }: { from: number; closedAt: number },
  stories: Pick<NearMiss, 'capturedAt'>[],
): { from: number; to: number } {
  const to = Math.max(closedAt - A_DAY, ...stories.map(({ capturedAt }) => capturedAt));
  return { from: Math.min(from, to), to };
}

/** Things worth borrowing first, since most people read only the beginning; then the newest. */
export function inDigestOrder(stories: NearMiss[]): NearMiss[] {
  const isWorthBorrowing = (story: NearMiss) => (practicesOf(story).length === 0 ? 1 : 0);
  return stories.toSorted(
    (one, other) => isWorthBorrowing(one) - isWorthBorrowing(other) || other.capturedAt - one.capturedAt,
  );
}

/** The sentences another team could act on this week: what whoever shared it would lend first, then what others would. */
export function practicesOf({ told, added }: NearMiss): string[] {
  return [told, ...added].flatMap(({ answers }) => answers.practice ?? []);
}

const MOST_LINES = 5;

/** The words of a digest's parent, before they become blocks. */
type ParentWords = { title: string; counts: string; heading?: string; lines: string[]; more?: string };

/** @param wordsInThread how much there is to read, for the minutes it takes. */
export function parentWords(digest: Digest, wordsInThread: number): ParentWords {
  const { stories } = digest;
  const practices = stories.flatMap((story) =>
    practicesOf(story).map((practice) => named(practice.replaceAll(/\s+/g, ' '), subjectOf(story))),
  );
  const lines = practices.length > 0 ? practices : stories.map(lineOf);
  const hidden = lines.length - MOST_LINES;
  return {
    title: titleOf(digest),
    counts: `${countsOf(stories.length, practices.length)} ${minutesToRead(wordsInThread)}; the ${stories.length === 1 ? 'story is' : 'stories are'} in the thread.`,
    ...(practices.length > 0 && { heading: 'Worth borrowing' }),
    lines: lines.slice(0, MOST_LINES),
    ...(hidden > 0 && { more: `and ${hidden} more in the thread` }),
  };
}

export function titleOf({ from, to, zone }: Omit<Digest, 'stories' | 'borrowed'>): string {
  return `What we learned from near-misses, ${periodInWords(from, to, zone)}`;
}

function countsOf(stories: number, practices: number): string {
  const told = stories === 1 ? '1 story' : `${stories} stories`;
  if (practices === 0) return `${told}.`;
  return `${told}, ${practices === 1 ? '1 thing' : `${practices} things`} worth borrowing.`;
}

const WORDS_A_MINUTE = 200;
const NUMBERS = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function minutesToRead(words: number): string {
  const minutes = Math.max(1, Math.ceil(words / WORDS_A_MINUTE));
  return minutes === 1 ? 'About a minute' : `About ${NUMBERS[minutes] ?? minutes} minutes`;
}

/** "NM-12, Invoices". */
function subjectOf(story: NearMiss): string {
  return [nameOf(story), story.system].filter((part) => part !== undefined).join(', ');
}

function lineOf(story: NearMiss): string {
  const words = shorten(story.summary.replaceAll(/\s+/g, ' '), 120);
  const about = story.system === undefined ? words : `${story.system}: ${words}`;
  return named(about, nameOf(story));
}

/** One without a number yet, and without a system, is told without a name. */
function named(words: string, name: string | undefined): string {
  return name === undefined || name === '' ? words : `${words} (${name})`;
}

/** How this digest's near-misses were noticed, most often first; the kinds nobody named are left out. */
export function howNoticed(stories: NearMiss[]): { kind: SignalKind; count: number }[] {
  const kinds = stories.map(
    ({ told, added }) => told.signal.kind ?? added.find(({ signal }) => signal.kind)?.signal.kind,
  );
  return SIGNAL_KINDS.map((kind) => ({ kind, count: kinds.filter((one) => one === kind).length }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count);
}

/** Fits a chart's labels, which hold twenty characters. */
export const NOTICED_IN_SHORT: Record<SignalKind, string> = {
  alert: 'An alert or alarm',
  dashboard: 'A dashboard',
  customer: 'A customer or caller',
  colleague: 'A colleague',
  routine_check: 'A routine check',
  feeling: 'A feeling',
  chance: 'By chance',
  other: 'Something else',
};

/** About how many words a story is to read in a digest. */
export function wordsIn(story: NearMiss): number {
  const texts = [
    story.summary,
    ...allSaves(story).map(({ text }) => text),
    ...[story.told, ...story.added].flatMap(({ answers, signal, keyPlayers }) => [
      ...ANSWER_IDS.map((id) => (question(id).onlyWhole === true ? '' : (answers[id] ?? ''))),
      signal.noticed ?? '',
      ...keyPlayers.map(({ madePossible }) => madePossible ?? ''),
    ]),
  ];
  return texts.join(' ').split(/\s+/).filter(Boolean).length;
}
