import type { DigestState, Freezing, KeptDigest, KeptPart } from '../../domain/digest/kept-digest.ts';
import type { Part } from '../../domain/digest/parts.ts';
import type { Tx } from '../database.ts';
import { and, asc, desc, eq } from '../drizzle.ts';
import { digestParts, digests } from './digest-schema.ts';

/** Undefined where the workspace has none of this id. */
export function digestById({ db }: Tx, teamId: string, id: string): KeptDigest | undefined {
  const row = db.select().from(digests).where(theDigest(teamId, id)).get();
  return row && toDigest(row);
}

/** Has the definition one of this week already? */
export function hasDigestOfWeek({ db }: Tx, { teamId, definitionId }: Freezing, week: string): boolean {
  const ofDefinition = and(eq(digests.teamId, teamId), eq(digests.definitionId, definitionId));
  const ofWeek = and(ofDefinition, eq(digests.week, week));
  return db.select({ id: digests.id }).from(digests).where(ofWeek).get() !== undefined;
}

/** The one that closed last; undefined before the first. */
export function latestDigest({ db }: Tx, teamId: string): KeptDigest | undefined {
  const ofTeam = eq(digests.teamId, teamId);
  const row = db.select().from(digests).where(ofTeam).orderBy(desc(digests.closedAt)).limit(1).get();
  return row && toDigest(row);
}

/** A digest as it closes, without its messages. Throws where there is one of its id or week. */
export function insertDigest({ db }: Tx, freezing: Freezing, of: { state: DigestState; from: number }): void {
  const { id, teamId, definitionId, week = null, previewDueAt = null, closedAt, publishAt } = freezing;
  const { zone, channelId, sharedOutside, replies } = freezing;
  const when = { week, previewDueAt, fromAt: of.from, closedAt, publishAt, zone };
  db.insert(digests)
    .values({ id, teamId, definitionId, state: of.state, channelId, sharedOutside, replies, ...when })
    .run();
}

/** Sets these columns, of a digest that is there. */
export function changeDigest(
  { db }: Tx,
  { teamId, id }: Pick<KeptDigest, 'teamId' | 'id'>,
  changes: Partial<typeof digests.$inferInsert>,
): void {
  db.update(digests).set(changes).where(theDigest(teamId, id)).run();
}

/** The messages of a digest in order. */
export function partsOfDigest({ db }: Tx, teamId: string, digestId: string): KeptPart[] {
  const ofDigest = and(eq(digestParts.teamId, teamId), eq(digestParts.digestId, digestId));
  return db.select().from(digestParts).where(ofDigest).orderBy(asc(digestParts.position)).all().map(toPart);
}

/** One message of a digest, by its place. */
export function partAt({ db }: Tx, teamId: string, digestId: string, position: number): KeptPart | undefined {
  const row = db.select().from(digestParts).where(thePart({ teamId, digestId, position })).get();
  return row && toPart(row);
}

/** Puts these in place of the messages a digest had before. */
export function putParts(
  { db }: Tx,
  { teamId, id: digestId }: Pick<KeptDigest, 'teamId' | 'id'>,
  parts: Part[],
): void {
  db.delete(digestParts)
    .where(and(eq(digestParts.teamId, teamId), eq(digestParts.digestId, digestId)))
    .run();
  for (const [position, { kind, nearMissId = null }] of parts.entries()) {
    db.insert(digestParts).values({ teamId, digestId, position, kind, nearMissId }).run();
  }
}

function theDigest(teamId: string, id: string) {
  return and(eq(digests.teamId, teamId), eq(digests.id, id));
}

/** One message of a digest, as a condition. */
export function thePart({
  teamId,
  digestId,
  position,
}: Pick<KeptPart, 'digestId' | 'position'> & { teamId: string }) {
  return and(
    eq(digestParts.teamId, teamId),
    eq(digestParts.digestId, digestId),
    eq(digestParts.position, position),
  );
}

/** A row in the words of the domain. */
export function toDigest(row: typeof digests.$inferSelect): KeptDigest {
  return {
    id: row.id,
    teamId: row.teamId,
    definitionId: row.definitionId,
    week: row.week ?? undefined,
    previewDueAt: row.previewDueAt ?? undefined,
    state: row.state,
    from: row.fromAt,
    closedAt: row.closedAt,
    publishAt: row.publishAt,
    zone: row.zone,
    channelId: row.channelId,
    sharedOutside: row.sharedOutside,
    replies: row.replies,
    decidedBy: row.decidedBy ?? undefined,
    decision: row.decision ?? undefined,
  };
}

function toPart({ digestId, position, kind, nearMissId, ts }: typeof digestParts.$inferSelect): KeptPart {
  return { digestId, position, kind, nearMissId: nearMissId ?? undefined, ts: ts ?? undefined };
}
