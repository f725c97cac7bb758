import type { Storage } from '../domain/storage.ts';
import type { NearMisses } from '../domain/story/near-misses.ts';
import { looksPort } from './access/looks.ts';
import { changeWhoCanSee, saveCapture, takesSomethingBack } from './capture/captures.ts';
import { type Connection, connect } from './database.ts';
import { digestsPort } from './digest/digests.ts';
import { pressesPort } from './digest/presses.ts';
import { wordingsPort } from './digest/wordings.ts';
import { listsPort } from './home/near-miss-lists.ts';
import { outboxPort } from './outbox/outbox.ts';
import { stewardsPort } from './stewards/former-stewards.ts';
import { hasShared, nearMissByNumber } from './story/near-misses.ts';
import { numberThoseRested, someRested } from './story/numbers.ts';
import { reword, tell, toldLateWithoutName } from './story/tell.ts';
import { forgetAdded, withdraw } from './story/withdraw.ts';
import { leftBehind, letIn, openRoom, waitingRoomPort } from './waiting-room/doors.ts';
import { nearMissAnywhere } from './waiting-room/waiting-room.ts';
import { workspacesPort } from './workspaces.ts';

/**
 * Opens the store in the file `path`, brings it up to date and proves it can be written.
 * @param say gets sentences for whoever runs the app: what others on this machine can open, that the file is gone, or back.
 * @throws DatabaseUnusable with one sentence saying what to do.
 */
export function openStorage(path: string, newId: () => string, say?: (sentence: string) => void): Storage {
  const connection = connect(path, newId, say);
  openRoom(connection, path);
  connection.rebuilding.ask();
  return {
    workspaces: workspacesPort(connection),
    stewards: stewardsPort(connection),
    nearMisses: nearMissesPort(connection),
    looks: looksPort(connection),
    lists: listsPort(connection),
    outbox: outboxPort(connection),
    digests: digestsPort(connection),
    presses: pressesPort(connection),
    wordings: wordingsPort(connection),
    waitingRoom: waitingRoomPort(connection),
    async isWritable() {
      return connection.isWritable();
    },
    notes: connection.notes,
    rebuild: {
      async tend(now) {
        connection.rebuilding.tend(now);
      },
    },
    close() {
      const stopped = connection.rebuilding.stop();
      connection.sqlite.close();
      return stopped;
    },
  };
}

/** One transaction each: the fact, and what announces it. */
function nearMissesPort(connection: Connection): NearMisses {
  const { write, writeForgetting } = connection;
  return {
    async capture(capture, now, confirmBy) {
      // Whoever takes their name back is in no earlier write either.
      const writeCapture = takesSomethingBack(connection, capture) ? writeForgetting : write;
      const saved = writeCapture((tx) => saveCapture(tx, { capture, now, confirmBy }));
      leftBehind(connection, capture);
      return saved;
    },
    async byId(teamId, id) {
      return nearMissAnywhere(connection, teamId, id);
    },
    async byNumber(teamId, number) {
      return nearMissByNumber(connection, teamId, number);
    },
    async hasShared(teamId, personId) {
      return hasShared(connection, teamId, personId);
    },
    async tell(telling) {
      const writeTelling = toldLateWithoutName(connection, telling) ? writeForgetting : write;
      return writeTelling((tx) => tell(tx, telling));
    },
    async reword(rewording) {
      return write((tx) => reword(tx, rewording));
    },
    async changeWhoCanSee(capture, now) {
      const saved = writeForgetting((tx) => changeWhoCanSee(tx, { capture, now }));
      leftBehind(connection, capture);
      return saved;
    },
    async withdraw(of) {
      return writeForgetting((tx) => withdraw(tx, of));
    },
    async forgetAdded(of) {
      return writeForgetting((tx) => forgetAdded(tx, of));
    },
    async numberThoseAppearing(teamId, now, shuffle) {
      letIn(connection, now);
      if (someRested(connection, { teamId, now }))
        write((tx) => numberThoseRested(tx, { teamId, now, shuffle }));
    },
  };
}
