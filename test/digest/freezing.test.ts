import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openStorage } from '../../src/storage/storage.ts';
import { happening, newHistory } from '../support/digest-model.ts';
import { runs, SEED } from '../support/runs.ts';

const HISTORIES = runs(250);

const histories = fc.record({
  setUpAfterDays: fc.nat({ max: 30 }),
  happenings: fc.array(happening, { minLength: 1, maxLength: 25 }),
});

const storage = openStorage(':memory:', randomUUID);
afterAll(() => storage.close());

it(`whatever was publishable at some closing is in exactly one digest: ${HISTORIES} histories, SEED=${SEED}`, {
  timeout: 600_000,
}, async () => {
  process.stdout.write(`histories of digests: SEED=${SEED}\n`);
  const held = fc.assert(
    fc.asyncProperty(histories, async ({ setUpAfterDays, happenings }) => {
      const history = newHistory(storage, setUpAfterDays);
      await history.begin();
      for (const what of happenings) await history.happen(what);
      await history.end();
    }),
    { numRuns: HISTORIES, seed: SEED },
  );
  await expect(held).resolves.toBeUndefined();
});
