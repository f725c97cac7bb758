import type { Storage } from '../domain/storage.ts';
import { type Connection, connect } from './database.ts';
import { digestsIn } from './digest/digests.ts';
import { pressesIn } from './digest/presses.ts';
import { wordingsIn } from './digest/wordings.ts';
import { nearMissListsIn } from './home/near-miss-lists.ts';
import { outboxPort } from './outbox/outbox.ts';
import { nearMissesIn } from './story/near-misses.ts';
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
    nearMisses: nearMissesIn(connection),
    lists: nearMissListsIn(connection),
    outbox: outboxPort(connection),
    digests: digestsIn(connection),
    presses: pressesIn(connection),
    wordings: wordingsIn(connection),
    async isWritable() {
      return connection.isWritable();
    },
    close: () => connection.sqlite.close(),
  };
}
