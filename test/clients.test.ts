import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebAPIRequestError, WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { clientOptions } from '../src/slack/clients.ts';

const log = pino({ level: 'silent' });

/** A server that answers so, and how many connections were made to it. */
async function startSlack(answer: RequestListener) {
  let connections = 0;
  const server = createServer(answer).on('connection', () => (connections += 1));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  return { url, options: clientOptions(url, log), connections: () => connections };
}

const ok: RequestListener = (_request, response) => void response.end('{"ok":true}');

test('each client has an option object of its own, made anew at every call', () => {
  const options = clientOptions('https://slack.com/api/', log);
  const made = [options.interactive, options.background, options.socket].flatMap((make) => [make(), make()]);
  expect(new Set(made).size).toBe(6);
  expect(new Set(made.map(({ retryConfig }) => retryConfig)).size).toBe(6);
});

test('what answers a person tries once, within two seconds, and waits for no rate limit', () => {
  expect(clientOptions('https://slack.com/api/', log).interactive()).toMatchObject({
    timeout: 2000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
});

test('what the outbox sends with tries once, and waits for no rate limit', () => {
  expect(clientOptions('https://slack.com/api/', log).background()).toMatchObject({
    timeout: 10_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
});

test('what opens the socket tries for ever, at most half a minute apart', () => {
  expect(clientOptions('https://slack.com/api/', log).socket()).toMatchObject({
    retryConfig: { forever: true, maxTimeout: 30_000 },
  });
});

test('calls one after another go over one connection', async () => {
  const slack = await startSlack(ok);
  const client = new WebClient('xoxb-1', slack.options.interactive());
  for (let call = 0; call < 3; call += 1) await client.auth.test();
  expect(slack.connections()).toBe(1);
});

test('a connection that breaks off in the middle of an answer is an error, and no second attempt', async () => {
  let calls = 0;
  const slack = await startSlack((_request, response) => {
    calls += 1;
    response.writeHead(200, { 'content-length': 100 }).write('{"ok":', () => response.destroy());
  });
  const client = new WebClient('xoxb-1', slack.options.background());
  await expect(client.auth.test()).rejects.toBeInstanceOf(WebAPIRequestError);
  expect(calls).toBe(1);
});

test('an answer at a response_url says whether Slack took it', async () => {
  const gone = await startSlack((_request, response) => void response.writeHead(404).end('used_url'));
  const there = await startSlack(ok);
  expect(await there.options.respond(there.url, { text: 'hello' })).toMatchObject({ ok: true });
  expect(await gone.options.respond(gone.url, { text: 'hello' })).toMatchObject({ ok: false });
});
