import { type Digests, isOpen, type KeptDigest, type LeftOut } from '../../domain/digest/kept-digest.ts';
import type { NearMiss } from '../../domain/near-miss.ts';
import { noticesTo } from '../../domain/outbox/after-settling.ts';
import { stillStewards } from '../../domain/stewards/standing.ts';
import { postQuietCards } from '../card/quiet-cards.ts';
import type { Connection, Tx } from '../database.ts';
import { and, desc, eq, isNotNull, lte, sql } from '../drizzle.ts';
import { put } from '../outbox/put.ts';
import { nearMisses } from '../schema.ts';
import { letIn, putRoomRight } from '../waiting-room/doors.ts';
import { changeSettings, settingsOf } from '../workspaces.ts';
import { startPreviews } from './announce-digest.ts';
import { putClockRight } from './clock-ahead.ts';
import { digestAsItIsNow, holdDigest, leaveStoryOut, publishDigest } from './digest-decisions.ts';
import { digestById, partAt, partsOfDigest, toDigest } from './digest-rows.ts';
import { digestLines, digestPreviews, digests } from './digest-schema.ts';
import {
  digestStory,
  dueStories,
  firstDigestGoesBackTo,
  fromTheArchive,
  leaveOlder,
} from './digest-stories.ts';
import { freezeDigest } from './freeze-digest.ts';

type Args<Name extends keyof Digests> = Parameters<Digests[Name]>[0];

/** Digests as the rest of the app asks for them, each change in one transaction. */
export function digestsPort(connection: Connection): Digests {
  const { write } = connection;
  return {
    last: async (teamId) => lastSlot(connection, teamId),
    putClockRight: async (of) => putRoomRight(connection, of.now) + putClockRight(connection, of),
    async next(teamId, closedAt) {
      letIn(connection, closedAt);
      return dueStories(connection, teamId, closedAt);
    },
    async hasSomething(teamId, closedAt, quietWeek) {
      letIn(connection, closedAt);
      return hasSomething(connection, teamId, closedAt, quietWeek);
    },
    async showQuietCards(of) {
      letIn(connection, of.now);
      write((tx) => showQuietCards(tx, of));
    },
    async freeze(freezing) {
      letIn(connection, freezing.closedAt);
      return write((tx) => freezeDigest(tx, freezing));
    },
    byId: async (teamId, id) => digestById(connection, teamId, id),
    due: async (teamId, now) => dueDigests(connection, teamId, now),
    open: async (teamId) => openDigest(connection, teamId),
    openWith: async (teamId, nearMissId) => openDigestWith(connection, teamId, nearMissId),
    async publish(of) {
      letIn(connection, of.now);
      return write((tx) => publishDigest(tx, of));
    },
    hold: async (of) => write((tx) => holdDigest(tx, of)),
    leaveOut: async (of) => write((tx) => leaveStoryOut(tx, of)),
    parts: async (teamId, digestId) => partsOfDigest(connection, teamId, digestId),
    part: async (teamId, digestId, position) => partAt(connection, teamId, digestId, position),
    behindMore: async (digest) => behindMore(connection, digest),
    story: async (teamId, nearMissId) => digestStory(connection, teamId, nearMissId),
    asItIsNow: async (digest) => digestAsItIsNow(connection, digest),
    lineFor: async (of) => lineFor(connection, of),
    showPreviews: async (of) => write((tx) => startPreviews(tx, of, of.stewards, of.now)),
    previews: async (of) => previewsFor(connection, of),
    noteChannel: async (of) => write((tx) => noteChannel(tx, of)),
  };
}

function lastSlot({ db }: Tx, teamId: string): Awaited<ReturnType<Digests['last']>> {
  const ofTeam = and(eq(digests.teamId, teamId), isNotNull(digests.week));
  const row = db.select().from(digests).where(ofTeam).orderBy(desc(digests.week)).limit(1).get();
  return row?.week == null ? undefined : { week: row.week, closedAt: row.closedAt };
}

function hasSomething(
  tx: Tx,
  ...[teamId, closedAt, quietWeek]: Parameters<Digests['hasSomething']>
): boolean {
  if (dueStories(tx, teamId, closedAt).length > 0) return true;
  return quietWeek === 'archive' && fromTheArchive(tx, teamId) !== undefined;
}

/** As with a digest: whoever shared one before the first one was told that nothing is posted. */
function showQuietCards(tx: Tx, of: Args<'showQuietCards'>): void {
  const first = firstDigestGoesBackTo(tx, of.teamId, of.closedAt);
  if (first !== undefined) leaveOlder(tx, of.teamId, first);
  postQuietCards(tx, of, []);
}

/** In the words of the partial index digests_open. */
const OPEN_DIGEST = sql`state in ('preview', 'held')`;

function dueDigests({ db }: Tx, teamId: string, now: number): KeptDigest[] {
  const due = and(eq(digests.teamId, teamId), OPEN_DIGEST, lte(digests.publishAt, now));
  return db.select().from(digests).where(due).orderBy(digests.closedAt).all().map(toDigest);
}

function openDigest({ db }: Tx, teamId: string): KeptDigest | undefined {
  const open = and(eq(digests.teamId, teamId), OPEN_DIGEST);
  const row = db.select().from(digests).where(open).orderBy(desc(digests.closedAt)).limit(1).get();
  return row && toDigest(row);
}

function openDigestWith(tx: Tx, teamId: string, nearMissId: string): KeptDigest | undefined {
  const chosenFor = tx.db
    .select({ id: nearMisses.digestId })
    .from(nearMisses)
    .where(and(eq(nearMisses.teamId, teamId), eq(nearMisses.id, nearMissId)))
    .get();
  const digest = chosenFor?.id == null ? undefined : digestById(tx, teamId, chosenFor.id);
  return digest !== undefined && isOpen(digest) ? digest : undefined;
}

function behindMore(tx: Tx, digest: KeptDigest): NearMiss[] {
  const shown = new Set(partsOfDigest(tx, digest.teamId, digest.id).map(({ nearMissId }) => nearMissId));
  return digestAsItIsNow(tx, digest).stories.filter(({ id }) => !shown.has(id));
}

function lineFor({ db }: Tx, { teamId, digestId, nearMissId }: Args<'lineFor'>): LeftOut | undefined {
  const ofStory = and(
    eq(digestLines.teamId, teamId),
    eq(digestLines.digestId, digestId),
    eq(digestLines.nearMissId, nearMissId),
  );
  const row = db.select().from(digestLines).where(ofStory).get();
  return row && { by: row.stewardId, line: row.line, forGood: row.forGood };
}

function previewsFor({ db }: Tx, { teamId, digestId, personId }: Args<'previews'>) {
  const theirs = and(
    eq(digestPreviews.teamId, teamId),
    eq(digestPreviews.digestId, digestId),
    eq(digestPreviews.personId, personId),
  );
  return db.select().from(digestPreviews).where(theirs).orderBy(digestPreviews.position).all();
}

function noteChannel(tx: Tx, { teamId, channelId, canPost, now }: Args<'noteChannel'>): void {
  const { refusedChannel, ...settings } = settingsOf(tx, teamId);
  if (refusedChannel === (canPost ? undefined : channelId)) return;
  changeSettings(tx, teamId, { refusedChannel: canPost ? undefined : channelId });
  if (canPost) return;
  const stewards = stillStewards(settings);
  for (const notice of noticesTo({ stewards }, { says: 'channel_refused' })) put(tx, { teamId, now }, notice);
}
