import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Workspace } from '../../sandbox/workspace.ts';
import { inTheFile } from './database.ts';
import { emptyDatabase, openWorkspace, temporaryFolder } from './workspace.ts';

/** The app as a process of its own, started as `npm start` does. */
export type BotProcess = {
  /** What it has written so far. */
  out: () => string;
  err: () => string;
  /** Waits until it wrote this. */
  says: (words: string | RegExp) => Promise<void>;
  /** Its exit code, or the signal that ended it, once it has ended. */
  ended: Promise<number | NodeJS.Signals>;
  signal: (signal: NodeJS.Signals) => void;
  pid: number;
  /** Nobody reads its log from now on: the pipe is closed, or open and stands still. */
  stopReading: (how: 'gone' | 'still') => void;
  /** The status of a path of its own server, or why there is none. */
  status: (path: string) => Promise<number | string>;
  /** The words of a path of its own server. */
  body: (path: string) => Promise<string>;
};

type StartOptions = {
  /** Besides PATH, all there is. */
  env: Record<string, string>;
  /** Where it runs; a folder of its own unless said. */
  folder?: string;
  /** Goes before `node`, e.g. to give it a disk of its own. */
  wrapped?: (command: string[]) => string[];
  /** Another Node than the one of this test. */
  node?: string;
  /** Another copy of the app. */
  start?: string;
};

const START = resolve('src/start.js');

/** Starts the app; it is gone when the test is over. */
export function startBotProcess({
  env,
  folder = temporaryFolder(),
  wrapped,
  node,
  start = START,
}: StartOptions): BotProcess {
  const command = [node ?? process.execPath, start];
  const [program = '', ...args] = wrapped?.(command) ?? command;
  const child = spawn(program, args, { cwd: folder, env: { PATH: process.env.PATH, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const heard = { out: '', err: '' };
  const wake = new Set<() => void>();
  for (const [name, stream] of [['out', child.stdout] as const, ['err', child.stderr] as const]) {
    stream.setEncoding('utf8');
    stream.on('data', (words: string) => {
      heard[name] += words;
      for (const each of wake) each();
    });
  }
  const ended = endOf(child);
  return {
    out: () => heard.out,
    err: () => heard.err,
    ended,
    pid: child.pid ?? 0,
    signal: (signal) => void child.kill(signal),
    stopReading(how) {
      if (how === 'gone') child.stdout.destroy();
      else child.stdout.pause();
    },
    body: async (path) => (await fetch(`http://127.0.0.1:${env.PORT}${path}`)).text(),
    async status(path) {
      try {
        return (await fetch(`http://127.0.0.1:${env.PORT}${path}`)).status;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    says(words) {
      const found = () =>
        [heard.out, heard.err].some((all) =>
          typeof words === 'string' ? all.includes(words) : words.test(all),
        );
      return new Promise((done, failed) => {
        const look = () => {
          if (!found()) return;
          wake.delete(look);
          done();
        };
        wake.add(look);
        look();
        child.once('close', (code) => {
          if (wake.delete(look))
            failed(new Error(`It ended with ${code} and never said ${words}:\n${heard.out}${heard.err}`));
        });
      });
    },
  };
}

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return code ?? signal ?? 0;
}

/** A port nobody uses just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What connects the app to a workspace over Socket Mode. */
export async function envFor(
  workspace: Workspace,
  databasePath = join(temporaryFolder(), 'nearmiss.db'),
): Promise<Record<string, string>> {
  return {
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    DATABASE_URL: `file:${databasePath}`,
    PORT: String(await freePort()),
  };
}

/** What it ended with: it did so by itself and not with success, and with nothing only its authors can read. */
export async function lastWords(app: BotProcess): Promise<string> {
  const code = await app.ended;
  const words = app.err().trim();
  if (code !== 1 || /\n\s+at |mistake in it/.test(words)) throw new Error(`It ended with ${code}: ${words}`);
  return words;
}

/** A workspace and a file on which the app is started, killed and started again. */
export type KillableBot = {
  workspace: Workspace;
  config: { databasePath: string };
  start: () => Promise<BotProcess>;
  /** Dead at once, in the middle of whatever it did; nothing of it is flushed or closed. */
  kill: (app: BotProcess) => Promise<void>;
};

export async function killableBot(): Promise<KillableBot> {
  const workspace = await openWorkspace();
  const databasePath = emptyDatabase();
  const bot = { workspace, config: { databasePath } };
  return {
    ...bot,
    start: async () => startBotProcess({ env: await envFor(workspace, databasePath) }),
    async kill(app) {
      app.signal('SIGKILL');
      expect(await app.ended).toBe('SIGKILL');
      await workspace.until(() => workspace.connections() === 0);
      // So much time passes that no attempt of the dead one can be under way.
      const earlier = ['due_at', 'created_at', 'tried_at'].map((column) => `${column} = ${column} - 60000`);
      inTheFile(bot, `update outbox set ${earlier.join(', ')}`);
    },
  };
}
