import type { Storage } from '../domain/storage.ts';
import { type Connection, connect } from './database.ts';
import { digestsIn } from './digests.ts';
import { nearMissListsIn } from './near-miss-lists.ts';
import { nearMissesIn } from './near-misses.ts';
import { outboxIn } from './outbox.ts';
import { pressesIn } from './presses.ts';
import { stewardsIn } from './stewards.ts';
import { wordingsIn } from './wordings.ts';
import { workspacesIn } from './workspaces.ts';

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
    stewards: stewardsIn(connection),
    nearMisses: nearMissesIn(connection),
    lists: nearMissListsIn(connection),
    outbox: outboxIn(connection),
    digests: digestsIn(connection),
    presses: pressesIn(connection),
    wordings: wordingsIn(connection),
    async isWritable() {
      return connection.isWritable();
    },
    close: () => connection.sqlite.close(),
  };
}
