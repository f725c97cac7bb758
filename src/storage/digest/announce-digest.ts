import { isOpen, type KeptDigest } from '../../domain/digest/kept-digest.ts';
import type { OutboxRow } from '../../domain/outbox/outbox.ts';
import type { Connection } from '../database.ts';
import { and, eq, isNull, sql } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { put } from '../outbox/put.ts';
import { digestRowsIn, thePart } from './digest-rows.ts';
import { digestParts, digestPreviews, digests } from './digest-schema.ts';

/** What of a digest goes into the outbox, inside somebody else's transaction. Private to storage. */
export type DigestAnnouncing = {
  /** A part, or a preview of one, stands somewhere: what follows it may go. */
  stands: (
    row: OutboxRow<'digest_part' | 'preview_part'>,
    channelId: string,
    ts: string,
    now: number,
  ) => void;
  /** The parent first; the others follow when it stands. */
  startPublishing: (id: string, now: number) => void;
  /** The same in the messages of each of these stewards. */
  startPreviews: (digest: { id: string; teamId: string }, stewards: string[], now: number) => void;
  /** They go; where somebody published by hand, the parent of each stays and says who. */
  removePreviews: (digest: Pick<KeptDigest, 'id'>, now: number) => void;
};

type Row = typeof digests.$inferSelect;
type Preview = typeof digestPreviews.$inferInsert;

export const digestAnnouncingIn = oncePerFile((connection: Connection): DigestAnnouncing => {
  const { db } = connection;
  const rows = digestRowsIn(connection);

  function rowOf(id: string): Row | undefined {
    return db.select().from(digests).where(eq(digests.id, id)).get();
  }

  function send(
    digest: { id: string; teamId: string; channelId: string },
    position: number,
    now: number,
  ): void {
    const { id: digestId, teamId, channelId } = digest;
    put(connection, { teamId, now }, { kind: 'digest_part', digestId, position, channelId });
  }

  function change(digestId: string, position: number, now: number): void {
    const row = rowOf(digestId);
    if (row === undefined) return;
    const { teamId, channelId } = row;
    put(connection, { teamId, now }, { kind: 'digest_change', digestId, position, channelId });
  }

  /** Replies go only once it is known where their parent stands. */
  function follow(parent: OutboxRow<'digest_part' | 'preview_part'>, now: number): void {
    const { digestId } = parent;
    const row = rowOf(digestId);
    if (row === undefined) return;
    for (const { position } of rows.parts(digestId)) {
      if (position === 0) continue;
      if (parent.kind === 'digest_part') send(row, position, now);
      else sendPreview(row, position, parent.personId, now);
    }
  }

  function sendPreview(
    { id: digestId, teamId }: { id: string; teamId: string },
    position: number,
    personId: string,
    now: number,
  ): void {
    put(connection, { teamId, now }, { kind: 'preview_part', digestId, position, personId });
  }

  /** Takes a preview away. */
  function remove(
    { id: digestId, teamId }: { id: string; teamId: string },
    channelId: string,
    ts: string,
    now: number,
  ): void {
    put(connection, { teamId, now }, { kind: 'preview_removal', digestId, channelId, ts });
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
    put(connection, { teamId, now }, { kind: 'preview_change', digestId, position, personId });
  }

  /** @returns whether its replies may follow. */
  function previewStands(preview: Preview, now: number): boolean {
    const { changes } = db.insert(digestPreviews).values(preview).onConflictDoNothing().run();
    const row = rowOf(preview.digestId);
    if (row === undefined) return true;
    // Asked for while the first was on its way: one is enough.
    if (changes === 0) remove(row, preview.channelId, preview.ts, now);
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
    stands(row, channelId, ts, now) {
      const { digestId, position } = row;
      const mayFollow =
        row.kind === 'preview_part'
          ? previewStands({ digestId, personId: row.personId, position, channelId, ts }, now)
          : partStands(digestId, position, ts, now);
      if (mayFollow && position === 0) follow(row, now);
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
  };
});
