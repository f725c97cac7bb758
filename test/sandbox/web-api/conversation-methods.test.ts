import { describe, expect, test } from 'vitest';
import { errorOf, refusal, workspaceWithClient } from '../../support/web-api-client.ts';

describe('reading', () => {
  test('a public channel needs the app in it; a private one is not even there', async () => {
    const { workspace, client, id } = await workspaceWithClient();
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
    const { workspace, client, id } = await workspaceWithClient();
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
    const { workspace, client, id } = await workspaceWithClient();
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
    const { workspace, client, id } = await workspaceWithClient();
    const channel = id('learning');
    const parent = workspace.person('maria').say('learning', 'Parent');
    const metadata = { event_type: 'part', event_payload: { id: 'one' } };
    await client.chat.postMessage({ channel, text: 'A', thread_ts: parent.ts, metadata });
    await workspace.person('jon').join('learning');
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
    const { client, person } = await workspaceWithClient();
    const types = 'public_channel,private_channel';
    const all = await client.users.conversations({ user: person('maria'), types, exclude_archived: true });
    expect(all.channels?.map((each) => each.name)).toEqual(['ops', 'learning', 'payments', 'news']);
    expect(await refusal(client.users.conversations({ types: 'im' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'im:read',
    });
  });

  test('people are told apart: admins, guests, strangers, closed accounts and Slackbot', async () => {
    const { client, person } = await workspaceWithClient();
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
    const { client, person } = await workspaceWithClient();
    const opened = await client.conversations.open({ users: person('maria') });
    expect(opened.channel?.id).toMatch(/^D/);
    expect(await errorOf(client.conversations.open({ users: person('gone') }))).toBe('user_disabled');
    expect(await errorOf(client.conversations.open({ users: person('eve') }))).toBe('user_not_visible');
    expect(
      await refusal(client.conversations.open({ users: `${person('maria')},${person('jon')}` })),
    ).toMatchObject({ needed: 'mpim:write' });
  });

  test('members come page by page', async () => {
    const { client, id, person } = await workspaceWithClient();
    const page = await client.conversations.members({ channel: id('ops'), limit: 1 });
    expect(page.members).toEqual([person('maria')]);
    const next = await client.conversations.members({
      channel: id('ops'),
      cursor: page.response_metadata?.next_cursor ?? '',
    });
    expect(next).toMatchObject({ members: [person('jon')], response_metadata: { next_cursor: '' } });
  });
});
