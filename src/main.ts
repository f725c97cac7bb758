import { randomInt, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setGlobalProxyFromEnv } from 'node:http';
import { pino } from 'pino';
import { type Bot, startBot, type World } from './app/bot.ts';
import { ConfigProblem, REAL_START, readConfig, readDemoPort } from './app/config.ts';
import { PortUnusable } from './app/server.ts';
import { asRefusal, SlackRefused } from './slack/platform/identity.ts';
import { DatabaseUnusable } from './storage/database-unusable.ts';

/** After this long an end that is asked for comes, whatever is still on its way: the outbox finds out next time. */
const STOP_WITHIN_MS = 25_000;

let bot: Bot | undefined;
let stopping = false;

function end(sentence: string, code: number): void {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
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
  return {
    now: Date.now,
    newId: randomUUID,
    shuffle,
    log: pino({ level, serializers: { error: pino.stdSerializers.err } }),
    onFatal: (sentence) => end(sentence, 1),
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

function stop(): void {
  if (stopping) return;
  stopping = true;
  // Nothing is on its way while it is still starting, or waiting for Slack.
  if (bot === undefined) process.exit(0);
  setTimeout(
    () => end('The app ended before everything was done; the rest is done after its next start.', 1),
    STOP_WITHIN_MS,
  ).unref();
  bot.stop().then(
    () => process.exit(0),
    (error: unknown) => end(explain(error), 1),
  );
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('uncaughtException', (error) => end(explain(error), 1));
process.on('unhandledRejection', (reason) => {
  // Socket Mode 3.1 rejects with nothing when it is closed while it reconnects (slackapi/node-slack-sdk#2656).
  if (!stopping) end(explain(reason), 1);
});

try {
  bot = await start();
} catch (error) {
  end(explain(error), 1);
}
