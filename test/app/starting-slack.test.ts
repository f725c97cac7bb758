import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { Workspace } from '../../sandbox/workspace.ts';
import { envFor, lastWords, startBotProcess } from '../support/bot-process.ts';
import { openWorkspace } from '../support/workspace.ts';

/** The address of a Slack that says the same to every question. */
async function answering({ scopes, body }: { scopes: string; body: string }): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'x-oauth-scopes': scopes, 'content-type': 'application/json' });
    response.end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

test('a wrong bot token, a wrong app token and Socket Mode switched off each end it with one sentence', async () => {
  const workspace = await openWorkspace();
  const env = await envFor(workspace);
  const wrong =
    /^Slack does not accept this token \(invalid_auth\)\. Please check SLACK_BOT_TOKEN and SLACK_APP_TOKEN/;
  expect(await lastWords(startBotProcess({ env: { ...env, SLACK_BOT_TOKEN: 'xoxb-wrong' } }))).toMatch(wrong);
  expect(await lastWords(startBotProcess({ env: { ...env, SLACK_APP_TOKEN: 'xapp-wrong' } }))).toMatch(wrong);
  workspace.faults.on('apps.connections.open', { kind: 'error', error: 'connection_mode_disabled' });
  expect(await lastWords(startBotProcess({ env }))).toMatch(
    /^Slack does not let the app in \(connection_mode_disabled\)\..*Socket Mode is on/,
  );
});

test('an app installed without a scope it cannot do without says which', async () => {
  const workspace = await openWorkspace();
  const env = await envFor(workspace);
  const SLACK_API_URL = await answering({
    scopes: 'commands,users:read',
    body: '{"ok":true,"team_id":"T1","user_id":"U1","bot_id":"B1"}',
  });
  expect(await lastWords(startBotProcess({ env: { ...env, SLACK_API_URL } }))).toMatch(
    /lacks these scopes: chat:write, channels:read, im:write\./,
  );
});

test('an installation for a whole organisation ends it with one sentence', async () => {
  const env = await envFor(await openWorkspace());
  const SLACK_API_URL = await answering({
    scopes: 'commands,chat:write,users:read,channels:read,im:write',
    body: '{"ok":true,"team_id":"E1","enterprise_id":"E1","user_id":"U1","bot_id":"B1","is_enterprise_install":true}',
  });
  expect(await lastWords(startBotProcess({ env: { ...env, SLACK_API_URL } }))).toMatch(
    /^This token is for a whole organisation, and the app works in single workspaces so far\. Please install it/,
  );
});

test.each<[string, (workspace: Workspace) => Promise<unknown>]>([
  ['somebody uses a command', (workspace) => workspace.person('maria').command('payments-ops', '/nearmiss')],
  ['somebody opens Home', (workspace) => workspace.person('maria').openHome()],
  ['a card is to be posted', (workspace) => workspace.person('jon').submit()],
])('a token refused later ends it, the moment %s', async (_when, find) => {
  const workspace = await openWorkspace();
  const app = startBotProcess({ env: await envFor(workspace) });
  await app.says('"msg":"ready"');
  const jon = workspace.person('jon');
  await jon.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => jon.view());
  await workspace.until(() => workspace.calls.some(({ method }) => method === 'users.list'));
  workspace.faults.revokeToken();
  await find(workspace);
  expect(await lastWords(app)).toMatch(/^Slack does not accept this token \(token_revoked\)\./);
});

test('a token refused when the socket reconnects ends it', async () => {
  const workspace = await openWorkspace();
  const app = startBotProcess({ env: await envFor(workspace) });
  await app.says('"msg":"ready"');
  workspace.faults.on('apps.connections.open', { kind: 'error', error: 'account_inactive' });
  workspace.faults.cutSockets();
  expect(await lastWords(app)).toMatch(/^Slack does not accept this token \(account_inactive\)\./);
});

test('while Slack cannot be reached it waits and says so, is alive and not ready, and goes on when Slack is back', async () => {
  const workspace = await openWorkspace();
  workspace.faults.slackIsDown();
  const app = startBotProcess({ env: await envFor(workspace) });
  await app.says('Slack cannot be reached; waiting for it');
  expect(await app.status('/healthz')).toBe(200);
  expect(await app.status('/readyz')).toBe(503);
  workspace.faults.slackIsBack();
  await app.says('"msg":"ready"');
  expect(await app.status('/readyz')).toBe(200);
  expect(await app.status('/elsewhere')).toBe(404);
});
