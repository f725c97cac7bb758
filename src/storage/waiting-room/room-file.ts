import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { NearMiss } from '../../domain/near-miss.ts';
import { REACHED_WORDS, type Reached, SAVE_KINDS, SIGNAL_KINDS } from '../../domain/story/choices.ts';
import { ANSWER_IDS } from '../../domain/story/questions.ts';
import { DatabaseUnusable } from '../database-unusable.ts';

/** The file with what waits. Whoever changes it holds the write lock of the database. */
export type RoomFile = {
  read: () => readonly NearMiss[];
  /** Puts these in place of all that was there, in an order that says nothing. Durable when it returns. */
  write: (nearMisses: NearMiss[]) => void;
};

/** Only the owner of the process reads it. */
const MODE = 0o600;

const telling = z.object({
  saves: z.array(z.object({ text: z.string(), kind: z.enum(SAVE_KINDS).optional() })),
  signal: z.object({
    kind: z.enum(SIGNAL_KINDS).optional(),
    noticed: z.string().optional(),
    where: z.string().optional(),
    tellsApart: z.string().optional(),
  }),
  keyPlayers: z.array(z.object({ personId: z.string(), madePossible: z.string().optional() })),
  answers: z.partialRecord(z.enum(ANSWER_IDS), z.string()),
});

const room: z.ZodType<NearMiss[]> = z.array(
  z.object({
    id: z.string(),
    teamId: z.string(),
    tier: z.literal('unattributed'),
    audience: z.enum(['everyone', 'channel']),
    stewardsThen: z.array(z.string()),
    conversation: z
      .object({ id: z.string(), name: z.string(), kind: z.enum(['public', 'private', 'direct']) })
      .optional(),
    capturedAt: z.number(),
    summary: z.string(),
    system: z.string().optional(),
    reached: z.enum(Object.keys(REACHED_WORDS) as Reached[]).optional(),
    toldAt: z.number().optional(),
    withdrawnAt: z.number().optional(),
    cardForOutsiders: z.literal(true).optional(),
    told: telling,
    added: z.array(telling.extend({ authorId: z.string(), staysInChannel: z.literal(true).optional() })),
  }),
);

/**
 * The file beside the database `path`. It is written whole: into another one, which is on the disk before it takes
 * the place of the first.
 * @param newId random text, from which the order comes.
 */
export function roomFile(path: string, newId: () => string): RoomFile {
  const file = `${path}-waiting.json`;
  const next = `${file}.new`;
  // Every capture asks; a file that is the same is not read again.
  let known: { version: string; nearMisses: NearMiss[] } | undefined;
  return {
    read() {
      const version = versionOf(file);
      if (version === undefined) return [];
      if (known?.version !== version)
        known = { version, nearMisses: parsed(file, readFileSync(file, 'utf8')) };
      return known.nearMisses;
    },
    write(nearMisses) {
      // An earlier run may have ended while it wrote, and whose the rest is nobody knows.
      rmSync(next, { force: true });
      writeFileSync(next, JSON.stringify(shuffled(nearMisses, newId)), {
        mode: MODE,
        flag: 'wx',
        flush: true,
      });
      // Whatever the umask left of it.
      chmodSync(next, MODE);
      renameSync(next, file);
      flushFolder(dirname(file));
    },
  };
}

/** For a database that is in memory only. */
export function roomInMemory(): RoomFile {
  let kept: NearMiss[] = [];
  return {
    read: () => structuredClone(kept),
    write: (nearMisses) => {
      kept = structuredClone(nearMisses);
    },
  };
}

/** Another one for each writing, whoever wrote it; undefined while there is no file. */
function versionOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}

function parsed(file: string, text: string): NearMiss[] {
  try {
    return room.parse(JSON.parse(text));
  } catch {
    // What went wrong with it would be quoted from people's words.
    throw new DatabaseUnusable(
      `The file ${file}, where near-misses without a name wait for the end of their day, is damaged or was made by a newer version of the app. Please restore it from a backup, or move it away to start without what is in it.`,
    );
  }
}

function shuffled(nearMisses: NearMiss[], newId: () => string): NearMiss[] {
  return nearMisses
    .map((nearMiss) => ({ nearMiss, place: newId() }))
    .toSorted((one, other) => (one.place < other.place ? -1 : 1))
    .map(({ nearMiss }) => nearMiss);
}

/** That the file has another name now is on the disk, too. */
function flushFolder(folder: string): void {
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
