import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../sandbox/clock.ts';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../sandbox/workspace.ts';
import { silence } from './silence.ts';

let workspace: Workspace;
let client: WebClient;
const clock = manualClock();

async function start(more: Partial<WorkspaceOptions> = {}): Promise<void> {
  workspace = await startWorkspace({
    manifest: 'manifest.yml',
    clock,
    people: [
      { handle: 'maria', realName: 'Maria Lopez', tz: 'Europe/Madrid' },
      { handle: 'jon', isAdmin: true },
      { handle: 'gone', isDeleted: true },
      { handle: 'eve', isStranger: true },
      { handle: 'guest', isRestricted: true },
    ],
    channels: [
      { name: 'ops', members: ['maria', 'jon'] },
      { name: 'learning', members: ['maria'], app: true },
      { name: 'board', kind: 'private', members: ['maria'] },
      { name: 'payments', kind: 'private', members: ['maria'], app: true },
      { name: 'old', members: ['maria'], app: true, isArchived: true },
      { name: 'news', members: ['maria'], app: true, isPostingRestricted: true },
    ],
    ...more,
  });
  client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    logger: silence,
    retryConfig: { retries: 0 },
  });
}

async function restart(more: Partial<WorkspaceOptions>): Promise<void> {
  await workspace.stop();
  await start(more);
}

beforeEach(() => start());
afterEach(() => workspace.stop());

const id = (name: string) => workspace.channel(name).id;
const person = (handle: string) => workspace.person(handle).id;
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });
const modal = (more: object = {}) => ({
  type: 'modal' as const,
  title: plain('Title'),
  blocks: [section('Text')],
  ...more,
});
const field = (block_id: string, initial_value?: string) => ({
  type: 'input' as const,
  block_id,
  label: plain('What?'),
  element: {
    type: 'plain_text_input' as const,
    action_id: 'words',
    ...(initial_value === undefined ? {} : { initial_value }),
  },
});

/** The error Slack answers with, and everything beside it. */
async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return { ...error.data };
    throw error;
  }
  throw new Error('It was not refused');
}

const errorOf = async (call: Promise<unknown>) => (await refusal(call)).error;

const post = (channel: string, more: object = { text: 'Hello' }) =>
  errorOf(client.apiCall('chat.postMessage', { channel, ...more }));

/** A trigger from a person who has just done something; the app itself does not listen here. */
async function trigger(handle = 'maria'): Promise<string> {
  await workspace.person(handle).globalShortcut('share_from_anywhere');
  return String(workspace.deliveries.at(-1)?.payload.trigger_id);
}

async function openModal(view: object = modal()) {
  await client.apiCall('views.open', { trigger_id: await trigger(), view });
  const opened = workspace.person('maria').view();
  if (!opened) throw new Error('No modal is open');
  return opened;
}

describe('tokens and scopes', () => {
  test('auth.test says who the bot is, and the header which scopes it has', async () => {
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
    expect(await errorOf(client.auth.test({ token: 'xoxb-wrong' }))).toBe('invalid_auth');
    expect(await errorOf(client.auth.test({ token: workspace.appToken }))).toBe('not_allowed_token_type');
    expect(await errorOf(client.apps.connections.open({ token: workspace.botToken }))).toBe(
      'not_allowed_token_type',
    );
    const bare = await fetch(`${workspace.apiUrl}auth.test`, { method: 'POST' });
    expect(await bare.json()).toMatchObject({ ok: false, error: 'not_authed' });
  });

  test('a revoked token is refused until it is restored', async () => {
    workspace.faults.revokeToken('account_inactive');
    expect(await errorOf(client.auth.test())).toBe('account_inactive');
    workspace.faults.restoreToken();
    expect(await client.auth.test()).toMatchObject({ ok: true });
  });

  test('a declined scope is missing, and the answer says which; one that is not optional cannot be declined', async () => {
    await restart({ decline: ['groups:history', 'chat:write.public'] });
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
    expect(await refusal(client.team.info())).toMatchObject({ error: 'missing_scope', needed: 'team:read' });
  });

  test('an argument that Slack does not know is answered and noted', async () => {
    await client.apiCall('auth.test', { colour: 'red', team_id: 'T1', client_msg_id: 'x' });
    expect(workspace.complaints).toEqual(['auth.test does not know colour']);
  });

  test('missing arguments and arguments that are not JSON are invalid_arguments', async () => {
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

describe('posting', () => {
  test('goes to public channels without membership only with chat:write.public', async () => {
    expect(await client.chat.postMessage({ channel: id('ops'), text: 'Hello' })).toMatchObject({ ok: true });
    await restart({ decline: ['chat:write.public'] });
    expect(await errorOf(client.chat.postMessage({ channel: id('ops'), text: 'Hello' }))).toBe(
      'not_in_channel',
    );
  });

  test('is refused where the app is not, where nobody may, and where it does not fit', async () => {
    expect(await post(id('board'))).toBe('channel_not_found');
    expect(await post('C0NOWHERE0')).toBe('channel_not_found');
    expect(await post('#ops')).toBe('channel_not_found');
    expect(await post(id('old'))).toBe('is_archived');
    expect(await post(id('news'))).toBe('restricted_action');
    expect(await post(person('gone'))).toBe('channel_not_found');
    expect(await post(id('learning'), {})).toBe('no_text');
    expect(await post(id('learning'), { text: 'Hello', thread_ts: '1.000001' })).toBe('thread_not_found');
    expect(
      await post(id('learning'), {
        text: 'x',
        metadata: { event_type: 'x', event_payload: { x: 'x'.repeat(8000) } },
      }),
    ).toBe('metadata_too_large');
    expect(
      await post(id('learning'), { blocks: Array.from({ length: 5 }, () => section('x'.repeat(3000))) }),
    ).toBe('msg_blocks_too_long');
    expect(workspace.state.messages).toEqual([]);
  });

  test('says where blocks are wrong', async () => {
    const blocks = [section('Fine'), section('')];
    expect(
      await refusal(client.chat.postMessage({ channel: id('learning'), text: 'x', blocks })),
    ).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: [expect.stringContaining('[json-pointer:/blocks/1/text/text]')] },
    });
  });

  test('blocks without text are posted and noted', async () => {
    await client.apiCall('chat.postMessage', { channel: id('learning'), blocks: [section('Text')] });
    expect(workspace.complaints).toEqual([expect.stringContaining('no text')]);
  });

  test('to a person arrives in their direct messages with the app', async () => {
    await client.chat.postMessage({ channel: person('maria'), text: 'Hello' });
    expect(workspace.person('maria').dm()).toMatchObject([{ text: 'Hello' }]);
    expect(workspace.person('jon').dm()).toEqual([]);
  });

  test('gives timestamps that never repeat, even when the clock stands still', async () => {
    const sent = await Promise.all(
      Array.from({ length: 5 }, () => client.chat.postMessage({ channel: id('ops'), text: 'x' })),
    );
    expect(new Set(sent.map((each) => each.ts)).size).toBe(5);
  });

  test('only to one person reaches members alone', async () => {
    const channel = id('learning');
    await client.chat.postEphemeral({ channel, user: person('maria'), text: 'Psst' });
    expect(workspace.person('maria').ephemerals()).toMatchObject([{ text: 'Psst' }]);
    expect(await errorOf(client.chat.postEphemeral({ channel, user: person('jon'), text: 'x' }))).toBe(
      'user_not_in_channel',
    );
    expect(
      await errorOf(client.chat.postEphemeral({ channel: id('ops'), user: person('maria'), text: 'x' })),
    ).toBe('not_in_channel');
  });

  test('an update keeps blocks and metadata that it leaves out, and takes away what it empties', async () => {
    const channel = id('learning');
    const metadata = { event_type: 'part', event_payload: { id: 'one' } };
    const { ts = '' } = await client.chat.postMessage({
      channel,
      text: 'One',
      blocks: [section('One')],
      metadata,
    });
    await client.chat.update({ channel, ts, text: 'Two' });
    const message = workspace.state.messages[0];
    expect(message).toMatchObject({ text: 'Two', metadata, blocks: [{ text: { text: 'One' } }], edited: {} });
    await client.chat.update({ channel, ts, text: 'Three', blocks: [] });
    expect(message).toMatchObject({ text: 'Three', blocks: [] });
  });

  test("other people's messages cannot be changed, nor ones that are gone", async () => {
    const channel = id('learning');
    const { ts } = workspace.person('maria').say('learning', 'Mine');
    expect(await errorOf(client.chat.update({ channel, ts, text: 'x' }))).toBe('cant_update_message');
    expect(await errorOf(client.chat.delete({ channel, ts }))).toBe('cant_delete_message');
    expect(await errorOf(client.chat.update({ channel, ts: '1.000001', text: 'x' }))).toBe(
      'message_not_found',
    );
    expect(await errorOf(client.chat.getPermalink({ channel, message_ts: '1.000001' }))).toBe(
      'message_not_found',
    );
  });

  test('a thread_ts that is a reply is filed under its parent and noted', async () => {
    const channel = id('learning');
    const parent = workspace.person('maria').say('learning', 'Parent');
    const reply = workspace.person('maria').say('learning', 'Reply', { threadTs: parent.ts });
    await client.chat.postMessage({ channel, text: 'Answer', thread_ts: reply.ts });
    expect(
      workspace
        .person('maria')
        .thread('learning', parent.ts)
        .map((each) => each.text),
    ).toEqual(['Parent', 'Reply', 'Answer']);
    expect(workspace.complaints).toEqual([expect.stringContaining('is a reply')]);
  });
});

describe('reading', () => {
  test('a public channel needs the app in it; a private one is not even there', async () => {
    expect(await errorOf(client.conversations.history({ channel: id('ops') }))).toBe('not_in_channel');
    expect(await errorOf(client.conversations.replies({ channel: id('ops'), ts: '1.000001' }))).toBe(
      'not_in_channel',
    );
    expect(await errorOf(client.conversations.history({ channel: id('board') }))).toBe('channel_not_found');
    expect(await errorOf(client.conversations.info({ channel: id('board') }))).toBe('channel_not_found');
    workspace.person('maria').inviteApp('board');
    expect(await client.conversations.history({ channel: id('board') })).toMatchObject({ messages: [] });
  });

  test('history is newest first, page by page, and shifts nothing when a message is added meanwhile', async () => {
    const channel = id('learning');
    for (const text of ['1', '2', '3', '4', '5']) workspace.person('maria').say('learning', text);
    const first = await client.conversations.history({ channel, limit: 2 });
    workspace.person('maria').say('learning', '6');
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.history({ channel, limit: 2, cursor });
    const last = await client.conversations.history({
      channel,
      limit: 2,
      cursor: second.response_metadata?.next_cursor ?? '',
    });
    expect([first, second, last].map((page) => page.messages?.map((each) => each.text))).toEqual([
      ['5', '4'],
      ['3', '2'],
      ['1'],
    ]);
    expect([first, second, last].map((page) => page.has_more)).toEqual([true, true, false]);
    expect(await errorOf(client.conversations.history({ channel, cursor: 'made-up' }))).toBe(
      'invalid_cursor',
    );
  });

  test('a page goes on where it was when the last message of the page before is deleted meanwhile', async () => {
    const channel = id('learning');
    const maria = workspace.person('maria');
    const said = ['1', '2', '3'].map((text) => maria.say('learning', text));
    const first = await client.conversations.history({ channel, limit: 2 });
    for (const message of said.slice(1, 2)) maria.remove(message);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.history({ channel, cursor });
    expect(second.messages?.map((each) => each.text)).toEqual(['1']);
  });

  test('a thread has its parent at the head of every page, and metadata only when asked for', async () => {
    const channel = id('learning');
    const parent = workspace.person('maria').say('learning', 'Parent');
    const metadata = { event_type: 'part', event_payload: { id: 'one' } };
    await client.chat.postMessage({ channel, text: 'A', thread_ts: parent.ts, metadata });
    workspace.person('jon').join('learning');
    workspace.person('jon').say('learning', 'B', { threadTs: parent.ts });
    const first = await client.conversations.replies({
      channel,
      ts: parent.ts,
      limit: 2,
      include_all_metadata: true,
    });
    expect(first).toMatchObject({
      has_more: true,
      messages: [
        { text: 'Parent', reply_count: 2 },
        { text: 'A', metadata },
      ],
    });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.replies({ channel, ts: parent.ts, cursor });
    expect(second.messages?.map((each) => each.text)).toEqual(['Parent', 'B']);
    const plainRead = await client.conversations.replies({ channel, ts: parent.ts });
    expect(plainRead.messages?.[1]).not.toHaveProperty('metadata');
    expect((await client.conversations.history({ channel })).messages?.map((each) => each.text)).toEqual([
      'Parent',
    ]);
    expect(await errorOf(client.conversations.replies({ channel, ts: '1.000001' }))).toBe('thread_not_found');
  });

  test('the conversations of a person are public ones, and those others that the app is in', async () => {
    const types = 'public_channel,private_channel';
    const all = await client.users.conversations({ user: person('maria'), types, exclude_archived: true });
    expect(all.channels?.map((each) => each.name)).toEqual(['ops', 'learning', 'payments', 'news']);
    expect(await refusal(client.users.conversations({ types: 'im' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'im:read',
    });
  });

  test('people are told apart: admins, guests, strangers, closed accounts and Slackbot', async () => {
    const { members = [] } = await client.users.list({});
    const names = members.map((each) => each.name);
    expect(names).toContain('slackbot');
    expect(names).not.toContain('eve');
    expect(await client.users.info({ user: person('jon') })).toMatchObject({
      user: { is_admin: true, tz: 'Europe/Amsterdam' },
    });
    expect(await client.users.info({ user: person('guest') })).toMatchObject({
      user: { is_restricted: true },
    });
    expect(await client.users.info({ user: person('gone') })).toMatchObject({ user: { deleted: true } });
    expect(await errorOf(client.users.info({ user: person('eve') }))).toBe('user_not_visible');
    expect(await errorOf(client.users.info({ user: 'U0NOBODY00' }))).toBe('user_not_found');
    expect((await client.users.info({ user: person('gone') })).user).not.toHaveProperty('tz');
  });

  test('a direct message can be opened with a colleague, not with someone elsewhere or gone', async () => {
    const opened = await client.conversations.open({ users: person('maria') });
    expect(opened.channel?.id).toMatch(/^D/);
    expect(await errorOf(client.conversations.open({ users: person('gone') }))).toBe('user_disabled');
    expect(await errorOf(client.conversations.open({ users: person('eve') }))).toBe('user_not_visible');
    expect(
      await refusal(client.conversations.open({ users: `${person('maria')},${person('jon')}` })),
    ).toMatchObject({ needed: 'mpim:write' });
  });

  test('members come page by page', async () => {
    const page = await client.conversations.members({ channel: id('ops'), limit: 1 });
    expect(page.members).toEqual([person('maria')]);
    const next = await client.conversations.members({
      channel: id('ops'),
      cursor: page.response_metadata?.next_cursor ?? '',
    });
    expect(next).toMatchObject({ members: [person('jon')], response_metadata: { next_cursor: '' } });
  });
});

describe('views', () => {
  test('a trigger opens one view, within three seconds', async () => {
    const first = await trigger();
    clock.advance(3000);
    expect(await client.views.open({ trigger_id: first, view: modal() })).toMatchObject({ ok: true });
    expect(await errorOf(client.views.open({ trigger_id: first, view: modal() }))).toBe(
      'exchanged_trigger_id',
    );
    const late = await trigger();
    clock.advance(3001);
    expect(await errorOf(client.views.open({ trigger_id: late, view: modal() }))).toBe('expired_trigger_id');
    expect(await errorOf(client.views.open({ trigger_id: 'made-up', view: modal() }))).toBe(
      'invalid_trigger_id',
    );
  });

  test('a view over its limits is invalid_arguments, with a pointer to the place', async () => {
    const view = modal({ title: plain('A title that is rather long') });
    expect(await refusal(client.views.open({ trigger_id: await trigger(), view }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('[json-pointer:/view/title/text]')] },
    });
    expect(workspace.person('maria').view()).toBeUndefined();
  });

  test('three views may lie on each other and no fourth', async () => {
    await openModal();
    await client.views.push({ trigger_id: await trigger(), view: modal() });
    await client.views.push({ trigger_id: await trigger(), view: modal() });
    expect(await errorOf(client.views.push({ trigger_id: await trigger(), view: modal() }))).toBe(
      'push_limit_reached',
    );
    const [root, second] = workspace.person('maria').views();
    expect(second).toMatchObject({ root_view_id: root?.id, previous_view_id: root?.id });
  });

  test('an update with an old hash or to a view that is gone is refused', async () => {
    const { id: view_id, hash } = await openModal();
    await client.views.update({ view_id, hash, view: modal() });
    expect(await errorOf(client.views.update({ view_id, hash, view: modal() }))).toBe('hash_conflict');
    await workspace.person('maria').close();
    expect(await errorOf(client.views.update({ view_id, view: modal() }))).toBe('not_found');
  });

  test('an update keeps what was typed under the same ids and ignores initial values there', async () => {
    const maria = workspace.person('maria');
    const { id: view_id } = await openModal(
      modal({ submit: plain('Save'), blocks: [field('what'), field('untouched')] }),
    );
    await maria.change('view', 'what', 'Typed');
    const blocks = [
      field('what', 'Overwritten?'),
      field('untouched', 'Filled in?'),
      field('new', 'From the start'),
    ];
    await client.views.update({ view_id, view: modal({ submit: plain('Save'), blocks }) });
    const values = maria.view()?.state.values;
    expect(values?.what?.words).toMatchObject({ value: 'Typed' });
    expect(values?.untouched?.words).toMatchObject({ value: null });
    expect(values?.new?.words).toMatchObject({ value: 'From the start' });
  });

  test('an external_id belongs to one view', async () => {
    await openModal(modal({ external_id: 'one' }));
    const view = modal({ external_id: 'one' });
    expect(await errorOf(client.views.open({ trigger_id: await trigger('jon'), view }))).toBe(
      'duplicate_external_id',
    );
    expect(await client.views.update({ external_id: 'one', view })).toMatchObject({ ok: true });
  });

  test('the Home tab is published to one person', async () => {
    await client.views.publish({
      user_id: person('maria'),
      view: { type: 'home', blocks: [section('Yours')] },
    });
    expect(workspace.person('maria').home()).toMatchObject({
      type: 'home',
      blocks: [{ text: { text: 'Yours' } }],
    });
    expect(workspace.person('jon').home()).toBeUndefined();
  });

  test('a person cannot send an empty required field or more than it takes', async () => {
    const maria = workspace.person('maria');
    const short = {
      ...field('what'),
      element: { type: 'plain_text_input', action_id: 'words', max_length: 5 },
    };
    await openModal(modal({ submit: plain('Save'), blocks: [short] }));
    const before = workspace.deliveries.length;
    expect(await maria.submit()).toMatchObject({
      sent: false,
      errors: { what: expect.stringContaining('required') },
    });
    await maria.change('view', 'what', 'Too long');
    expect(await maria.submit()).toMatchObject({
      sent: false,
      errors: { what: expect.stringContaining('long') },
    });
    expect(workspace.deliveries).toHaveLength(before);
  });
});

test('everything the app sent can be searched for words that must not be there', async () => {
  await client.chat.postMessage({
    channel: id('ops'),
    text: 'x',
    blocks: [section('The secret\nword "here"')],
  });
  expect(workspace.everythingReceived()).toContain('The secret\nword "here"');
});
