import { overBefore } from '../../domain/access/gate.ts';
import type { Db, Tx } from '../database.ts';
import { storyChanged } from '../digest/story-changed.ts';
import { and, eq, isNull, lt, or, sql } from '../drizzle.ts';
import { nearMisses, workspaces } from '../schema.ts';
import { isInPublished } from './appearance.ts';
import { thisOne } from './near-misses.ts';

type Shuffle = <Item>(items: Item[]) => Item[];

const ofTeam = eq(workspaces.teamId, sql.placeholder('teamId'));

const counting = (db: Db, where: typeof ofTeam | undefined) =>
  db
    .update(workspaces)
    .set({ lastNumber: sql`${workspaces.lastNumber} + 1` })
    .where(where)
    .returning({ number: workspaces.lastNumber })
    .prepare();

const count = (db: Db) => counting(db, ofTeam);
const countUnlessFree = (db: Db) => counting(db, and(ofTeam, eq(workspaces.freeNumbers, '[]')));

const numberRow = (db: Db) =>
  db
    .update(nearMisses)
    .set({ number: sql`${sql.placeholder('number')}` })
    .where(thisOne)
    .prepare();

const isUnnumbered = and(
  eq(nearMisses.teamId, sql.placeholder('teamId')),
  lt(nearMisses.capturedAt, sql.placeholder('before')),
  isNull(nearMisses.number),
  isNull(nearMisses.withdrawnAt),
);

const unnumbered = (db: Db) =>
  db.select({ id: nearMisses.id }).from(nearMisses).where(isUnnumbered).prepare();

const unnumberedInNoLaterDigest = (db: Db) =>
  db
    .select({ id: nearMisses.id })
    .from(nearMisses)
    .where(and(isUnnumbered, or(eq(nearMisses.notForDigest, 1), isInPublished)))
    .prepare();

const freeNumbers = (db: Db) =>
  db.select({ numbers: workspaces.freeNumbers }).from(workspaces).where(ofTeam).prepare();

const setFreeNumbers = (db: Db) =>
  db
    .update(workspaces)
    .set({ freeNumbers: sql`${sql.placeholder('numbers')}` })
    .where(ofTeam)
    .prepare();

/** For one with a name that everybody sees: one that was given back, else a new one. @throws as `newNumber` does. */
export function nextNumber(tx: Tx, teamId: string): number {
  const counted = tx.prepared(countUnlessFree).get({ teamId });
  if (counted !== undefined) return counted.number;
  const [free, ...rest] = freeNumbersOf(tx, teamId);
  if (free === undefined) return newNumber(tx, teamId);
  keepFree(tx, teamId, rest);
  return free;
}

/** The next near-miss with a name takes it. Those that get theirs when they appear do not: one might get its own. */
export function giveBack(tx: Tx, teamId: string, number: number): void {
  keepFree(tx, teamId, [...freeNumbersOf(tx, teamId), number]);
}

function freeNumbersOf(tx: Tx, teamId: string): number[] {
  return JSON.parse(tx.prepared(freeNumbers).get({ teamId })?.numbers ?? '[]') as number[];
}

function keepFree(tx: Tx, teamId: string, free: number[]): void {
  const numbers = JSON.stringify(free.toSorted((one, other) => one - other));
  tx.prepared(setFreeNumbers).run({ teamId, numbers });
}

/** @throws for a workspace that is not known yet. */
function newNumber(tx: Tx, teamId: string): number {
  const row = tx.prepared(count).get({ teamId });
  if (row === undefined) throw new Error('The workspace is not known yet, so it has no numbers to give.');
  return row.number;
}

/** Numbers all of earlier days than `now` that have none: where there is no digest, they appear when their day is over. */
export function numberThoseRested(
  tx: Tx,
  { teamId, now, shuffle }: { teamId: string; now: number; shuffle: Shuffle },
): void {
  const rested = tx.prepared(unnumbered).all({ teamId, before: overBefore(now) });
  numberAll(tx, teamId, shuffle(rested.map(({ id }) => id)));
}

/** Are there any that `numberThoseRested` would number? */
export function someRested(tx: Tx, { teamId, now }: { teamId: string; now: number }): boolean {
  return tx.prepared(unnumbered).get({ teamId, before: overBefore(now) }) !== undefined;
}

/**
 * Numbers those that appear now, in an order that says nothing, together with all of earlier days that no later
 * digest would number: those that are in none, and those that lost their number with their reporter's name after
 * they were told. The messages of the second carry it from then on.
 */
export function numberThoseAppearing(
  tx: Tx,
  { teamId, closedAt, shuffle }: { teamId: string; closedAt: number; shuffle: Shuffle },
  appearing: string[],
): void {
  const found = tx.prepared(unnumberedInNoLaterDigest).all({ teamId, before: overBefore(closedAt) });
  const left = found.map(({ id }) => id);
  numberAll(tx, teamId, shuffle([...new Set([...appearing, ...left])]));
  for (const nearMissId of left) storyChanged(tx, { teamId, nearMissId, now: closedAt });
}

function numberAll(tx: Tx, teamId: string, ids: string[]): void {
  for (const id of ids) tx.prepared(numberRow).run({ teamId, id, number: newNumber(tx, teamId) });
}
