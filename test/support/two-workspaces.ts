import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';
import type { Workspace } from '../../sandbox/workspace.ts';
import { type Bot, startBotWith } from '../../src/app/bot.ts';
import type { Config } from '../../src/app/config.ts';
import { type BotOnTheWire, QUICK, TUESDAY } from './bot-on-the-wire.ts';
import { CHANNELS, emptyDatabase, openWorkspace, PEOPLE } from './workspace.ts';

/** What the people of the second workspace are called; all ids are those of the first. */
const OTHER_NAMES: Record<string, string> = {
  maria: 'Mariella Rossi',
  jon: 'Jonas Berg',
  amira: 'Amirah Said',
  sam: 'Samuel Weiss',
};

export const TOKENS = { acme: 'xoxb-acme', other: 'xoxb-other' };

/**
 * One app in one process, on one file, in two workspaces whose people and channels have the same ids. #elsewhere is
 * private in the other one.
 */
export type TwoWorkspaces = {
  acme: BotOnTheWire;
  other: BotOnTheWire;
  /** Starts the app, with these tokens if not with both. */
  start: (tokens?: string[]) => Promise<void>;
};

/** Starts it over HTTP, since one address serves both; all of it is stopped when the test is over. */
export async function botInTwoWorkspaces(): Promise<TwoWorkspaces> {
  let ahead = TUESDAY - Date.now();
  const now = () => Date.now() + ahead;
  const acme = await openWorkspace({ now });
  const other = await openWorkspace({
    now,
    team: { id: 'T0OTHER000', name: 'Other', domain: 'other' },
    people: PEOPLE.map((one) => ({ ...one, realName: OTHER_NAMES[one.handle] ?? 'Somebody Else' })),
    channels: CHANNELS.map((one) => (one.name === 'elsewhere' ? { ...one, kind: 'private' } : one)),
  });
  const slackApiUrl = await slackOf(
    new Map([
      [TOKENS.acme, acme],
      [TOKENS.other, other],
    ]),
  );
  const config: Config = {
    botToken: '',
    slack: { mode: 'http', signingSecret: acme.signingSecret },
    slackApiUrl,
    databasePath: emptyDatabase(),
    port: 0,
    logLevel: 'debug',
  };
  const lines: string[] = [];
  const fatal: string[] = [];
  let running: Bot | undefined;
  const start = async (tokens = Object.values(TOKENS)) => {
    await running?.stop();
    running = await startBotWith(tokens, config, {
      now,
      newId: randomUUID,
      shuffle: (items) => items.toReversed(),
      log: pino(
        { level: 'debug', serializers: { error: pino.stdSerializers.err } },
        { write: (line: string) => void lines.push(line) },
      ),
      onFatal: (sentence) => void fatal.push(sentence),
      pace: QUICK,
      host: '127.0.0.1',
    });
    for (const each of [acme, other]) each.connectHttp(`http://127.0.0.1:${running.port}/slack/events`);
  };
  await start();
  onTestFinished(async () => {
    await running?.stop();
    expect([acme.complaints, other.complaints]).toEqual([[], []]);
  });
  const both = {
    config,
    port: () => running?.port ?? 0,
    now,
    advance: (ms: number) => void (ahead += ms),
    async goTo(at: number) {
      await running?.stop();
      ahead += at - now();
      await start();
    },
    stop: async () => running?.stop(),
    restart: () => start(),
    logged: () => lines.join(''),
    fatal,
  };
  return { acme: { workspace: acme, ...both }, other: { workspace: other, ...both }, start };
}

/** One address for both, as Slack has: the token says which workspace is meant. */
async function slackOf(workspaces: Map<string, Workspace>): Promise<string> {
  const server = createServer((request, response) => {
    pass(request, response, workspaces).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  workspaces: Map<string, Workspace>,
): Promise<void> {
  const { authorization = '', 'content-type': type = '' } = request.headers;
  const workspace = workspaces.get(authorization.replace('Bearer ', ''));
  if (workspace === undefined) return void response.end(JSON.stringify({ ok: false, error: 'invalid_auth' }));
  const answer = await fetch(workspace.apiUrl + (request.url ?? '').replace('/api/', ''), {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.botToken}`, 'content-type': type },
    body: await buffer(request),
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
