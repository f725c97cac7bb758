import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, test } from 'vitest';
import { signed } from '../../sandbox/wire/signed-http.ts';
import type { Workspace } from '../../sandbox/workspace.ts';
import { type BotProcess, envFor, startBotProcess } from '../support/bot-process.ts';
import { openWorkspace } from '../support/workspace.ts';

const FORM = 'application/x-www-form-urlencoded';
/** What must stand in no log: people wrote it. */
const WORDS = 'the rates were wrong';

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

/** Writes this to the app as it stands; the status it is answered with, or nothing where the line is cut. */
async function statusOf(request: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  const answer = await text(socket).catch(() => '');
  return [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status).join(' ');
}

/** Writes this and cuts the line, before it is answered. */
async function hangUpAfter(request: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  await new Promise((written) => socket.write(request, written));
  socket.resetAndDestroy();
}

function asked(line: string, headers: Record<string, string | number> = {}, body = ''): string {
  const all = { host: 'bot.example', connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** A request to `/slack/events` with Slack's signature. */
function fromSlack(body: string, type = FORM, headers: Record<string, string> = {}): string {
  return asked(
    'POST /slack/events',
    {
      ...(type !== '' && { 'content-type': type }),
      'content-length': Buffer.byteLength(body),
      ...signed(workspace.signingSecret, body, Math.floor(Date.now() / 1000)),
      ...headers,
    },
    body,
  );
}

async function statusesOf(requests: Record<string, string | Buffer>): Promise<Record<string, string>> {
  const statuses: Record<string, string> = {};
  for (const [name, request] of Object.entries(requests)) statuses[name] = await statusOf(request);
  return statuses;
}

const all = (names: Iterable<string>, status: string) =>
  Object.fromEntries([...names].map((name) => [name, status]));

const leftOut = () => app.out().match(/could not be taken/g)?.length ?? 0;

/** The app goes on: it is ready, answers people, and has nothing to say to whoever runs it. */
async function expectItGoesOn(): Promise<void> {
  expect(await app.status('/readyz')).toBe(200);
  expect(await workspace.person('maria').command('payments-ops', '/nearmiss help')).toMatchObject({
    acked: true,
  });
  expect(app.err()).toBe('');
  expect(workspace.complaints).toEqual([]);
}

test('anything but POST is not allowed, whoever asks', async () => {
  const methods = 'GET HEAD OPTIONS PUT DELETE PATCH TRACE PROPFIND QUERY M-SEARCH'.split(' ');
  const requests = Object.fromEntries(methods.map((method) => [method, asked(`${method} /slack/events`)]));
  expect(await statusesOf(requests)).toEqual(all(methods, '405'));
  const get = asked('GET /slack/events');
  expect(
    await statusesOf({
      'with a query': asked('GET /slack/events?a=%zz'),
      'with a body': asked('PUT /slack/events', { 'content-length': 3 }, 'abc'),
      'with a signature': fromSlack('payload={}').replace('POST', 'GET'),
      'of HTTP/1.0': 'GET /slack/events HTTP/1.0\r\n\r\n',
      'of no version': 'GET /slack/events\r\n\r\n',
      'to upgrade': asked('GET /slack/events', { connection: 'upgrade, close', upgrade: 'websocket' }),
      'to go on': asked('GET /slack/events', { expect: '100-continue' }),
      'two at once': get.replace('connection: close\r\n', '') + get,
    }),
  ).toEqual({
    'with a query': '405',
    'with a body': '405',
    'with a signature': '405',
    'of HTTP/1.0': '405',
    'of no version': '405',
    'to upgrade': '405',
    'to go on': '100 405',
    'two at once': '405 405',
  });
  const answer = await fetch(`http://127.0.0.1:${port}/slack/events`);
  expect(answer.headers.get('allow')).toBe('POST');
  await expectItGoesOn();
});

test('whatever stands where the address should be is answered', async () => {
  expect(
    await statusesOf({
      slashes: asked('GET //'),
      'a host and no more': asked('GET //bot.example'),
      'slashes before it': asked('POST //slack/events'),
      'a whole address': asked('POST http://bot.example/slack/events'),
      'an address that is none': asked('GET http://'),
      star: asked('OPTIONS *'),
      nothing: asked('GET ?'),
      'odd bytes': asked('GET /%ff%zz'),
      'a host to connect to': asked('CONNECT bot.example:443'),
    }),
  ).toEqual({
    slashes: '404',
    'a host and no more': '404',
    'slashes before it': '404',
    'a whole address': '404',
    'an address that is none': '404',
    star: '404',
    nothing: '400',
    'odd bytes': '404',
    'a host to connect to': '',
  });
  await expectItGoesOn();
});

test('what is no request, or ends in its middle, ends nothing else', async () => {
  expect(
    await statusesOf({
      'a TLS greeting': Buffer.from([22, 3, 1, 0, 200, 1, 0, 0, 0]),
      'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'a length below nothing': asked('POST /slack/events', { 'content-length': -3 }),
      'two lengths': asked('POST /slack/events', { 'content-length': 3, 'transfer-encoding': 'chunked' }),
      'a chunk that is none': asked('POST /slack/events', { 'transfer-encoding': 'chunked' }, 'zz\r\n'),
      'a wish nobody knows': fromSlack('{}', FORM, { expect: 'cake' }),
      'no signature': asked('POST /slack/events', { 'content-length': 2 }, '{}'),
      'an odd signature': fromSlack('{}', FORM, { 'x-slack-signature': '=' }),
      'an odd time': fromSlack('{}', FORM, { 'x-slack-request-timestamp': '1e999' }),
      'a signature of other words': fromSlack('payload={}').replace(/{}$/, '[]'),
      'more than Slack sends': fromSlack('a'.repeat(1024 * 1024 + 1)),
    }),
  ).toEqual({
    'a TLS greeting': '400',
    'HTTP/2': '400',
    'a length below nothing': '400',
    'two lengths': '400',
    'a chunk that is none': '400',
    'a wish nobody knows': '417',
    'no signature': '401',
    'an odd signature': '401',
    'an odd time': '401',
    'a signature of other words': '401',
    'more than Slack sends': '413',
  });
  expect(await statusOf(asked('GET /slack/events', { much: 'a'.repeat(100_000) }))).toMatch(/^(?:431)?$/);
  await hangUpAfter(fromSlack(`payload=${WORDS}`).slice(0, -5));
  await hangUpAfter(fromSlack('payload=null'));
  await hangUpAfter(fromSlack('command=/nearmiss&text=help'));
  await hangUpAfter(asked('GET /slack/events'));
  await hangUpAfter(asked('GET /readyz'));
  await expectItGoesOn();
});

/** What stands here is no more to Bolt as a payload than as a body. One a line, and two more. */
const NO_BODY = [
  '',
  '['.repeat(100_000),
  ...`null
[]
[null]
"x"
1
true
{
${WORDS}
"${WORDS}"
{}
{"type":null}
{"type":{"toString":1}}
{"type":"${WORDS}"}
{"type":"view_submission"}
{"type":"view_submission","view":null,"user":{}}
{"type":"shortcut"}
{"type":"message_action","user":null}
{"type":"block_actions","user":1}
{"type":"block_actions","actions":[],"user":{}}
{"type":"block_actions","actions":[null],"user":{}}
{"actions":null}
{"command":{}}
{"command":"/nearmiss","event":null}
{"command":"/nearmiss","response_urls":null}
{"event":null}
{"event":[]}
{"event":"${WORDS}"}
{"event":{"type":"x","item":"${WORDS}"}}
{"event":{"type":"x","channel":null}}
{"event":{"type":"x"},"authorizations":[null]}
{"event":{"type":"x","item":null},"type":{"toString":1,"valueOf":1}}`.split('\n'),
];

test('a signed body that cannot be read is answered so at once, and leaves one line with nobody’s words', async () => {
  const requests = {
    ...Object.fromEntries(
      NO_BODY.flatMap((body) => [
        [`payload=${body.slice(0, 80)}`, fromSlack(`payload=${encodeURIComponent(body)}`)],
        [body.slice(0, 80), fromSlack(body, 'application/json')],
      ]),
    ),
    'no fields': fromSlack(''),
    'two payloads': fromSlack('payload=1&payload=2'),
    'percent signs': fromSlack('payload=%zz%ff%00&%=%'),
    'a form that says it is JSON': fromSlack(`command=/nearmiss&text=${WORDS}`, 'application/json'),
    'a form of another kind': fromSlack(`--x\r\n${WORDS}\r\n--x--`, 'multipart/form-data; boundary=x'),
    'no type': fromSlack(`text=${WORDS}`, ''),
    'compressed, it says': fromSlack('payload=1', FORM, { 'content-encoding': 'gzip' }),
  };
  expect(await statusesOf(requests)).toEqual(all(Object.keys(requests), '400'));
  await expect.poll(leftOut).toBe(Object.keys(requests).length);
  await expectItGoesOn();
  const lines = app.out().trim().split('\n');
  expect(lines.filter((line) => !/could not be taken|"msg":"ready"/.test(line))).toEqual([]);
  expect(app.out()).not.toContain(WORDS.slice(0, 8));
});

test('what Slack asks to see whether somebody is there is answered as before', async () => {
  const challenge = fromSlack('{"type":"url_verification","challenge":"abc"}', 'application/json');
  const check = asked('POST /slack/events', { 'content-type': FORM, 'content-length': 11 }, 'ssl_check=1');
  expect(await statusesOf({ challenge, check })).toEqual({ challenge: '200', check: '200' });
  // Of what is not signed nothing else is believed.
  const more = 'ssl_check=1&command=/nearmiss&text=help';
  const smuggled = check.replace('length: 11', `length: ${more.length}`).replace('ssl_check=1', more);
  const unlike = check.replace('ssl_check=1', 'ssl_check=2');
  expect(await statusesOf({ smuggled, unlike })).toEqual({ smuggled: '200', unlike: '401' });
  await expectItGoesOn();
});
