import { App, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../sandbox/workspace.ts';
import { clientOptions } from '../../src/slack/platform/clients.ts';
import { quietLogger } from '../../src/slack/platform/slack-logger.ts';
import { openWorkspace } from '../support/workspace.ts';

const log = pino({ level: 'silent' });

let workspace: Workspace;

beforeEach(async () => {
  workspace = await openWorkspace();
});

const attempts = (method: string) => workspace.calls.filter((call) => call.method === method).length;

test('what answers a person fails at once: one attempt, two seconds, no waiting for a limit to pass', () => {
  expect(clientOptions('https://slack.com/api/', log).interactive()).toMatchObject({
    slackApiUrl: 'https://slack.com/api/',
    retryConfig: { retries: 0 },
    timeout: 2000,
    rejectRateLimitedCalls: true,
  });
});

test('what the outbox sends with makes one attempt and leaves the next to the outbox', () => {
  expect(clientOptions('https://slack.com/api/', log).background()).toMatchObject({
    slackApiUrl: 'https://slack.com/api/',
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
  });
});

test('what opens sockets makes one attempt: whoever keeps them decides about the next', () => {
  const { retryConfig, timeout, rejectRateLimitedCalls } = clientOptions(
    'https://slack.com/api/',
    log,
  ).socket();
  expect(retryConfig).toEqual({ retries: 0 });
  expect(timeout).toBe(10_000);
  expect(rejectRateLimitedCalls).toBe(true);
});

test('no two clients share an option object, and neither Bolt nor Socket Mode changes what another one has', async () => {
  const options = clientOptions(workspace.apiUrl, log);
  const given = [options.interactive(), options.background(), options.socket(), options.interactive()];
  expect(new Set(given).size).toBe(given.length);
  expect(new Set(given.map(({ retryConfig }) => retryConfig)).size).toBe(given.length);
  const settings = () =>
    given.map(({ slackApiUrl, timeout, retryConfig, rejectRateLimitedCalls }) =>
      JSON.stringify({ slackApiUrl, timeout, retryConfig, rejectRateLimitedCalls }),
    );
  const before = settings();
  const [interactive = {}, , socket = {}] = given;
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    logger: quietLogger(log),
    installerOptions: { clientOptions: socket },
  });
  const app = new App({
    receiver,
    clientOptions: interactive,
    token: workspace.botToken,
    deferInitialization: true,
  });
  await app.init();
  expect(settings()).toEqual(before);
});

test.each(['interactive', 'background'] as const)(
  'the %s client makes one attempt, whatever comes back',
  async (kind) => {
    const client = new WebClient(workspace.botToken, clientOptions(workspace.apiUrl, log)[kind]());
    for (const trouble of [
      { kind: 'http', status: 500 },
      { kind: 'drop', when: 'after' },
      { kind: 'rate_limit', retryAfter: 30 },
      { kind: 'error', error: 'internal_error' },
    ] as const) {
      workspace.faults.on('users.list', trouble);
      const before = attempts('users.list');
      await expect(client.users.list({ limit: 1 })).rejects.toMatchObject({
        name: expect.stringContaining('WebAPI'),
      });
      expect(attempts('users.list')).toBe(before + 1);
    }
  },
);

test('a limit that does not say how long it holds is a limit all the same', async () => {
  const client = new WebClient(workspace.botToken, clientOptions(workspace.apiUrl, log).background());
  workspace.faults.on('users.list', { kind: 'http', status: 429 });
  await expect(client.users.list({ limit: 1 })).rejects.toMatchObject({ retryAfter: 30 });
});

test('an answer that is refused with a status of success was not given', async () => {
  const { respond } = clientOptions(workspace.apiUrl, log);
  const address = `${new URL(workspace.apiUrl).origin}/response/R1`;
  for (const [body, ok] of [
    [{ ok: false, error: 'expired_url' }, false],
    [{ ok: true }, true],
  ] as const) {
    workspace.faults.on('response_url', { kind: 'answer', body });
    expect(await respond(address, { text: 'Thank you' })).toEqual({ ok, status: 200 });
  }
});

test('a limit on what the outbox sends holds up nobody who is waiting, nor anything else that is sent', async () => {
  const options = clientOptions(workspace.apiUrl, log);
  const [interactive, background] = [options.interactive(), options.background()].map(
    (each) => new WebClient(workspace.botToken, each),
  );
  workspace.faults.on('chat.postMessage', { kind: 'rate_limit', retryAfter: 30 });
  const channel = workspace.channel('payments-ops').id;
  await expect(background?.chat.postMessage({ channel, text: 'First' })).rejects.toMatchObject({
    retryAfter: 30,
  });
  await expect(background?.chat.postMessage({ channel, text: 'Second' })).resolves.toMatchObject({
    ok: true,
  });
  await expect(interactive?.users.list({ limit: 1 })).resolves.toMatchObject({ ok: true });
});

test('what Slack’s libraries say below a warning goes nowhere, for it holds people’s words', () => {
  const lines: string[] = [];
  const logger = quietLogger(pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }));
  logger.setLevel(logger.getLevel());
  logger.debug('The rates were wrong');
  logger.info('The rates were wrong');
  expect(lines).toEqual([]);
  logger.warn('A ping is missing', 5);
  logger.error('No connection');
  expect(lines.map((line) => (JSON.parse(line) as { msg: string; from: string }).msg)).toEqual([
    'A ping is missing 5',
    'No connection',
  ]);
});
