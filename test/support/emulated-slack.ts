import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import type { Json } from '../../sandbox/json.ts';
import { freePort } from './bot-process.ts';

/** One call of the app, and what it was answered. */
type PassedCall = { method: string; args: Record<string, string>; answer: Json };

/**
 * Slack's Web API as `emulate` (npmjs.com/package/emulate) has it, which knows nothing of us, in a process of its
 * own. Scopes are checked: the app has those of `manifest.yml`. What passes between the two can be seen.
 */
export type EmulatedSlack = {
  apiUrl: string;
  botToken: string;
  /** Every call so far. */
  calls: readonly PassedCall[];
  /** Waits for a call of this method, later than those that were waited for. */
  next: (method: string) => Promise<PassedCall>;
  /** Asks as the app, or as somebody else, without being noted. */
  ask: (method: string, args: Record<string, string>, token?: string) => Promise<Json>;
  stop: () => Promise<void>;
};

export const MARIAS_TOKEN = 'xoxp-maria';
const BOT_TOKEN = 'xoxb-emulated';
const BOT = { bot_id: 'B0APP00000', bot_user_id: 'U0APP00000', app_id: 'A0APP00000' };

function seed(): object {
  const { scopes } = (
    parse(readFileSync('manifest.yml', 'utf8')) as { oauth_config: { scopes: { bot: string[] } } }
  ).oauth_config;
  const app = { name: 'Near-miss', bot_name: 'nearmiss', client_id: '1.2', client_secret: 'not-a-secret' };
  const maria = ['channels:read', 'channels:manage', 'channels:history', 'users:read'];
  return {
    slack: {
      strict_scopes: true,
      team: { name: 'Acme', domain: 'acme' },
      users: [{ name: 'maria', real_name: 'Maria Lopez' }],
      channels: [{ name: 'payments-ops' }],
      oauth_apps: [{ ...app, ...BOT, redirect_uris: ['http://127.0.0.1/'], scopes: scopes.bot }],
      tokens: [
        { token: BOT_TOKEN, type: 'bot', user_id: BOT.bot_user_id, scopes: scopes.bot, ...BOT },
        { token: MARIAS_TOKEN, type: 'user', user: 'maria', scopes: maria },
      ],
    },
  };
}

/** Undefined where `emulate` does not start. */
export async function startEmulatedSlack(): Promise<EmulatedSlack | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'near-miss-'));
  const config = join(folder, 'seed.json');
  writeFileSync(config, JSON.stringify(seed()));
  const port = await freePort();
  const program = resolve('node_modules/emulate/dist/index.js');
  const args = [program, 'start', '--service', 'slack', '--port', String(port), '--seed', config];
  const emulate = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const stop = () => end(emulate).finally(() => rmSync(folder, { recursive: true, force: true }));
  if (!(await isReady(emulate))) {
    await stop();
    return undefined;
  }
  return watched(`http://127.0.0.1:${port}/api/`, stop);
}

async function isReady(emulate: ChildProcess): Promise<boolean> {
  const ready = (async () => {
    for await (const words of emulate.stdout ?? []) if (String(words).includes('Ready')) return true;
    return false;
  })();
  return Promise.race([ready, once(emulate, 'exit').then(() => false)]);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** Stands between the app and `emulate`, passes everything on unchanged, and notes it. */
async function watched(emulateUrl: string, stopEmulate: () => Promise<void>): Promise<EmulatedSlack> {
  const calls: PassedCall[] = [];
  const taken = new Set<PassedCall>();
  const waiting = new Set<() => void>();
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const method = request.url?.split('/').at(-1) ?? '';
    const body = await text(request);
    const { authorization = '', 'content-type': type = '' } = request.headers;
    const { status, answer } = await post(emulateUrl + method, body, { authorization, 'content-type': type });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    calls.push({ method, args: Object.fromEntries(new URLSearchParams(body)), answer });
    for (const look of waiting) look();
  };
  // What the app still asks while everything is closing is cut off.
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    botToken: BOT_TOKEN,
    calls,
    next: (method) =>
      new Promise((found) => {
        const look = () => {
          const call = calls.find((each) => each.method === method && !taken.has(each));
          if (call === undefined) return;
          taken.add(call);
          waiting.delete(look);
          found(call);
        };
        waiting.add(look);
        look();
      }),
    async ask(method, args, token = BOT_TOKEN) {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-www-form-urlencoded',
      };
      return (await post(emulateUrl + method, new URLSearchParams(args).toString(), headers)).answer;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await stopEmulate();
    },
  };
}

async function post(url: string, body: string, headers: Record<string, string>) {
  const response = await fetch(url, { method: 'POST', body, headers });
  return { status: response.status, answer: (await response.json()) as Json };
}
