import type { NearMiss } from '../../domain/near-miss.ts';
import type { WaitingRoom } from '../../domain/storage.ts';
import { datedBy } from '../../domain/story/waiting.ts';
import type { Connection } from '../database.ts';
import { DatabaseUnusable, explain } from '../database-unusable.ts';
import { nearMissRow } from '../story/near-misses.ts';
import { rewriteRoom, someOver, takeIn, writeRoom } from './waiting-room.ts';

/**
 * Before anything listens: the file is there, is the owner's alone, and has nothing that is in the database.
 * @throws DatabaseUnusable for one that cannot be read or written; the database is closed then.
 */
export function openRoom(connection: Connection, path: string): void {
  try {
    connection.write(rewriteRoom);
  } catch (cause) {
    connection.sqlite.close();
    throw cause instanceof DatabaseUnusable ? cause : new DatabaseUnusable(explain(path, cause), { cause });
  }
}

/**
 * Takes those whose day is over into the database, and then out of the file. After a stop between the two they are
 * in both, and whatever writes the file next leaves them out.
 */
export function letIn(connection: Connection, now: number): void {
  if (!someOver(connection, now)) return;
  connection.write((tx) => takeIn(tx, now));
  connection.write(rewriteRoom);
}

/** The same for one that a change took into the database, which is kept by now whatever becomes of the file. */
export function leftBehind(connection: Connection, { teamId, id }: { teamId: string; id: string }): void {
  const isInBoth =
    connection.room.read().some((one) => one.id === id) && nearMissRow(connection, teamId, id) !== undefined;
  if (isInBoth) connection.write(rewriteRoom);
}

/** Dates those anew that a clock dated which was far ahead. @returns how many. */
export function putRoomRight(connection: Connection, now: number): number {
  const isAhead = (one: NearMiss) => datedBy(one, now) !== one;
  const ahead = connection.room.read().filter(isAhead).length;
  if (ahead > 0)
    connection.write((tx) =>
      writeRoom(
        tx,
        tx.room.read().map((one) => datedBy(one, now)),
      ),
    );
  return ahead;
}

/** The room as the rest of the app asks for it. */
export function waitingRoomPort(connection: Connection): WaitingRoom {
  return {
    async tend(now) {
      putRoomRight(connection, now);
      letIn(connection, now);
      connection.write(rewriteRoom);
    },
  };
}
