import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import type { Tier } from '../../src/domain/near-miss.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { rowsAsTheyLie } from '../support/pages.ts';
import { DAY, submission, TEAM, told } from '../support/store.ts';
import { temporaryFolder } from '../support/workspace.ts';

const A_DAY = 86_400_000;
const FOUR = DAY + A_DAY + 4 * 3_600_000;
const MORNING = DAY + 9 * 3_600_000;

/** Chance that is the same each time, for files that are to be the same. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function idsBy(chance: () => number): () => string {
  return () => {
    const digits = Array.from({ length: 32 }, () => Math.floor(chance() * 16).toString(16)).join('');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
}

type Sharing = { id: string; tier: Tier };

/** A file of its own, into which near-misses come one after another, two seconds apart, and are told about. */
async function storeOf() {
  const path = join(temporaryFolder(), 'nearmiss.db');
  const storage = openStorage(path, idsBy(seeded(7)));
  const database = new SQLite(path);
  onTestFinished(() => {
    database.close();
    return storage.close();
  });
  await storage.workspaces.remember({ teamId: TEAM, name: 'Acme' });
  return {
    path,
    storage,
    database,
    share: async (sharings: Sharing[], from: number, tells = false) => {
      for (const [count, { id, tier }] of sharings.entries()) {
        const at = from + count * 2000;
        const what = submission({
          id,
          tier,
          summary: `About ${id}`,
          system: `System ${id[0]}`,
          wantsCard: false,
        });
        await storage.nearMisses.capture(toCapture(what, at), at, at);
        if (tells)
          await storage.nearMisses.tell({ teamId: TEAM, id, change: () => told, toldAt: at, now: at });
      }
    },
  };
}

test('in a page those without a name lie together, between the last of their day and the first of the next', async () => {
  const newId = idsBy(seeded(20_261_125));
  const some = (...tiers: Tier[]) => tiers.map((tier) => ({ id: newId(), tier }));
  const { path, storage, database, share } = await storeOf();
  const day = some('named', 'unattributed', 'named', 'unattributed', 'unattributed', 'confidential');
  await share(day, MORNING);
  await storage.waitingRoom.tend(FOUR);
  const next = some('named', 'unattributed', 'named');
  await share(next, FOUR + 1);
  const pages = rowsAsTheyLie(database, path, 'near_misses');
  expect(pages, 'one page, so that nothing was laid out anew').toHaveLength(1);
  const all = [...day, ...next];
  const which = (id: string) => {
    const at = all.findIndex((one) => one.id === id);
    return all[at]?.tier === 'unattributed' ? 'nobody' : at;
  };
  expect(pages.flat().map(which)).toEqual([0, 2, 5, 'nobody', 'nobody', 'nobody', 6, 8]);
});

test('after many of all sorts no page has one on its day, and the file is the same to the byte whoever came first', async () => {
  const chance = seeded(11);
  const newId = idsBy(chance);
  const oneWay = Array.from({ length: 130 }, (): Sharing => {
    const tier = chance() < 0.3 ? 'unattributed' : chance() < 0.5 ? 'confidential' : 'named';
    return { id: newId(), tier };
  });
  const nameless = oneWay.filter(({ tier }) => tier === 'unattributed');
  const backwards = nameless.toReversed();
  const theOther = oneWay.map((one) => (one.tier === 'unattributed' ? (backwards.shift() ?? one) : one));
  expect(theOther).not.toEqual(oneWay);

  const files: string[] = [];
  for (const sharings of [oneWay, theOther]) {
    const { path, storage, database, share } = await storeOf();
    await share(sharings, MORNING, true);
    for (const table of ['near_misses', 'answers', 'saves', 'signals']) {
      const lie = new Set(rowsAsTheyLie(database, path, table).flat());
      expect(lie.size).toBeGreaterThan(80);
      expect(nameless.filter(({ id }) => lie.has(id))).toEqual([]);
    }
    await storage.waitingRoom.tend(FOUR);
    await share([{ id: 'ffffffff-0000-4000-8000-000000000000', tier: 'named' }], FOUR + 1);
    expect(rowsAsTheyLie(database, path, 'near_misses').flat()).toHaveLength(131);
    files.push(readFileSync(path, 'latin1'));
  }
  expect(files[0] === files[1], 'the files are the same').toBe(true);
});
