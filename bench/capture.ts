import { deepStrictEqual as deepEqual } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, copyFileSync, fsyncSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Child, startChild } from './children.ts';
import { fillDatabase, rowsIn } from './filled-database.ts';
import { judge, median, percentile, rounded } from './numbers.ts';
import { command, headersFor, openedView, PEOPLE, submission } from './office.ts';
import { type SlackApi, startSlackApi } from './slack-api.ts';

/*
 * `npm run bench:capture`: what a command and a Save cost us, over signed HTTP, against the least an app on the
 * same Bolt and the same client can do. The two take turns in one run, each in a process of its own.
 */
const NEAR_MISSES = 100_000;
const ROUNDS = 30;
const EACH_ROUND = 320;
const AT_ONCE = 16;
const WARM_UP = 1500;

type Measured = { cpu: number[]; p50: number[]; p99: number[] };
type Measuring = { child: Child; database: string; url: string; commands: Measured; saves: Measured };

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const folder = mkdtempSync(join(tmpdir(), 'near-miss-bench-'));
const slack = await startSlackApi();
try {
  await measure();
} finally {
  slack.stop();
  agent.destroy();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const filled = join(folder, 'filled.db');
  await fillDatabase(filled, NEAR_MISSES);
  const floor = await startMeasuring('./floor-app.ts', filled);
  const ours = await startMeasuring('./our-app.ts', filled);
  for (let round = -1; round < ROUNDS; round += 1) {
    // Whoever comes second finds the machine as the other left it, so they change places.
    for (const app of round % 2 === 0 ? [ours, floor] : [floor, ours]) {
      await runCommands(slack, app, round);
      await runSaves(app, round);
    }
  }
  await Promise.all([ours.child.stop(), floor.child.stop()]);
  // What is compared is the same work only if it left the same rows.
  deepEqual(rowsIn(ours.database), rowsIn(floor.database));
  report(ours, floor);
}

async function startMeasuring(file: string, filled: string): Promise<Measuring> {
  const database = join(folder, `${randomUUID()}.db`);
  copyFileSync(filled, database);
  // On disk before anything is measured: writing it back later would be in the way of both.
  const copy = openSync(database, 'r+');
  fsyncSync(copy);
  closeSync(copy);
  const child = await startChild(file, { slackApiUrl: slack.url, database });
  const { port } = await child.ask<{ port: number }>({});
  const nothing = () => ({ cpu: [], p50: [], p99: [] });
  return {
    child,
    database,
    url: `http://127.0.0.1:${port}/slack/events`,
    commands: nothing(),
    saves: nothing(),
  };
}

/** A command is over when its view is open. Round -1 warms up and is not counted. */
async function runCommands(api: SlackApi, app: Measuring, round: number): Promise<void> {
  const count = round < 0 ? WARM_UP : EACH_ROUND;
  await counted(app, app.commands, round, async () => {
    const times = await send(app.url, count, (at) => command(personAt(at)));
    await api.opened(count);
    return times;
  });
}

async function runSaves(app: Measuring, round: number): Promise<void> {
  const count = round < 0 ? WARM_UP : EACH_ROUND;
  await counted(app, app.saves, round, () =>
    send(app.url, count, (at) => submission(openedView(randomUUID()), personAt(at))),
  );
}

function personAt(at: number): string {
  return PEOPLE[at % PEOPLE.length] ?? '';
}

async function counted(
  { child }: Measuring,
  measured: Measured,
  round: number,
  work: () => Promise<number[]>,
): Promise<void> {
  const before = await cpuOf(child);
  const times = await work();
  const cpu = ((await cpuOf(child)) - before) / times.length;
  if (round < 0) return;
  measured.cpu.push(cpu);
  measured.p50.push(median(times));
  measured.p99.push(percentile(times, 0.99));
}

async function cpuOf(child: Child): Promise<number> {
  const { cpu } = await child.ask<{ cpu: NodeJS.CpuUsage }>({});
  return cpu.user + cpu.system;
}

/** Sends so many, a fixed number of them at once, and says how long each took, in milliseconds. */
async function send(url: string, count: number, body: (at: number) => string): Promise<number[]> {
  const bodies = Array.from({ length: count }, (_, at) => body(at));
  const times: number[] = [];
  const sender = async () => {
    for (let each = bodies.pop(); each !== undefined; each = bodies.pop()) times.push(await post(url, each));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  return times;
}

async function post(url: string, body: string): Promise<number> {
  const from = performance.now();
  const sent = request(url, { method: 'POST', agent, headers: headersFor(body) }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const answer = await text(response);
  if (response.statusCode !== 200 || answer.includes('"errors"'))
    throw new Error(`The app answered ${response.statusCode} ${answer}`);
  return performance.now() - from;
}

function report(ours: Measuring, floor: Measuring): void {
  const row = ({ cpu, p50, p99 }: Measured) => ({
    'CPU µs each': rounded(median(cpu)),
    'p50 ms': rounded(median(p50), 1),
    'p99 ms': rounded(median(p99), 1),
  });
  console.table({
    'a command, ours': row(ours.commands),
    'a command, floor': row(floor.commands),
    'a Save, ours': row(ours.saves),
    'a Save, floor': row(floor.saves),
  });
  judge([
    { what: 'CPU per command / floor', measured: ratio(ours.commands.cpu, floor.commands.cpu), atMost: 1.2 },
    { what: 'CPU per Save / floor', measured: ratio(ours.saves.cpu, floor.saves.cpu), atMost: 1.2 },
    { what: 'p99 of a Save / floor', measured: ratio(ours.saves.p99, floor.saves.p99), atMost: 1.3 },
  ]);
}

/** The median of what each pair of rounds makes. */
function ratio(ours: number[], floor: number[]): number {
  return median(ours.map((value, at) => value / (floor[at] ?? Number.NaN)));
}
