import type { NearMiss, Telling } from '../../domain/near-miss.ts';
import { NOWHERE, type Posted } from '../../domain/story/appearance.ts';
import type { Rewording, Tell } from '../../domain/story/near-misses.ts';
import {
  rewordedWaiting,
  toldWaiting,
  waitsInRoom,
  withdrawnWaiting,
  withoutAddedBy,
} from '../../domain/story/waiting.ts';
import { systemNamed } from '../capture/systems.ts';
import type { Db, Tx } from '../database.ts';
import { and, eq, ne, sql } from '../drizzle.ts';
import { nearMisses } from '../schema.ts';
import type { Row } from '../story/near-miss-rows.ts';
import { insertNearMiss } from '../story/near-miss-values.ts';
import { nearMissById, nearMissRow } from '../story/near-misses.ts';
import { putTellings } from '../story/tellings.ts';

/*
 * What is in the database waits no more, whatever the file says: between the two a stop may have come. So everybody
 * looks into the database first, and whatever writes the file leaves out what is there.
 */

type Of = { teamId: string; id: string };

/** What there is of a near-miss: its row, or the whole of it while it waits. */
export type Found = { row: Row; waiting?: undefined } | { row?: undefined; waiting: NearMiss };

/** Inside a transaction that writes, where nothing moves meanwhile. */
export function found(tx: Tx, { teamId, id }: Of): Found | undefined {
  const row = nearMissRow(tx, teamId, id);
  if (row !== undefined) return { row };
  const waiting = waitingOne(tx, { teamId, id });
  return waiting && { waiting };
}

const ofAnother = (db: Db) =>
  db
    .select({ id: nearMisses.id })
    .from(nearMisses)
    .where(and(eq(nearMisses.id, sql.placeholder('id')), ne(nearMisses.teamId, sql.placeholder('teamId'))))
    .prepare();

/**
 * Of one that goes into the database that itself sees to what is in there.
 * @throws for an id that is a near-miss's of another workspace: taken in, it would be in the way of that one.
 */
export function refuseIdOfAnother(tx: Tx, { teamId, id }: Of, goes: 'into_database' | 'to_wait'): void {
  const waits = tx.room.read().some((one) => one.id === id && one.teamId !== teamId);
  const isKept = goes === 'to_wait' && tx.prepared(ofAnother).get({ teamId, id }) !== undefined;
  if (waits || isKept) throw new Error('The id of a near-miss of another workspace was sent.');
}

function waitingOne(tx: Tx, { teamId, id }: Of): NearMiss | undefined {
  return tx.room.read().find((one) => one.id === id && one.teamId === teamId);
}

/** A near-miss wherever it is kept. Nobody may read one that waits, as one that waits for the digest. */
export function nearMissAnywhere(tx: Tx, teamId: string, id: string): NearMiss | undefined {
  const waiting = () => {
    const one = waitingOne(tx, { teamId, id });
    return one && { ...one, waitsForDigest: true };
  };
  // Another process may have moved it between the two looks.
  return nearMissById(tx, teamId, id) ?? waiting() ?? nearMissById(tx, teamId, id);
}

/** Puts it there, in place of what waited under its id. It is on the disk when this returns, before the transaction is. */
export function putWaiting(tx: Tx, nearMiss: NearMiss): void {
  writeRoom(tx, [...tx.room.read().filter(({ id }) => id !== nearMiss.id), nearMiss]);
}

/** Writes all of it anew, without those that are in the database. */
export function rewriteRoom(tx: Tx): void {
  writeRoom(tx, tx.room.read());
}

/** Writes these, but for those that are in the database. */
export function writeRoom(tx: Tx, waiting: readonly NearMiss[]): void {
  tx.room.write(waiting.filter(({ teamId, id }) => nearMissRow(tx, teamId, id) === undefined));
}

/** As `tell` does for one in the database. */
export function tellWaiting(tx: Tx, tell: Tell): { nearMiss: NearMiss; telling: Telling } | undefined {
  const waiting = waitingOne(tx, tell);
  if (waiting === undefined || waiting.withdrawnAt !== undefined) return undefined;
  const told = toldWaiting(waiting, tell);
  putWaiting(tx, told.nearMiss);
  return { ...told, nearMiss: { ...told.nearMiss, waitsForDigest: true } };
}

/** As `reword` does. */
export function rewordWaiting(tx: Tx, rewording: Rewording): boolean {
  const waiting = waitingOne(tx, rewording);
  if (waiting === undefined || waiting.withdrawnAt !== undefined) return false;
  putWaiting(tx, rewordedWaiting(waiting, rewording));
  return true;
}

/** As `withdraw` does. */
export function withdrawWaiting(tx: Tx, of: Of & { now: number }): Posted {
  const waiting = waitingOne(tx, of);
  if (waiting !== undefined && waiting.withdrawnAt === undefined)
    putWaiting(tx, withdrawnWaiting(waiting, of.now));
  return NOWHERE;
}

/** As `forgetAdded` does. */
export function forgetAddedWaiting(tx: Tx, of: Of & { authorId: string }): Posted {
  const waiting = waitingOne(tx, of);
  if (waiting?.added.some(({ authorId }) => authorId === of.authorId) === true)
    putWaiting(tx, withoutAddedBy(waiting, of.authorId));
  return NOWHERE;
}

/** Is there one whose day is over? */
export function someOver(tx: Tx, now: number): boolean {
  return tx.room.read().some((one) => !waitsInRoom(one, now));
}

/**
 * Takes those whose day is over into the database, in the order of their random ids: what the file is afterwards
 * does not depend on who came first.
 */
export function takeIn(tx: Tx, now: number): void {
  const inOrder = tx.room.read().toSorted((one, other) => (one.id < other.id ? -1 : 1));
  for (const one of inOrder) {
    if (!waitsInRoom(one, now) && nearMissRow(tx, one.teamId, one.id) === undefined) takeInOne(tx, one);
  }
}

function takeInOne(tx: Tx, nearMiss: NearMiss): void {
  const { teamId, id, system } = nearMiss;
  const systemId = system === undefined ? null : systemNamed(tx, teamId, system);
  insertNearMiss(tx, nearMiss, systemId);
  putTellings(tx, { teamId, nearMissId: id }, nearMiss);
}
