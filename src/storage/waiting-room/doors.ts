import type { WaitingRoom } from '../../domain/storage.ts';
import type { Connection } from '../database.ts';
import { nearMissRow } from '../story/near-misses.ts';
import { rewriteRoom, someOver, takeIn, writeRoom } from './waiting-room.ts';

/** Before anything listens: the file is there, is the owner's alone, and has nothing that is in the database. */
export function openRoom(connection: Connection): void {
  connection.write((tx) => writeRoom(tx, tx.room.read()));
}

/**
 * Takes those whose day is over into the database, and then out of the file. After a stop between the two they are
 * in both, and whatever writes the file next leaves them out.
 */
export function letIn(connection: Connection, now: number): void {
  if (!someOver(connection, now)) return;
  connection.write((tx) => takeIn(tx, now));
  connection.write((tx) => rewriteRoom(tx, now));
}

/** The same for one that a change took into the database, which is kept by now whatever becomes of the file. */
export function leftBehind(
  connection: Connection,
  { teamId, id }: { teamId: string; id: string },
  now: number,
): void {
  const isInBoth =
    connection.room.read().some((one) => one.id === id) && nearMissRow(connection, teamId, id) !== undefined;
  if (isInBoth) connection.write((tx) => rewriteRoom(tx, now));
}

/** The room as the rest of the app asks for it. */
export function waitingRoomPort(connection: Connection): WaitingRoom {
  return {
    async tend(now) {
      letIn(connection, now);
      connection.write((tx) => rewriteRoom(tx, now));
    },
  };
}
