import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toCapture } from '../../src/domain/capture/capture.ts';
import type { Tier } from '../../src/domain/near-miss.ts';
import type { Storage } from '../../src/domain/storage.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { rowsAsTheyLie } from '../support/pages.ts';
import { DAY, submission, TEAM } from '../support/store.ts';
import { temporaryFolder } from '../support/workspace.ts';

const A_DAY = 86_400_000;
const FOUR = DAY + A_DAY + 4 * 3_600_000;
const MORNING = DAY + 9 * 3_600_000;

/** Chance that is the same each time: these tests count, and are not to fail by luck. */
let chance: () => number;
let storage: Storage;
let database: SQLite.Database;
let path: string;

beforeEach(async () => {
  chance = seeded(20_261_125);
  path = join(temporaryFolder(), 'nearmiss.db');
  storage = openStorage(path, newId);
  database = new SQLite(path);
  await storage.workspaces.remember({ teamId: TEAM, name: 'Acme' });
});
afterEach(() => {
  database.close();
  storage.close();
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function newId(): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(chance() * 16).toString(16)).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

type Shared = { id: string; tier: Tier; at: number };

/** One after another, some seconds apart. */
async function shareSome(tiers: Tier[], from: number): Promise<Shared[]> {
  const shared: Shared[] = [];
  for (const [count, tier] of tiers.entries()) {
    const one = { id: newId(), tier, at: from + count * 2000 };
    const what = submission({ id: one.id, tier, system: `System ${count % 7}`, wantsCard: false });
    await storage.nearMisses.capture(toCapture(what, one.at), one.at, one.at);
    shared.push(one);
  }
  return shared;
}

test('in a page those without a name lie together, between the last of their day and the first of the next', async () => {
  const mixed: Tier[] = ['named', 'unattributed', 'named', 'unattributed', 'unattributed', 'confidential'];
  const day = await shareSome(mixed, MORNING);
  await storage.waitingRoom.tend(FOUR);
  const next = await shareSome(['named', 'unattributed', 'named'], FOUR + 1);
  const pages = rowsAsTheyLie(database, path, 'near_misses');
  expect(pages, 'one page, so that nothing was laid out anew').toHaveLength(1);
  const which = (id: string) => {
    const { tier, at } = [...day, ...next].find((one) => one.id === id) ?? { tier: undefined, at: 0 };
    return tier === 'unattributed' ? 'nobody' : at;
  };
  const [a, b, c] = day.filter(({ tier }) => tier !== 'unattributed').map(({ at }) => at);
  const [d, e] = next.filter(({ tier }) => tier !== 'unattributed').map(({ at }) => at);
  expect(pages.flat().map(which)).toEqual([a, b, c, 'nobody', 'nobody', 'nobody', d, e]);
});

/** How many of those without a name lie between two with a time, one before they came and one after. */
function bracketed(pages: string[][], times: Map<string, number>, arrivals: Map<string, number>): number {
  const isBetween = (page: string[], at: number) => {
    const arrived = arrivals.get(page[at] ?? '');
    if (arrived === undefined) return false;
    const before = page.slice(0, at).findLast((id) => times.has(id));
    const after = page.slice(at + 1).find((id) => times.has(id));
    return (times.get(before ?? '') ?? Infinity) < arrived && arrived < (times.get(after ?? '') ?? 0);
  };
  return pages.reduce((sum, page) => sum + page.filter((_id, at) => isBetween(page, at)).length, 0);
}

describe('after hundreds of all sorts, where they lie says no more than chance of when those without a name came', () => {
  test.each(['near_misses', 'answers'])('in %s', async (table) => {
    const tiers = Array.from({ length: 500 }, (): Tier => (chance() < 0.3 ? 'unattributed' : 'named'));
    const shared = await shareSome(tiers, MORNING);
    if (table === 'answers')
      for (const { id, at } of shared.toSorted(() => chance() - 0.5))
        await storage.nearMisses.tell({
          teamId: TEAM,
          id,
          change: (before) => ({ ...before, answers: { closeness: 'One hour' } }),
          toldAt: at,
          now: at,
        });
    await storage.waitingRoom.tend(FOUR);
    await shareSome(['named', 'named', 'unattributed'], FOUR + 1);
    const pages = rowsAsTheyLie(database, path, table);
    const isNameless = ({ tier }: Shared) => tier === 'unattributed';
    const nameless = shared.filter(isNameless);
    expect(new Set(pages.flat()).size).toBeGreaterThanOrEqual(500);
    const times = new Map(shared.filter((one) => !isNameless(one)).map(({ id, at }) => [id, at]));
    const found = bracketed(pages, times, new Map(nameless.map(({ id, at }) => [id, at])));
    const byChance = Array.from({ length: 200 }, () => {
      const others = nameless.map(({ at }) => at).toSorted(() => chance() - 0.5);
      return bracketed(pages, times, new Map(nameless.map(({ id }, at) => [id, others[at] ?? 0])));
    });
    expect(found).toBeLessThanOrEqual(Math.max(...byChance));
  });
});
