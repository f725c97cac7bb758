import type { DigestState, Freezing, KeptDigest, KeptPart, Part } from '../domain/digests.ts';
import type { OutboxKind, OutboxRow } from '../domain/outbox.ts';
import type { Connection } from './database.ts';
import { digestParts, digestPreviews, digests } from './digest-schema.ts';
import { and, asc, desc, eq, isNull, sql } from './drizzle.ts';
import { outboxWriterIn, previewLane } from './outbox-writer.ts';

/** The rows of digests and their messages, inside somebody else's transaction. Private to storage. */
export type DigestRows = {
  byId: (teamId: string, id: string) => KeptDigest | undefined;
  hasWeek: (teamId: string, week: string) => boolean;
  /** The one that closed last; undefined before the first. */
  latest: (teamId: string) => KeptDigest | undefined;
  insert: (freezing: Freezing, of: { state: DigestState; from: number }) => void;
  parts: (digestId: string) => KeptPart[];
  part: (digestId: string, position: number) => KeptPart | undefined;
  /** Puts these in place of what was rendered before. */
  putParts: (digestId: string, parts: Part[]) => void;
  /** A part, or a preview of one, stands somewhere: what follows it may go. */
  stands: (row: OutboxRow, channelId: string, ts: string, now: number) => void;
  /** The parent first; the others follow when it stands. */
  startPublishing: (id: string, now: number) => void;
  /** The same in the messages of each of these stewards. */
  startPreviews: (digest: { id: string; teamId: string }, stewards: string[], now: number) => void;
  /** They go; where somebody published by hand, the parent of each stays and says who. */
  removePreviews: (digest: Pick<KeptDigest, 'id'>, now: number) => void;
};

/** Stewards look at it, or hold it back. */
export function isOpen({ state }: Pick<KeptDigest, 'state'>): boolean {
  return state === 'preview' || state === 'held';
}

export function digestRowsIn(connection: Connection): DigestRows {
  const { db } = connection;
  const outbox = outboxWriterIn(connection);
  const thePart = (digestId: string, position: number) =>
    and(eq(digestParts.digestId, digestId), eq(digestParts.position, position));

  function rowOf(id: string) {
    return db.select().from(digests).where(eq(digests.id, id)).get();
  }

  function parts(digestId: string): KeptPart[] {
    return db
      .select()
      .from(digestParts)
      .where(eq(digestParts.digestId, digestId))
      .orderBy(asc(digestParts.position))
      .all()
      .map(toPart);
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
    for (const { position } of parts(digestId)) {
      if (position === 0) continue;
      if (kind === 'digest_part') send(row, position, now);
      else if (personId !== undefined) preview(row, position, personId, now);
    }
  }

  function preview(
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
    digest: typeof digests.$inferSelect,
    { digestId, personId, position, channelId, ts }: typeof digestPreviews.$inferInsert,
    now: number,
  ): void {
    const { teamId, state, decidedBy } = digest;
    if (position !== 0 || state !== 'published' || decidedBy === null)
      return remove(digest, channelId, ts, now);
    const row = { teamId, lane: previewLane(personId), personId, digestId, position };
    outbox.put({ ...row, kind: 'preview_change', dueAt: now, now });
  }

  return {
    parts,
    byId(teamId, id) {
      const row = rowOf(id);
      return row?.teamId === teamId ? toDigest(row) : undefined;
    },
    hasWeek(teamId, week) {
      const ofWeek = and(eq(digests.teamId, teamId), eq(digests.week, week));
      return db.select({ id: digests.id }).from(digests).where(ofWeek).get() !== undefined;
    },
    latest(teamId) {
      const ofTeam = eq(digests.teamId, teamId);
      const row = db.select().from(digests).where(ofTeam).orderBy(desc(digests.closedAt)).limit(1).get();
      return row && toDigest(row);
    },
    insert(freezing, { state, from: fromAt }) {
      const { id, teamId, week = null, closedAt, publishAt, zone, channelId, replies } = freezing;
      db.insert(digests)
        .values({ id, teamId, week, state, fromAt, closedAt, publishAt, zone, channelId, replies })
        .run();
    },
    part(digestId, position) {
      const row = db.select().from(digestParts).where(thePart(digestId, position)).get();
      return row && toPart(row);
    },
    putParts(digestId, rendered) {
      db.delete(digestParts).where(eq(digestParts.digestId, digestId)).run();
      for (const [position, { kind, nearMissId = null, variants }] of rendered.entries()) {
        db.insert(digestParts)
          .values({ digestId, position, kind, nearMissId, variants: JSON.stringify(variants) })
          .run();
      }
    },
    stands({ kind, digestId, position, personId }, channelId, ts, now) {
      if (digestId === undefined || position === undefined) return;
      if (kind === 'preview_part' && personId !== undefined) {
        const { changes } = db
          .insert(digestPreviews)
          .values({ digestId, personId, position, channelId, ts })
          .onConflictDoNothing()
          .run();
        const row = rowOf(digestId);
        // Asked for while the first was on its way: one is enough.
        if (row !== undefined && changes === 0) return remove(row, channelId, ts, now);
        // It was on its way when a steward published.
        if (row !== undefined && !isOpen(row))
          return takeAway(row, { digestId, personId, position, channelId, ts }, now);
      }
      if (kind === 'digest_part') {
        const isOutOfDate =
          db.select().from(digestParts).where(thePart(digestId, position)).get()?.variants === '[]';
        const { changes } = db
          .update(digestParts)
          .set({ ts, variants: '[]' })
          .where(and(thePart(digestId, position), isNull(digestParts.ts)))
          .run();
        if (changes === 0) return;
        // A story in it changed while nobody knew where it stood.
        if (isOutOfDate) change(digestId, position, now);
      }
      if (position === 0) follow(digestId, kind, personId, now);
    },
    startPublishing(id, now) {
      const row = rowOf(id);
      if (row !== undefined) send(row, 0, now);
    },
    startPreviews(digest, stewards, now) {
      for (const personId of stewards) preview(digest, 0, personId, now);
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
}

export function toDigest(row: typeof digests.$inferSelect): KeptDigest {
  return {
    id: row.id,
    teamId: row.teamId,
    week: row.week ?? undefined,
    state: row.state,
    from: row.fromAt,
    closedAt: row.closedAt,
    publishAt: row.publishAt,
    zone: row.zone,
    channelId: row.channelId,
    replies: row.replies,
    decidedBy: row.decidedBy ?? undefined,
    decision: row.decision ?? undefined,
  };
}

function toPart(row: typeof digestParts.$inferSelect): KeptPart {
  return {
    digestId: row.digestId,
    position: row.position,
    kind: row.kind,
    nearMissId: row.nearMissId ?? undefined,
    variants: JSON.parse(row.variants) as unknown[],
    ts: row.ts ?? undefined,
  };
}
