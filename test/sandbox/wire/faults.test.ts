import type { App } from '@slack/bolt';
import { ErrorCode, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { manualClock } from '../../../sandbox/clock.ts';
import { startWorkspace, type Workspace } from '../../../sandbox/workspace.ts';
import { socketMode, toyApp } from '../../support/toy-bolt-app.ts';
import { silence } from '../../support/web-api-client.ts';

let workspace: Workspace;
let client: WebClient;
let clock: ReturnType<typeof manualClock>;
const apps: App[] = [];

beforeEach(async () => {
  clock = manualClock(Date.now());
  workspace = await startWorkspace({
    manifest: 'manifest.yml',
    clock,
    people: [{ handle: 'maria' }],
    channels: [{ name: 'ops', members: ['maria'], app: true }],
  });
  client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    logger: silence,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
});

afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.stop()));
  await workspace.stop();
});

const post = (text: string) => client.chat.postMessage({ channel: workspace.channel('ops').id, text });
const posted = () =>
  workspace
    .person('maria')
    .messages('ops')
    .map((each) => each.text);

/** A bare Socket Mode connection that acknowledges everything. */
function listening(url: string, text: string) {
  const socket = new WebSocket(url);
  const heard: string[] = [];
  socket.on('message', (data) => {
    const said: { type: string; envelope_id?: string } = JSON.parse(
      Buffer.isBuffer(data) ? data.toString() : '',
    );
    heard.push(said.type);
    if (said.envelope_id) socket.send(JSON.stringify({ envelope_id: said.envelope_id, payload: { text } }));
  });
  return { socket, heard };
}

async function answer(url: string, body: object): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return response.ok ? 'ok' : `${response.status} ${JSON.stringify(await response.json())}`;
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** A Bolt app on Socket Mode that comes back at once when its connection is gone. */
async function bolt(listen: (app: App) => void): Promise<App> {
  const app = await toyApp(workspace, socketMode(workspace, { clientPingTimeout: 50 }));
  listen(app);
  await app.start();
  apps.push(app);
  return app;
}

test('a rate limit answers 429 with Retry-After, and nothing happens in Slack', async () => {
  workspace.faults.on('chat.postMessage', { kind: 'rate_limit', retryAfter: 7 });
  await expect(post('One')).rejects.toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 7 });
  expect(posted()).toEqual([]);
  await post('Two');
  expect(posted()).toEqual(['Two']);
});

test('a server error may come before or after the effect', async () => {
  workspace.faults.on('chat.postMessage', { kind: 'http', status: 503 });
  await expect(post('Before')).rejects.toMatchObject({ code: ErrorCode.HTTPError, statusCode: 503 });
  workspace.faults.on('chat.postMessage', { kind: 'http', status: 500, when: 'after' });
  await expect(post('After')).rejects.toMatchObject({ code: ErrorCode.HTTPError, statusCode: 500 });
  expect(posted()).toEqual(['After']);
});

test('a connection may be dropped before or after the effect', async () => {
  workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'before' });
  await expect(post('Before')).rejects.toMatchObject({ code: ErrorCode.RequestError });
  workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'after' });
  await expect(post('After')).rejects.toMatchObject({ code: ErrorCode.RequestError });
  expect(posted()).toEqual(['After']);
});

test("any of Slack's errors can be given instead of an answer", async () => {
  workspace.faults.on('*', { kind: 'error', error: 'internal_error' });
  await expect(client.auth.test()).rejects.toMatchObject({ data: { error: 'internal_error' } });
});

test('a fault can be aimed at the nth call, at several, and at calls that match', async () => {
  const fault = workspace.faults.on('chat.postMessage', { kind: 'http', status: 500 }, { nth: 2, times: 2 });
  const outcomes = await Promise.allSettled([post('1'), post('2'), post('3'), post('4')]);
  expect(outcomes.filter((each) => each.status === 'rejected')).toHaveLength(2);
  expect(fault.hits).toBe(2);
  workspace.faults.on(
    'chat.postMessage',
    { kind: 'http', status: 500 },
    { matching: (args) => args.text === 'Bad' },
  );
  await post('Good');
  await expect(post('Bad')).rejects.toThrow('500');
});

test('a slow answer can be held before or after the effect until it is let go', async () => {
  const before = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'before' });
  const first = post('First');
  await before.struck;
  expect(posted()).toEqual([]);
  before.release();
  await first;
  const after = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'after' });
  const second = post('Second');
  await after.struck;
  await workspace.until(() => posted().includes('Second'));
  after.release();
  expect(await second).toMatchObject({ ok: true });
});

test('while Slack is down no call arrives, and afterwards they do', async () => {
  workspace.faults.slackIsDown();
  await expect(post('Lost')).rejects.toMatchObject({ code: ErrorCode.RequestError });
  expect(workspace.calls).toEqual([]);
  workspace.faults.slackIsBack();
  await post('Here');
  expect(posted()).toEqual(['Here']);
});

test('without a connection of the app a person sees dispatch_failed at once', async () => {
  const outcome = await workspace.person('maria').command('ops', '/nearmiss');
  expect(outcome).toMatchObject({ sent: true, acked: false, failure: 'dispatch_failed' });
  workspace.connectHttp('http://127.0.0.1:9/slack/events');
  expect((await workspace.person('maria').command('ops', '/nearmiss')).failure).toBe('dispatch_failed');
});

test('an app that Slack asks to reconnect, or whose connection is cut, comes back and goes on', async () => {
  await bolt((app) => app.command('/nearmiss', ({ ack }) => ack('Here')));
  const opened = () => workspace.calls.filter((each) => each.method === 'apps.connections.open').length;
  const maria = workspace.person('maria');
  workspace.faults.askSocketsToReconnect();
  expect((await maria.command('ops', '/nearmiss')).failure).toBe('dispatch_failed');
  await workspace.until(() => opened() === 2 && workspace.connections() === 1);
  expect((await maria.command('ops', '/nearmiss')).acked).toBe(true);
  workspace.faults.cutSockets();
  await workspace.until(() => opened() === 3 && workspace.connections() === 1);
  expect((await maria.command('ops', '/nearmiss')).acked).toBe(true);
});

test('an answer that is lost on the way has been given, and the person sees a timeout', async () => {
  let heard = 0;
  await bolt((app) =>
    app.command('/nearmiss', async ({ ack }) => {
      heard += 1;
      await ack('Here');
    }),
  );
  workspace.faults.loseNextAck();
  const maria = workspace.person('maria');
  expect((await maria.command('ops', '/nearmiss')).failure).toBe('operation_timeout');
  expect(heard).toBe(1);
  expect(maria.ephemerals()).toEqual([]);
});

test('each payload goes to one of several connections, in turn, and a ticket is good for one', async () => {
  const address = async () => {
    const { url } = await client.apps.connections.open({ token: workspace.appToken });
    return String(url);
  };
  const first = await address();
  const listeners = [listening(first, '0'), listening(await address(), '1')];
  await workspace.until(() => workspace.connections() === 2);
  const maria = workspace.person('maria');
  await maria.command('ops', '/nearmiss');
  await maria.command('ops', '/nearmiss');
  expect(listeners.map((each) => each.heard)).toEqual([
    ['hello', 'slash_commands'],
    ['hello', 'slash_commands'],
  ]);
  const again = new WebSocket(first);
  await new Promise((resolve) => again.once('error', resolve));
  for (const { socket } of listeners) socket.terminate();
});

test('a response_url takes five answers within half an hour, checks them, and can be lost', async () => {
  const urls: string[] = [];
  await bolt((app) =>
    app.command('/nearmiss', async ({ ack, body }) => {
      urls.push(body.response_url);
      await ack();
    }),
  );
  const maria = workspace.person('maria');
  await maria.command('ops', '/nearmiss');
  await maria.command('ops', '/nearmiss');
  const [first = '', second = ''] = urls;
  workspace.faults.on('response_url', { kind: 'drop', when: 'before' });
  await expect(answer(first, { text: 'Lost' })).rejects.toThrow('fetch failed');
  expect(await answer(first, { blocks: [{ type: 'banner' }] })).toContain(
    '400 {"ok":false,"error":"invalid_blocks"',
  );
  expect(await answer(first, { text: 'For all', response_type: 'in_channel', colour: 'red' })).toBe('ok');
  for (const text of ['1', '2', '3', '4']) expect(await answer(first, { text })).toBe('ok');
  expect(await answer(first, { text: 'Six' })).toContain('404 {"ok":false,"error":"used_url"');
  clock.advance(31 * 60_000);
  expect(await answer(second, { text: 'Late' })).toContain('expired_url');
  expect(posted()).toEqual(['For all']);
  expect(maria.ephemerals().map((each) => each.text)).toEqual(['1', '2', '3', '4']);
  expect(workspace.complaints).toEqual(['response_url does not know colour']);
});

test('an answer to a submission that Slack could not show is noted and shown as a failure', async () => {
  const input = {
    type: 'input' as const,
    block_id: 'what',
    label: plain('What?'),
    element: { type: 'plain_text_input' as const, action_id: 'words', initial_value: 'Words' },
  };
  const view = {
    type: 'modal' as const,
    callback_id: 'asking',
    title: plain('Ask'),
    submit: plain('Save'),
    blocks: [input],
  };
  await bolt((app) => {
    app.command('/nearmiss', async ({ ack, body, client: web }) => {
      await ack();
      await web.views.open({ trigger_id: body.trigger_id, view });
    });
    app.view('asking', ({ ack }) => ack({ response_action: 'errors', errors: { nowhere: 'Wrong' } }));
  });
  const maria = workspace.person('maria');
  await maria.command('ops', '/nearmiss');
  await workspace.until(() => maria.view());
  expect((await maria.submit()).failure).toBe('invalid_errors');
  expect(workspace.complaints).toEqual([expect.stringContaining('nowhere')]);
  expect(maria.view()).toBeDefined();
});

test('a wait in vain says what there is instead', async () => {
  await post('Something');
  await expect(workspace.until(() => false, { ms: 1, what: 'a miracle' })).rejects.toThrow(
    /a miracle[^]*Something/,
  );
});
