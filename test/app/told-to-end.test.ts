import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { envFor, lastWords, startBotProcess } from '../support/bot-process.ts';
import { openWorkspace } from '../support/workspace.ts';

test('told to end while it waits for Slack, it ends at once and without complaint', async () => {
  const workspace = await openWorkspace();
  workspace.faults.slackIsDown();
  const app = startBotProcess({ env: await envFor(workspace) });
  await app.says('Slack cannot be reached; waiting for it');
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
  expect(app.err()).toBe('');
});

test('told to end, it finishes what is on its way and ends without complaint', async () => {
  const workspace = await openWorkspace();
  const app = startBotProcess({ env: await envFor(workspace) });
  await app.says('"msg":"ready"');
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  const posting = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'before' });
  await maria.submit();
  await posting.struck;
  app.signal('SIGTERM');
  await workspace.until(() => workspace.connections() === 0);
  posting.release();
  expect(await app.ended).toBe(0);
  expect(app.err()).toBe('');
  expect(maria.messages('payments-ops')).toHaveLength(1);
  expect(workspace.complaints).toEqual([]);
});

test('told twice, it ends at once, whatever is on its way', async () => {
  const workspace = await openWorkspace();
  const app = startBotProcess({ env: await envFor(workspace) });
  await app.says('"msg":"ready"');
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  const posting = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'before' });
  await maria.submit();
  await posting.struck;
  app.signal('SIGTERM');
  await workspace.until(() => workspace.connections() === 0);
  app.signal('SIGTERM');
  expect(await app.ended).toBe(143);
  expect(app.err()).toBe('');
});

const HEAD = 'POST /slack/events HTTP/1.1\r\nhost: bot.example\r\n';
const FORM = 'content-type: application/x-www-form-urlencoded\r\ncontent-length: 11\r\n\r\n';

/** A request whose end never comes. */
async function slowRequest(port: string | undefined, sent: string): Promise<Socket> {
  const socket = connect(Number(port), '127.0.0.1');
  // It is cut off in the end.
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  await new Promise((written) => socket.write(sent, written));
  return socket;
}

test('told to end amid hundreds of slow requests, it waits for none of them for long, and takes no more', async () => {
  const workspace = await openWorkspace();
  const { SLACK_APP_TOKEN: _none, ...env } = await envFor(workspace);
  const app = startBotProcess({ env: { ...env, SLACK_SIGNING_SECRET: workspace.signingSecret } });
  await app.says('"msg":"ready"');
  for (let at = 0; at < 200; at += 1) {
    await slowRequest(env.PORT, HEAD);
    await slowRequest(env.PORT, `${HEAD}${FORM}ssl_`);
  }
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
  expect(app.err()).toBe('');
  expect(await app.status('/healthz')).toBe('fetch failed');
});

/** Asks over and over on connections that stay open, as what looks after services does. */
function pollReadiness(port: string | undefined): void {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
    agent.destroy();
  });
  const poll = () => {
    if (isOver) return;
    get({ host: '127.0.0.1', port, path: '/readyz', agent }, (response) => {
      text(response).then(poll, poll);
    }).on('error', () => setImmediate(poll));
  };
  for (let at = 0; at < 20; at += 1) poll();
}

test('a start that Slack refuses says why and ends, also where somebody keeps asking whether it is ready', async () => {
  const workspace = await openWorkspace();
  const env = await envFor(workspace);
  pollReadiness(env.PORT);
  const app = startBotProcess({ env: { ...env, SLACK_BOT_TOKEN: 'xoxb-wrong' } });
  expect(await lastWords(app)).toMatch(/^Slack does not accept/);
});

test('a start that is refused says why before what it has begun is over', async () => {
  const workspace = await openWorkspace();
  const env = await envFor(workspace);
  workspace.faults.slackIsDown();
  const app = startBotProcess({ env: { ...env, SLACK_BOT_TOKEN: 'xoxb-wrong' } });
  await app.says('Slack cannot be reached; waiting for it');
  let isAnswered = false;
  (await slowRequest(env.PORT, HEAD)).on('data', () => (isAnswered = true));
  workspace.faults.slackIsBack();
  await app.says('Slack does not accept');
  expect(isAnswered).toBe(false);
  expect(await lastWords(app)).toMatch(/^Slack does not accept/);
});
