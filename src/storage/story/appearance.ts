import {
  type InDigest,
  type Posted,
  postedAt,
  waitsForDigest as waits,
} from '../../domain/story/appearance.ts';
import type { Db, Tx } from '../database.ts';
import { digestParts, digests } from '../digest/digest-schema.ts';
import { and, eq, sql } from '../drizzle.ts';
import { nearMisses, outbox, workspaces } from '../schema.ts';
import { keptOf, type Row } from './near-miss-rows.ts';

/** A row of near-misses whose digest was published. */
export const isInPublished = sql`exists (select 1 from digests where digests.id = ${nearMisses.digestId} and digests.team_id = ${nearMisses.teamId} and digests.state = 'published')`;

/** A row of near-misses for which `waitsForDigest` says no. */
export const isNotWaiting = sql`(${isInPublished} or ${nearMisses.notForDigest} = 1 or ${nearMisses.cardChannelId} is not null
  or not exists (select 1 from digest_definitions where digest_definitions.team_id = ${nearMisses.teamId}))`;

const digestOf = (db: Db) =>
  db
    .select({
      isSetUp: sql<number>`exists (select 1 from digest_definitions where digest_definitions.team_id = ${workspaces.teamId})`,
      state: digests.state,
      ts: digestParts.ts,
    })
    .from(workspaces)
    .leftJoin(
      digests,
      and(eq(digests.teamId, workspaces.teamId), eq(digests.id, sql.placeholder('digestId'))),
    )
    .leftJoin(digestParts, and(eq(digestParts.digestId, digests.id), eq(digestParts.position, 0)))
    .where(eq(workspaces.teamId, sql.placeholder('teamId')))
    .prepare();

const cardOf = (db: Db) =>
  db
    .select({ state: outbox.state })
    .from(outbox)
    .where(
      and(
        eq(outbox.nearMissId, sql.placeholder('id')),
        eq(outbox.teamId, sql.placeholder('teamId')),
        eq(outbox.kind, 'card'),
      ),
    )
    .prepare();

/** Does this near-miss wait for the digest before anybody else may see it? */
export function waitsForDigest(tx: Tx, row: Row): boolean {
  return waits(keptOf(row), inDigest(tx, row));
}

/** Where the words of this near-miss are posted. */
export function postedOf(tx: Tx, row: Row): Posted {
  return postedAt(keptOf(row), tx.prepared(cardOf).get(row)?.state, inDigest(tx, row));
}

function inDigest(tx: Tx, row: Row): InDigest {
  const found = tx.prepared(digestOf).get(row);
  return {
    isSetUp: found?.isSetUp === 1,
    isLeftOut: row.notForDigest === 1,
    isPublished: found?.state === 'published',
    isFound: found?.ts != null,
  };
}
