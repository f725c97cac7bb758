import { randomInt, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { pino } from 'pino';
import { type Bot, startBot, TOKEN_REFUSED_SENTENCE, type World } from './bot.ts';
import { ConfigProblem, REAL_START, readConfig } from './config.ts';
import { PortUnusable } from './server.ts';
import { SlackRefused } from './slack/identity.ts';
import { isTokenRefused } from './slack/outcome.ts';
import { DatabaseUnusable } from './storage/database-unusable.ts';

/** After this long an end that is asked for comes, whatever is still running. */
const STOP_WITHIN_MS = 10_000;

const hasEnvFile = existsSync('.env');
if (hasEnvFile) process.loadEnvFile('.env');
const isDemo = !hasEnvFile && REAL_START.every((name) => !process.env[name]);

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
  if (!isDemo) {
    const config = readConfig(process.env);
    return startBot(config, world(config.logLevel));
  }
  const { startDemo } = await import('../sandbox/demo.ts');
  const demo = await startDemo(world('warn'), Number(process.env.PORT ?? 3000));
  process.stdout.write(`The local workspace is at ${demo.url} (demo, not connected to Slack)\n`);
  return demo;
}

/** Errors that are for whoever runs the app come with their sentence; anything else is ours and shows where it came from. */
function explain(error: unknown): string {
  const forPeople = [ConfigProblem, PortUnusable, DatabaseUnusable, SlackRefused].some(
    (kind) => error instanceof kind,
  );
  if (isTokenRefused(error)) return TOKEN_REFUSED_SENTENCE;
  if (forPeople && error instanceof Error) return error.message;
  return `The app stopped because of a mistake in it. Please report this:\n${error instanceof Error ? error.stack : String(error)}`;
}

process.on('unhandledRejection', (reason) => {
  // Socket Mode 3.1 rejects with nothing when it is closed while it reconnects (slackapi/node-slack-sdk#2656).
  if (!stopping) end(explain(reason), 1);
});

try {
  const bot = await start();
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    bot.stop().then(
      () => process.exit(0),
      (error: unknown) => end(explain(error), 1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  end(explain(error), 1);
}
