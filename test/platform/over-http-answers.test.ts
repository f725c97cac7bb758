import crypto from 'node:crypto';
import { App } from '@slack/bolt';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { signed } from '../../sandbox/wire/signed-http.ts';
import { startServer } from '../../src/app/server.ts';
import { overHttp } from '../../src/slack/platform/over-http.ts';
import { silence } from '../support/web-api-client.ts';

const SECRET = 'a-secret';

/** A real Bolt app behind our server, and what its log says. */
async function listening(listen: (app: App) => void) {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const { receiver, take } = overHttp(SECRET, { now: Date.now, log });
  const authorize = () => Promise.resolve({});
  const app = new App({ receiver, authorize, logger: silence, deferInitialization: true, convoStore: false });
  listen(app);
  await app.init();
  const server = await startServer({ port: 0, host: '127.0.0.1', log });
  onTestFinished(server.close);
  server.takeSlackRequests(take);
  const post = (body: string, type: string) =>
    fetch(`http://127.0.0.1:${server.port}/slack/events`, {
      method: 'POST',
      body,
      headers: { 'content-type': type, ...signed(SECRET, body, Math.floor(Date.now() / 1000)) },
    });
  const answerTo = async (fields: Record<string, string>) => {
    const answer = await post(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded');
    return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
  };
  return { answerTo, post, logged: () => lines.join('') };
}

const UPDATE = { response_action: 'update', view: { type: 'modal' } };
const SUBMISSION = JSON.stringify({ type: 'view_submission', user: {}, view: { callback_id: 'asking' } });

test('what a listener answers is what Slack gets: nothing, a sentence, or what is to be shown', async () => {
  const { answerTo } = await listening((app) => {
    app.command('/nothing', ({ ack }) => ack());
    app.command('/words', ({ ack }) => ack('Seen'));
    app.view('asking', ({ ack }) => ack(UPDATE as never));
  });
  expect(await answerTo({ command: '/nothing' })).toEqual({ status: 200, type: null, body: '' });
  expect(await answerTo({ command: '/words' })).toEqual({ status: 200, type: null, body: 'Seen' });
  expect(await answerTo({ payload: SUBMISSION })).toEqual({
    status: 200,
    type: 'application/json',
    body: JSON.stringify(UPDATE),
  });
});

test('an event is answered before its listener has done its work', async () => {
  const work = Promise.withResolvers<void>();
  const { post } = await listening((app) => app.event('app_home_opened', () => work.promise));
  const event = { type: 'event_callback', event: { type: 'app_home_opened', user: 'U1', channel: 'D1' } };
  expect((await post(JSON.stringify(event), 'application/json')).status).toBe(200);
  work.resolve();
});

test('a listener that goes on after its answer changes nothing of it, whatever becomes of it', async () => {
  const gone = Promise.withResolvers<string>();
  const { answerTo, logged } = await listening((app) => {
    app.command('/twice', async ({ ack }) => {
      await ack('Once');
      await ack('Twice');
    });
    app.error(async ({ message }) => gone.resolve(message));
  });
  expect(await answerTo({ command: '/twice' })).toMatchObject({ status: 200, body: 'Once' });
  expect(await gone.promise).toMatch(/multiple times/);
  expect(logged()).not.toMatch(/Once|Twice/);
});

test('what nobody answers in three seconds is so said to Slack, and in the log', async () => {
  const { answerTo, logged } = await listening((app) => {
    app.command('/broken', () => Promise.reject(new Error('It broke')));
    app.error(() => Promise.resolve());
  });
  const answers = await Promise.all([answerTo({ command: '/broken' }), answerTo({ command: '/unknown' })]);
  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  expect(logged().match(/not acknowledged within 3 seconds/g)).toHaveLength(2);
});

test('an error that Bolt does not take is answered at once, and nobody is waited for', async () => {
  const { answerTo, logged } = await listening((app) => {
    app.command('/broken', () => Promise.reject(new Error('It broke')));
    app.error(() => Promise.reject(new Error('And so did this')));
  });
  expect(await answerTo({ command: '/broken' })).toMatchObject({ status: 400 });
  expect(logged()).toContain('could not be taken');
  expect(logged()).not.toContain('not acknowledged');
});

test('what is signed is verified before Bolt has it and not by Bolt too, and is parsed once', async () => {
  const { answerTo } = await listening((app) => app.view('asking', ({ ack }) => ack()));
  // As CommonJS sees it, which Bolt is.
  const hashing = vi.spyOn(crypto, 'createHmac');
  const parsing = vi.spyOn(JSON, 'parse');
  onTestFinished(() => void vi.restoreAllMocks());
  expect(await answerTo({ payload: SUBMISSION })).toMatchObject({ status: 200 });
  expect(hashing).not.toHaveBeenCalled();
  expect(parsing.mock.calls.filter(([text]) => text === SUBMISSION)).toHaveLength(1);
});
