import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { signed } from '../../sandbox/wire/signed-http.ts';
import type { Workspace } from '../../sandbox/workspace.ts';
import { BODY_LIMITS } from '../../src/slack/platform/request-body.ts';
import { type BotProcess, envFor, startBotProcess } from '../support/bot-process.ts';
import { openWorkspace } from '../support/workspace.ts';

const MB = 1024 * 1024;

let workspace: Workspace;
let app: BotProcess;
let port: number;

beforeEach(async () => {
  workspace = await openWorkspace();
  const { SLACK_APP_TOKEN: _none, ...env } = await envFor(workspace);
  port = Number(env.PORT);
  app = startBotProcess({ env: { ...env, SLACK_SIGNING_SECRET: workspace.signingSecret } });
  workspace.connectHttp(`http://127.0.0.1:${port}/slack/events`);
  await app.says('"msg":"ready"');
});

/** What the app holds in memory, in bytes. */
function held(): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${app.pid}/status`, 'utf8'))?.[1]) * 1024;
}

const now = () => String(Math.floor(Date.now() / 1000));
const forged = () => ({ 'x-slack-signature': `v0=${'0'.repeat(64)}`, 'x-slack-request-timestamp': now() });

/** Sends the head of a request and so much of its body, and says no more. */
async function holding(length: number, sends: number, headers: Record<string, string>): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  // It may be cut off while it still sends.
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(
    `POST /slack/events HTTP/1.1\r\nhost: bot.example\r\ncontent-length: ${length}\r\n${lines.join('')}\r\n`,
  );
  socket.write(Buffer.alloc(sends, 'a'));
  return socket;
}

const answerOf = async (socket: Socket) =>
  /^HTTP\/1\.1 (\d{3})/.exec(await text(socket).catch(() => ''))?.[1] ?? 'cut off';

async function counted(answers: Promise<string>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const answer of await Promise.all(answers)) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}

const isHeard = () => workspace.person('maria').command('payments-ops', '/nearmiss help');

test('what cannot be Slack’s is turned away before its body is there, and costs no memory', async () => {
  const before = held();
  const old = signed(workspace.signingSecret, 'a', Number(now()) - 1000);
  const sockets = [];
  for (let at = 0; at < 250; at += 1) sockets.push(await holding(4 * MB, 64_000, at % 2 === 0 ? {} : old));
  expect(await counted(sockets.map(answerOf))).toEqual({ 401: 250 });
  expect(held() - before).toBeLessThan(BODY_LIMITS.inAll);
  expect(await isHeard()).toMatchObject({ acked: true });
});

test('of what says it is Slack’s no more is held than there is room for, and people are heard afterwards', async () => {
  expect(await answerOf(await holding(BODY_LIMITS.each + 1, 10, forged()))).toBe('413');
  const before = held();
  const sockets = [];
  for (let at = 0; at < 100; at += 1)
    sockets.push(await holding(BODY_LIMITS.each, BODY_LIMITS.each - 1, forged()));
  const counts = await counted(sockets.map(answerOf));
  // Those that fit in wait for their last byte, until they are told that it took too long.
  expect(counts).toEqual({ 503: expect.any(Number), 408: expect.any(Number) });
  expect(Number(counts['408']) * (BODY_LIMITS.each - 1)).toBeLessThanOrEqual(BODY_LIMITS.inAll);
  expect(held() - before).toBeLessThan(4 * BODY_LIMITS.inAll);
  expect(await isHeard()).toMatchObject({ acked: true });
});

test('a body that is as long as Slack’s longest, all in Chinese, is taken', async () => {
  const payload = JSON.stringify({ type: 'url_verification', challenge: '看'.repeat(80_000) });
  const body = new URLSearchParams({ payload }).toString();
  expect(body.length).toBeGreaterThan(700_000);
  const { status } = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...signed(workspace.signingSecret, body, Number(now())),
    },
  });
  expect(status).toBe(200);
});

test('there are only so many connections, and whoever says nothing loses theirs', async () => {
  const sockets: Socket[] = [];
  for (let at = 0; at < 600; at += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    sockets.push(socket);
    await once(socket, 'connect');
  }
  expect(await counted(sockets.map(answerOf))).toEqual({ 408: 500, 'cut off': 100 });
  expect(app.out().match(/too many connections/g)).toHaveLength(1);
  expect(await isHeard()).toMatchObject({ acked: true });
});
