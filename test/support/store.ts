import { randomUUID } from 'node:crypto';
import SQLite from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { type Submission, toCapture } from '../../src/domain/capture/capture.ts';
import type { Telling } from '../../src/domain/near-miss.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { emptyDatabase } from './workspace.ts';

export const TEAM = 'T1';
export const NOW = Date.UTC(2026, 9, 14, 21, 40, 7);
/** The day of it. */
export const DAY = Date.UTC(2026, 9, 14);

/** A store with one workspace in it, on a file of its own. */
export async function openStore() {
  const path = emptyDatabase();
  const storage = openStorage(path, randomUUID);
  onTestFinished(() => storage.close());
  await storage.workspaces.remember({ teamId: TEAM, name: 'Acme' });
  return {
    path,
    storage,
    /** A second connection to the same file, as another program has it. */
    outside: (): SQLite.Database => {
      const database = new SQLite(path);
      onTestFinished(() => void database.close());
      return database;
    },
    capture: (changes: Partial<Submission> = {}, now = NOW) =>
      storage.nearMisses.capture(toCapture(submission(changes), now), now, now + 600_000),
    /** Its reporter tells all there is to tell. */
    tellAll: (id: string, at: number) =>
      storage.nearMisses.tell({ teamId: TEAM, id, change: () => told, toldAt: at, now: at }),
  };
}

export function submission(changes: Partial<Submission> = {}): Submission {
  return {
    id: randomUUID(),
    teamId: TEAM,
    personId: 'U_MARIA',
    summary: 'The rates were wrong',
    system: 'Invoices',
    tier: 'named',
    audience: 'everyone',
    wantsCard: true,
    conversation: { id: 'C_OPS', name: 'ops', kind: 'public' },
    threadTs: '1771020012.345678',
    stewards: [],
    ...changes,
  };
}

export const told: Telling = {
  saves: [{ text: 'Ten are opened by hand', kind: 'luck' }, { text: 'The stop button' }],
  signal: { kind: 'feeling', noticed: 'The total', where: 'On the screen', tellsApart: 'yes' },
  keyPlayers: [{ personId: 'U_JON', madePossible: 'Can stop it' }],
  answers: { closeness: 'One hour', expected: 'Green' },
};
