import { describe, expect, test } from 'vitest';
import { startWorkspace } from '../../../sandbox/workspace.ts';
import { errorOf, refusal, section, workspaceWithClient } from '../../support/web-api-client.ts';

describe('tokens and scopes', () => {
  test('auth.test says who the bot is, and the header which scopes it has', async () => {
    const { workspace } = await workspaceWithClient();
    const response = await fetch(`${workspace.apiUrl}auth.test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${workspace.botToken}` },
    });
    expect(response.headers.get('x-oauth-scopes')).toContain('chat:write');
    expect(await response.json()).toMatchObject({
      ok: true,
      team: 'Acme',
      bot_id: workspace.state.app.botId,
    });
  });

  test('a wrong token, the wrong kind of token and none at all are refused each in their way', async () => {
    const { workspace, client } = await workspaceWithClient();
    expect(await errorOf(client.auth.test({ token: 'xoxb-wrong' }))).toBe('invalid_auth');
    expect(await errorOf(client.auth.test({ token: workspace.appToken }))).toBe('not_allowed_token_type');
    expect(await errorOf(client.apps.connections.open({ token: workspace.botToken }))).toBe(
      'not_allowed_token_type',
    );
    const bare = await fetch(`${workspace.apiUrl}auth.test`, { method: 'POST' });
    expect(await bare.json()).toMatchObject({ ok: false, error: 'not_authed' });
  });

  test('a revoked token is refused until it is restored', async () => {
    const { workspace, client } = await workspaceWithClient();
    workspace.faults.revokeToken('account_inactive');
    expect(await errorOf(client.auth.test())).toBe('account_inactive');
    workspace.faults.restoreToken();
    expect(await client.auth.test()).toMatchObject({ ok: true });
  });

  test('a declined scope is missing, and the answer says which; one that is not optional cannot be declined', async () => {
    const { client, id } = await workspaceWithClient({ decline: ['groups:history', 'chat:write.public'] });
    const channel = id('payments');
    expect(await refusal(client.conversations.history({ channel }))).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:history',
      provided: expect.stringContaining('chat:write'),
    });
    await expect(startWorkspace({ manifest: 'manifest.yml', decline: ['chat:write'] })).rejects.toThrow(
      'not optional',
    );
  });

  test('a method without any of its scopes is refused', async () => {
    const { client } = await workspaceWithClient();
    expect(await refusal(client.team.info())).toMatchObject({ error: 'missing_scope', needed: 'team:read' });
  });

  test('an argument that Slack does not know is answered and noted', async () => {
    const { workspace, client } = await workspaceWithClient();
    await client.apiCall('auth.test', { colour: 'red', team_id: 'T1', client_msg_id: 'x' });
    expect(workspace.complaints).toEqual(['auth.test does not know colour']);
  });

  test('missing arguments and arguments that are not JSON are invalid_arguments', async () => {
    const { client, id } = await workspaceWithClient();
    expect(await refusal(client.apiCall('views.open', { trigger_id: 'x' }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('view')] },
    });
    expect(await errorOf(client.apiCall('chat.postMessage', { channel: id('learning'), blocks: '[' }))).toBe(
      'invalid_arguments',
    );
    expect(await errorOf(client.apiCall('chat.shout', {}))).toBe('unknown_method');
  });
});

test('everything the app sent can be searched for words that must not be there', async () => {
  const { workspace, client, id } = await workspaceWithClient();
  await client.chat.postMessage({
    channel: id('ops'),
    text: 'x',
    blocks: [section('The secret\nword "here"')],
  });
  expect(workspace.everythingReceived()).toContain('The secret\nword "here"');
});
