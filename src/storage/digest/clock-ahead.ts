import { timeKept } from '../../domain/access/gate.ts';
import type { Connection, Tx } from '../database.ts';
import { and, eq, gt, or, sql } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';
import { digestDefinitions, digests } from './digest-schema.ts';

type Of = { teamId: string; now: number };

/** A clock that is put right by less than this delays a digest by one week at most, and needs no mending. */
const AHEAD_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * What was dated by a clock that was far ahead would wait until that time comes: stories for their digest, and
 * every digest after one that closed then. It is dated now instead, since nobody knows better; an open digest is
 * due, and one that closed gives its week back.
 *
 * @returns how much was dated anew
 */
export function putClockRight(connection: Connection, of: Of): number {
  const isAhead = [digestsAhead, definitionsAhead, storiesAhead].some(
    (ahead) => ahead(connection, of).length > 0,
  );
  return isAhead ? connection.write((tx) => dateAnew(tx, of)) : 0;
}

function dateAnew(tx: Tx, of: Of): number {
  const { teamId, now } = of;
  const [those, definitions, stories] = [
    digestsAhead(tx, of),
    definitionsAhead(tx, of),
    storiesAhead(tx, of),
  ];
  for (const { id, fromAt } of those)
    tx.db
      .update(digests)
      .set({ closedAt: now, publishAt: now, fromAt: Math.min(fromAt, now), week: null })
      .where(and(eq(digests.teamId, teamId), eq(digests.id, id)))
      .run();
  for (const { id, setUpAt, since } of definitions)
    tx.db
      .update(digestDefinitions)
      .set({ setUpAt: Math.min(setUpAt, now), since: Math.min(since, now) })
      .where(and(eq(digestDefinitions.teamId, teamId), eq(digestDefinitions.id, id)))
      .run();
  for (const { id, reporterId } of stories)
    tx.db
      .update(nearMisses)
      .set({ capturedAt: timeKept({ reporterId: reporterId ?? undefined }, now) })
      .where(and(eq(nearMisses.teamId, teamId), eq(nearMisses.id, id)))
      .run();
  return those.length + definitions.length + stories.length;
}

function digestsAhead({ db }: Tx, { teamId, now }: Of) {
  const ahead = and(eq(digests.teamId, teamId), gt(digests.closedAt, now + AHEAD_MS));
  return db.select({ id: digests.id, fromAt: digests.fromAt }).from(digests).where(ahead).all();
}

function definitionsAhead({ db }: Tx, { teamId, now }: Of) {
  const { id, setUpAt, since } = digestDefinitions;
  const ahead = or(gt(setUpAt, now + AHEAD_MS), gt(since, now + AHEAD_MS));
  return db
    .select({ id, setUpAt, since })
    .from(digestDefinitions)
    .where(and(eq(digestDefinitions.teamId, teamId), ahead))
    .all();
}

/** Those that wait for a digest, for their card or for their number, each by its index. */
function storiesAhead({ db }: Tx, { teamId, now }: Of): { id: string; reporterId: string | null }[] {
  const ahead = sql`where team_id = ${teamId} and captured_at > ${now + AHEAD_MS} and withdrawn_at is null`;
  return db.all(sql`
    select id, reporter_id as reporterId from near_misses indexed by near_misses_for_digest ${ahead}
      and audience = 'everyone' and digest_id is null and not_for_digest = 0
    union select id, reporter_id from near_misses indexed by near_misses_for_card ${ahead}
      and audience = 'channel' and tier <> 'named' and card_channel_id is null and not_for_digest = 0
    union select id, reporter_id from near_misses indexed by near_misses_without_number ${ahead}
      and number is null`);
}
