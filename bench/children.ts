import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A process of its own that answers what it is asked. */
export type Child = {
  pid: number;
  ask: <Answer>(question: object) => Promise<Answer>;
  stop: () => Promise<void>;
};

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

const START = JSON.parse(readFileSync(pathOf('../package.json'), 'utf8')).scripts.start as string;

/** The arguments `npm start` gives to node, the file itself left out. */
const NODE_ARGUMENTS = START.replace(/^exec node /, '')
  .split(' ')
  .slice(0, -1);

/** Starts a file of this folder that uses `answering`, and waits until it is ready to be asked. */
export async function startChild(file: string, options: object = {}): Promise<Child> {
  const child = fork(pathOf(file), [JSON.stringify(options)], { execArgv: NODE_ARGUMENTS });
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${code}`);
  });
  // Heard by whoever waits for an answer; when nobody does, it was told to end.
  gone.catch(() => undefined);
  const next = async () => {
    const [answer] = await Promise.race([once(child, 'message'), gone]);
    return answer;
  };
  await next();
  return {
    pid: pidOf(child),
    async ask(question) {
      child.send(question);
      return next();
    },
    stop: () => end(child),
  };
}

/** The other side of `startChild`: answers each question with what `answer` makes of it. */
export function answering(answer: (question: never) => Promise<object>): void {
  process.on('message', (question) => {
    answer(question as never).then(
      (words) => process.send?.(words),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
  process.send?.({ ready: true });
}

/** Runs a program as `npm start` would, with these variables and no others. */
export function run(file: string, env: Record<string, string>, onText: (text: string) => void): ChildProcess {
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, pathOf(file)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8').on('data', onText);
  return child;
}

/** Ends a process, and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

export function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('The process did not start.');
  return pid;
}

/** What a process holds in memory, as Linux counts it. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1000;
}

/** A port nobody uses just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
