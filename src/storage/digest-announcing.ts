import { isOpen, type KeptDigest } from '../domain/digests.ts';
import type { OutboxKind, OutboxRow } from '../domain/outbox.ts';
import type { Connection } from './database.ts';
import { digestRowsIn, thePart } from './digest-rows.ts';
import { digestParts, digestPreviews, digests } from './digest-schema.ts';
import { and, eq, isNull, sql } from './drizzle.ts';
import { oncePerFile } from './once-per-file.ts';
import { outboxWriterIn, previewLane } from './outbox-writer.ts';
import { settingsIn } from './workspaces.ts';

/** What of a digest goes into the outbox, inside somebody else's transaction. Private to storage. */
export type DigestAnnouncing = {
  /** A part, or a preview of one, stands somewhere: what follows it may go. */
  stands: (row: OutboxRow, channelId: string, ts: string, now: number) => void;
  /** The parent first; the others follow when it stands. */
  startPublishing: (id: string, now: number) => void;
  /** The same in the messages of each of these stewards. */
  startPreviews: (digest: { id: string; teamId: string }, stewards: string[], now: number) => void;
  /** They go; where somebody published by hand, the parent of each stays and says who. */
  removePreviews: (digest: Pick<KeptDigest, 'id'>, now: number) => void;
  /** Somebody is a steward no longer: what was to be decided about goes from their messages. */
  takePreviewsFrom: (teamId: string, personId: string, now: number) => void;
};

type Row = typeof digests.$inferSelect;
type Preview = typeof digestPreviews.$inferInsert;

export const digestAnnouncingIn = oncePerFile((connection: Connection): DigestAnnouncing => {
  const { db } = connection;
  const rows = digestRowsIn(connection);
  const outbox = outboxWriterIn(connection);
  const settings = settingsIn(connection);

  function rowOf(id: string): Row | undefined {
    return db.select().from(digests).where(eq(digests.id, id)).get();
  }

  function send(
    digest: { id: string; teamId: string; channelId: string },
    position: number,
    now: number,
  ): void {
    const { id: digestId, teamId, channelId } = digest;
    outbox.put({ teamId, kind: 'digest_part', lane: channelId, digestId, position, dueAt: now, now });
  }

  function change(digestId: string, position: number, now: number): void {
    const row = rowOf(digestId);
    if (row === undefined) return;
    const { teamId, channelId: lane } = row;
    outbox.put({ teamId, kind: 'digest_change', lane, digestId, position, dueAt: now, now });
  }

  /** Replies go only once it is known where their parent stands. */
  function follow(digestId: string, kind: OutboxKind, personId: string | undefined, now: number): void {
    const row = rowOf(digestId);
    if (row === undefined) return;
    for (const { position } of rows.parts(digestId)) {
      if (position === 0) continue;
      if (kind === 'digest_part') send(row, position, now);
      else if (personId !== undefined) sendPreview(row, position, personId, now);
    }
  }

  function sendPreview(
    { id: digestId, teamId }: { id: string; teamId: string },
    position: number,
    personId: string,
    now: number,
  ): void {
    const row = { teamId, lane: previewLane(personId), personId, digestId, position };
    outbox.put({ ...row, kind: 'preview_part', dueAt: now, now });
  }

  /** Takes a preview away. */
  function remove(
    { id: digestId, teamId }: { id: string; teamId: string },
    channelId: string,
    ts: string,
    now: number,
  ): void {
    outbox.put({ teamId, kind: 'card_removal', lane: channelId, digestId, channelId, ts, dueAt: now, now });
  }

  /** Of a preview that somebody published the parent stays, and says who. */
  function takeAway(
    digest: Row,
    { digestId, personId, position, channelId, ts }: Preview,
    now: number,
  ): void {
    const { teamId, state, decidedBy } = digest;
    if (position !== 0 || state !== 'published' || decidedBy === null)
      return remove(digest, channelId, ts, now);
    const row = { teamId, lane: previewLane(personId), personId, digestId, position };
    outbox.put({ ...row, kind: 'preview_change', dueAt: now, now });
  }

  function isForThem(teamId: string, personId: string): boolean {
    const { stewards, formerStewards = [] } = settings.of(teamId);
    return stewards.includes(personId) && !formerStewards.some(({ id }) => id === personId);
  }

  /** It goes as if it had never been there: who is a steward again may see it again. */
  function takeFrom(digest: Row, { personId, position, channelId, ts }: Preview, now: number): void {
    remove(digest, channelId, ts, now);
    db.delete(digestPreviews)
      .where(
        and(
          eq(digestPreviews.digestId, digest.id),
          eq(digestPreviews.personId, personId),
          eq(digestPreviews.position, position),
        ),
      )
      .run();
  }

  /** @returns whether its replies may follow. */
  function previewStands(preview: Preview, now: number): boolean {
    const { changes } = db.insert(digestPreviews).values(preview).onConflictDoNothing().run();
    const row = rowOf(preview.digestId);
    if (row === undefined) return true;
    // Asked for while the first was on its way: one is enough.
    if (changes === 0) remove(row, preview.channelId, preview.ts, now);
    // It was on its way to somebody who is a steward no longer.
    else if (isOpen(row) && !isForThem(row.teamId, preview.personId)) takeFrom(row, preview, now);
    // It was on its way when a steward published.
    else if (!isOpen(row)) takeAway(row, preview, now);
    else return true;
    return false;
  }

  /** @returns whether its replies may follow: not a second time. */
  function partStands(digestId: string, position: number, ts: string, now: number): boolean {
    const isOutOfDate =
      db.select().from(digestParts).where(thePart(digestId, position)).get()?.variants === '[]';
    const { changes } = db
      .update(digestParts)
      .set({ ts, variants: '[]' })
      .where(and(thePart(digestId, position), isNull(digestParts.ts)))
      .run();
    if (changes === 0) return false;
    // A story in it changed while nobody knew where it stood.
    if (isOutOfDate) change(digestId, position, now);
    return true;
  }

  return {
    stands({ kind, digestId, position, personId }, channelId, ts, now) {
      if (digestId === undefined || position === undefined) return;
      if (kind === 'preview_part' && personId !== undefined) {
        if (!previewStands({ digestId, personId, position, channelId, ts }, now)) return;
      }
      if (kind === 'digest_part' && !partStands(digestId, position, ts, now)) return;
      if (position === 0) follow(digestId, kind, personId, now);
    },
    startPublishing(id, now) {
      const row = rowOf(id);
      if (row !== undefined) send(row, 0, now);
    },
    startPreviews(digest, stewards, now) {
      for (const personId of stewards) sendPreview(digest, 0, personId, now);
    },
    removePreviews({ id }, now) {
      const digest = rowOf(id);
      if (digest === undefined) return;
      const shown = db
        .select()
        .from(digestPreviews)
        .where(eq(digestPreviews.digestId, id))
        .orderBy(sql`${digestPreviews.position} desc`)
        .all();
      for (const one of shown) takeAway(digest, one, now);
    },
    takePreviewsFrom(teamId, personId, now) {
      const theirs = eq(digestPreviews.personId, personId);
      const repliesFirst = sql`${digestPreviews.position} desc`;
      for (const preview of db.select().from(digestPreviews).where(theirs).orderBy(repliesFirst).all()) {
        const digest = rowOf(preview.digestId);
        if (digest?.teamId === teamId && isOpen(digest)) takeFrom(digest, preview, now);
      }
    },
  };
});
