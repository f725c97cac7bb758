import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { EMPTY_TELLING, type NearMiss } from '../src/domain/near-miss.ts';
import type { Storage } from '../src/domain/storage.ts';
import { openStorage } from '../src/storage/storage.ts';
import { drawnDigest } from '../test/support/drawn-digest.ts';
import { judge, median, rounded } from './numbers.ts';

/*
 * `npm run bench:digest`: choosing the thirty stories that are due, in a store of ten thousand near-misses and in
 * one of a million, and rendering ten times as many stories.
 */
const TEAM = 'T0BENCH';
const DUE = 30;
const SMALL = 10_000;
const LARGE = 1_000_000;
const RUNS = 301;
const NOW = Date.UTC(2026, 9, 19, 9, 30);
const HOUR = 3_600_000;

const folder = mkdtempSync(join(tmpdir(), 'near-miss-bench-'));
try {
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const small = await storeOf(SMALL);
  const large = await storeOf(LARGE);
  const choosing = { small: [] as number[], large: [] as number[] };
  // In turns, so that whatever else the machine does befalls both.
  for (let run = 0; run < RUNS; run += 1) {
    choosing.small.push(await timeToChoose(small));
    choosing.large.push(await timeToChoose(large));
  }
  const stories = await small.digests.next(TEAM, NOW);
  const rendering = { few: [] as number[], many: [] as number[] };
  for (let run = 0; run < RUNS; run += 1) {
    rendering.few.push(timeToRender(stories));
    rendering.many.push(timeToRender(Array.from({ length: 10 }, () => stories).flat()));
  }
  await small.close();
  await large.close();
  report({ ...choosing, ...rendering });
}

function report(took: Record<'small' | 'large' | 'few' | 'many', number[]>): void {
  const ms = (times: number[]) => ({ 'ms (median)': rounded(median(times), 3) });
  console.table({
    [`choosing ${DUE} of ${SMALL}`]: ms(took.small),
    [`choosing ${DUE} of ${LARGE}`]: ms(took.large),
    [`rendering ${DUE}`]: ms(took.few),
    [`rendering ${DUE * 10}`]: ms(took.many),
  });
  judge([
    {
      what: 'choosing of a million / of ten thousand',
      measured: median(took.large) / median(took.small),
      atMost: 1.5,
    },
    {
      what: 'rendering a story of ten times as many / of as many',
      measured: median(took.many) / median(took.few) / 10,
      atMost: 1.5,
    },
  ]);
}

async function timeToChoose(storage: Storage): Promise<number> {
  const from = performance.now();
  const stories = await storage.digests.next(TEAM, NOW);
  const took = performance.now() - from;
  if (stories.length !== DUE) throw new Error(`${stories.length} stories are due, not ${DUE}.`);
  return took;
}

function timeToRender(stories: NearMiss[]): number {
  const digest = { from: NOW - 168 * HOUR, to: NOW, zone: 'UTC', stories, borrowed: [] };
  const from = performance.now();
  drawnDigest(digest, { replies: stories.length, names: new Map(), id: 'bench' });
  return performance.now() - from;
}

/** A store of so many near-misses, of which thirty are due, each with a telling. */
async function storeOf(count: number): Promise<Storage> {
  const path = join(folder, `${count}.db`);
  const storage = openStorage(path, randomUUID);
  await storage.workspaces.remember({ teamId: TEAM, name: 'Bench' });
  fill(path, count - DUE);
  for (let at = 0; at < DUE; at += 1) await shareOne(storage, at);
  return storage;
}

/** What no digest takes: told in an earlier one, for one channel, withdrawn, or older than the first. */
function fill(path: string, count: number): void {
  const sqlite = new SQLite(path);
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -400000');
  sqlite
    .prepare(
      `insert into near_misses (id, team_id, number, tier, audience, reporter_id, captured_at, summary, digest_id, not_for_digest, withdrawn_at, card_channel_id)
       with recursive counted(i) as (select 1 union all select i + 1 from counted where i < ?)
       select printf('%016x-%d', (i * 2654435761) % 4294967296, i), ?, i, 'named',
         iif(i % 4 = 0, 'channel', 'everyone'), 'U' || (i % 500), ? - i * 60000, 'The rates were wrong',
         iif(i % 4 = 1, 'D' || (i / 100), null), iif(i % 4 = 2, 1, 0), iif(i % 4 = 3, ? - i, null), 'C1'
       from counted`,
    )
    .run(count, TEAM, NOW - HOUR, NOW);
  sqlite.prepare('update workspaces set last_number = ?').run(count);
  sqlite.close();
}

async function shareOne(storage: Storage, at: number): Promise<void> {
  const id = randomUUID();
  const capturedAt = NOW - HOUR - at * HOUR;
  await storage.nearMisses.capture(
    {
      id,
      teamId: TEAM,
      summary: `The rates were wrong for one group of customers (${at}).`,
      tier: 'named',
      audience: 'everyone',
      reporterId: 'U1',
      stewardsThen: [],
      capturedAt,
    },
    capturedAt,
    capturedAt,
  );
  const telling = {
    ...EMPTY_TELLING,
    saves: [{ text: 'We open ten by hand before every run' }, { text: 'The send was planned for ten' }],
    signal: { kind: 'routine_check' as const, noticed: 'The total looked low' },
    answers: {
      practice: 'Before a large send, open ten items by hand.',
      closeness: 'One hour later it was out.',
    },
  };
  await storage.nearMisses.tell({
    teamId: TEAM,
    id,
    change: () => telling,
    toldAt: capturedAt,
    now: capturedAt,
  });
}
