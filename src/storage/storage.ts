import { type Connection, connect } from './database.ts';
import { type NearMissLists, nearMissListsIn } from './near-miss-lists.ts';
import { type NearMisses, nearMissesIn } from './near-misses.ts';
import { type Outbox, outboxIn } from './outbox.ts';
import { type Workspaces, workspacesIn } from './workspaces.ts';

/**
 * Everything the app keeps. The functions return promises though SQLite is synchronous, so that a store for
 * several replicas can stand behind them one day.
 */
export type Storage = {
  workspaces: Workspaces;
  nearMisses: NearMisses;
  lists: NearMissLists;
  outbox: Outbox;
  close: () => void;
};

/**
 * Opens the store in the file `path`, brings it up to date and proves it can be written.
 * @throws DatabaseUnusable with one sentence saying what to do.
 */
export function openStorage(path: string, newId: () => string): Storage {
  return storageOn(connect(path, newId));
}

function storageOn(connection: Connection): Storage {
  return {
    workspaces: workspacesIn(connection),
    nearMisses: nearMissesIn(connection),
    lists: nearMissListsIn(connection),
    outbox: outboxIn(connection),
    close: () => connection.sqlite.close(),
  };
}
