import type { DigestState, Freezing, KeptDigest, KeptPart, Part } from '../../domain/digest/kept-digest.ts';
import type { Connection } from '../database.ts';
import { and, asc, desc, eq } from '../drizzle.ts';
import { oncePerFile } from '../once-per-file.ts';
import { digestParts, digests } from './digest-schema.ts';

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
};

export const digestRowsIn = oncePerFile(({ db }: Connection): DigestRows => {
  return {
    byId(teamId, id) {
      const row = db.select().from(digests).where(eq(digests.id, id)).get();
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
      const { id, teamId, week = null, previewDueAt = null, closedAt, publishAt } = freezing;
      const { zone, channelId, replies } = freezing;
      db.insert(digests)
        .values({
          id,
          teamId,
          week,
          previewDueAt,
          state,
          fromAt,
          closedAt,
          publishAt,
          zone,
          channelId,
          replies,
        })
        .run();
    },
    parts(digestId) {
      return db
        .select()
        .from(digestParts)
        .where(eq(digestParts.digestId, digestId))
        .orderBy(asc(digestParts.position))
        .all()
        .map(toPart);
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
  };
});

/** One message of a digest, as a condition. */
export function thePart(digestId: string, position: number) {
  return and(eq(digestParts.digestId, digestId), eq(digestParts.position, position));
}

/** A row in the words of the domain. */
export function toDigest(row: typeof digests.$inferSelect): KeptDigest {
  return {
    id: row.id,
    teamId: row.teamId,
    week: row.week ?? undefined,
    previewDueAt: row.previewDueAt ?? undefined,
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
