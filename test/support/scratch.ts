import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const IN_MEMORY = '/dev/shm';
const ENOUGH = 256 * 1024 * 1024;

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ENOUGH;
  } catch {
    return false;
  }
}

/**
 * Where tests have their folders: in memory where the machine has such a place with room, since every commit of
 * every database waits for its disk.
 */
export const SCRATCH = hasRoom(IN_MEMORY) ? IN_MEMORY : tmpdir();
