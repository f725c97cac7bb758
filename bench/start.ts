import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Child, end, freePort, pidOf, residentMegabytes, run, startChild } from './children.ts';
import { judge, median, rounded } from './numbers.ts';

/*
 * `npm run bench:start`: how long the app takes to be ready and what it holds in memory, over HTTP, with the
 * workspace in another process. A start is measured against the same imports alone, in the same run.
 */
const RUNS = 9;
const MEMORY_RUNS = 3;
const SLACK_CALLS = 3000;
const SETTLED_MS = 4000;

type Connection = { apiUrl: string; botToken: string; signingSecret: string };
type Started = { ms: number; pid: number; stop: () => Promise<void> };

const folder = mkdtempSync(join(tmpdir(), 'near-miss-bench-'));
const workspace = await startChild('./workspace.ts');
try {
  await measure(workspace);
} finally {
  await workspace.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(slack: Child): Promise<void> {
  const port = await freePort();
  const connection = await slack.ask<Connection>({ appUrl: `http://127.0.0.1:${port}/slack/events` });
  const starts = { cold: [] as number[], second: [] as number[], imports: [] as number[] };
  for (let at = 0; at < RUNS; at += 1) {
    const own = join(folder, `run-${at}`);
    starts.cold.push(await timeToReady(connection, port, own));
    starts.second.push(await timeToReady(connection, port, own));
    await timeToImport(`${own}-imports`);
    starts.imports.push(await timeToImport(`${own}-imports`));
  }
  const memory = { firstIdle: [] as number[], idle: [] as number[], afterCalls: [] as number[] };
  // The first start also compiles, and what that took goes only later: it is printed, not judged.
  const first = await startApp(connection, port, join(folder, 'memory'));
  await wait(SETTLED_MS);
  memory.firstIdle.push(residentMegabytes(first.pid));
  await first.stop();
  for (let at = 0; at < MEMORY_RUNS; at += 1) {
    const app = await startApp(connection, port, join(folder, 'memory'));
    await wait(SETTLED_MS);
    memory.idle.push(residentMegabytes(app.pid));
    const { calls } = await slack.ask<{ calls: number }>({ commands: SLACK_CALLS });
    if (calls < SLACK_CALLS) throw new Error(`Only ${calls} calls reached Slack.`);
    memory.afterCalls.push(residentMegabytes(app.pid));
    await app.stop();
  }
  report(starts, memory);
}

function report(starts: Record<'cold' | 'second' | 'imports', number[]>, memory: Record<string, number[]>) {
  const values = Object.entries({ ...starts, ...memory });
  console.table(
    Object.fromEntries(
      values.map(([what, all]) => [
        what,
        { median: rounded(median(all)), least: rounded(Math.min(...all)), most: rounded(Math.max(...all)) },
      ]),
    ),
  );
  const { idle = [], afterCalls = [] } = memory;
  judge([
    {
      what: 'second start / the same imports alone',
      measured: median(starts.second.map((ms, at) => ms / (starts.imports[at] ?? Number.NaN))),
      atMost: 1.5,
    },
    { what: 'MB when idle', measured: median(idle), atMost: 130 },
    { what: `MB after ${SLACK_CALLS} Slack calls`, measured: median(afterCalls), atMost: 180 },
  ]);
}

async function timeToReady(connection: Connection, port: number, own: string): Promise<number> {
  const app = await startApp(connection, port, own);
  await app.stop();
  return app.ms;
}

/** The app as `npm start` starts it, until `/readyz` answers 200. */
async function startApp(connection: Connection, port: number, own: string): Promise<Started> {
  const from = performance.now();
  const app = run(
    '../src/start.js',
    {
      NODE_COMPILE_CACHE: own,
      SLACK_BOT_TOKEN: connection.botToken,
      SLACK_SIGNING_SECRET: connection.signingSecret,
      SLACK_API_URL: connection.apiUrl,
      DATABASE_URL: `file:${own}.db`,
      PORT: String(port),
    },
    () => undefined,
  );
  while (!(await isReady(port))) {
    if (app.exitCode !== null) throw new Error(`The app ended with ${app.exitCode}.`);
    await wait(2);
  }
  return { ms: performance.now() - from, pid: pidOf(app), stop: () => end(app) };
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path: '/readyz', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .on('error', () => resolve(false))
      .end();
  });
}

async function timeToImport(own: string): Promise<number> {
  const from = performance.now();
  const heard = Promise.withResolvers<number>();
  const imports = run('./imports.js', { NODE_COMPILE_CACHE: own }, () =>
    heard.resolve(performance.now() - from),
  );
  const ms = await heard.promise;
  await end(imports);
  return ms;
}
