import { randomInt, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setGlobalProxyFromEnv } from 'node:http';
import { constants } from 'node:os';
import { pino } from 'pino';
import { type Bot, startBot, type World } from './app/bot.ts';
import { ConfigProblem, REAL_START, readConfig, readDemoPort } from './app/config.ts';
import { logTo } from './app/log-destination.ts';
import { PortUnusable } from './app/server.ts';
import { asRefusal, SlackRefused } from './slack/platform/identity.ts';
import { DatabaseUnusable } from './storage/database-unusable.ts';

/** After this long an end that is asked for comes, whatever is still on its way: the outbox finds out next time. */
const STOP_WITHIN_MS = 10_000;
/** What a start that failed has begun is ended in this time. */
const UNDO_WITHIN_MS = 3000;
/** A terminal, and whoever stops all of a service's processes, signals npm as well as this one, and npm passes it on. */
const SAME_SIGNAL_MS = process.env.npm_lifecycle_event === 'start' ? 500 : 0;

let bot: Bot | undefined;
let stoppingSince: number | undefined;
let refused: unknown;

function end(sentence: string, code: number): void {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

/** Whoever runs it reads at once why it does not start, whatever is still to be closed. */
function sayRefused(error: unknown): void {
  refused = error;
  process.stderr.write(`${explain(error)}\n`);
  setTimeout(() => process.exit(1), UNDO_WITHIN_MS);
}

function shuffle<Item>(items: Item[]): Item[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] as Item, shuffled[last] as Item];
  }
  return shuffled;
}

function world(level: string): World {
  const destination = logTo(process.stdout, (sentence) => void process.stderr.write(`${sentence}\n`));
  return {
    now: Date.now,
    newId: randomUUID,
    shuffle,
    log: pino({ level, serializers: { error: pino.stdSerializers.err } }, destination),
    notes: destination.notes,
    onFatal: (sentence) => end(sentence, 1),
    onRefused: sayRefused,
  };
}

async function start(): Promise<Bot> {
  const hasEnvFile = existsSync('.env');
  if (hasEnvFile) readEnvFile();
  if (hasEnvFile || REAL_START.some((name) => process.env[name])) {
    const config = readConfig(process.env);
    // HTTPS_PROXY and NO_PROXY, for every call to Slack.
    setGlobalProxyFromEnv();
    return startBot(config, world(config.logLevel));
  }
  const { startDemo } = await importDemo();
  const demo = await startDemo(world('warn'), readDemoPort(process.env));
  process.stdout.write(`The local workspace is at ${demo.url} (demo, not connected to Slack)\n`);
  return demo;
}

/** Where only what production needs is installed there is no demo, so a real start was meant. */
async function importDemo() {
  try {
    return await import('../sandbox/demo/demo.ts');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
      readConfig(process.env);
    throw error;
  }
}

function readEnvFile(): void {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    throw new ConfigProblem(
      'The file .env is there and cannot be read. Please give the app leave to read it.',
      {
        cause: error,
      },
    );
  }
}

/** Errors that are for whoever runs the app come with their sentence; anything else is ours and shows where it came from. */
function explain(cause: unknown): string {
  const error = asRefusal(cause);
  const forPeople = [ConfigProblem, PortUnusable, DatabaseUnusable, SlackRefused];
  if (error instanceof Error && forPeople.some((kind) => error instanceof kind)) return error.message;
  return `The app stopped because of a mistake in it. Please report this:\n${error instanceof Error ? error.stack : String(error)}`;
}

/** Ends in order; told a second time, at once. */
function stop(signal: NodeJS.Signals): void {
  if (stoppingSince !== undefined) {
    if (performance.now() - stoppingSince >= SAME_SIGNAL_MS) process.exit(128 + constants.signals[signal]);
    return;
  }
  stoppingSince = performance.now();
  // Nothing is on its way while it is still starting, or waiting for Slack.
  if (bot === undefined) process.exit(0);
  setTimeout(
    () => end('The app ended before everything was done; the rest is done after its next start.', 0),
    STOP_WITHIN_MS,
  ).unref();
  bot.stop().then(
    () => process.exit(0),
    (error: unknown) => end(explain(error), 1),
  );
}

// Where nobody reads this either there is nobody left to tell.
process.stderr.on('error', () => undefined);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('uncaughtException', (error) => end(explain(error), 1));
process.on('unhandledRejection', (reason) => {
  // Socket Mode 3.1 rejects with nothing when it is closed while it reconnects (slackapi/node-slack-sdk#2656).
  if (stoppingSince === undefined) end(explain(reason), 1);
});

try {
  bot = await start();
} catch (error) {
  if (error === refused) process.exit(1);
  end(explain(error), 1);
}
