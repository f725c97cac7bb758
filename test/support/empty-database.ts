import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openStorage } from '../../src/storage/storage.ts';
import { SCRATCH } from './scratch.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The path of an up-to-date database with nothing in it, to be copied. */
    emptyDatabase: string;
  }
}

/**
 * Before everything: makes one database as the app makes it. Hundreds of tests begin with one, and to make it takes
 * ten times as long as to copy it. Those about making it begin without.
 */
export async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(SCRATCH, 'near-miss-'));
  const path = join(folder, 'empty.db');
  await openStorage(path, randomUUID).close();
  provide('emptyDatabase', path);
  return () => rmSync(folder, { recursive: true, force: true });
}
