import { describe, expect, test } from 'vitest';
import { errorOf, refusal, section, workspaceWithClient } from '../../support/web-api-client.ts';

describe('posting', () => {
  test('goes to public channels without membership only with chat:write.public', async () => {
    const { client, id } = await workspaceWithClient();
    expect(await client.chat.postMessage({ channel: id('ops'), text: 'Hello' })).toMatchObject({ ok: true });
    const without = await workspaceWithClient({ decline: ['chat:write.public'] });
    expect(await without.post(without.id('ops'))).toBe('not_in_channel');
  });

  test('is refused where the app is not, where nobody may, and where it does not fit', async () => {
    const { workspace, id, person, post } = await workspaceWithClient();
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
    const { client, id } = await workspaceWithClient();
    const blocks = [section('Fine'), section('')];
    expect(
      await refusal(client.chat.postMessage({ channel: id('learning'), text: 'x', blocks })),
    ).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: [expect.stringContaining('[json-pointer:/blocks/1/text/text]')] },
    });
  });

  test('blocks without text are posted and noted', async () => {
    const { workspace, client, id } = await workspaceWithClient();
    await client.apiCall('chat.postMessage', { channel: id('learning'), blocks: [section('Text')] });
    expect(workspace.complaints).toEqual([expect.stringContaining('no text')]);
  });

  test('to a person arrives in their direct messages with the app', async () => {
    const { workspace, client, person } = await workspaceWithClient();
    await client.chat.postMessage({ channel: person('maria'), text: 'Hello' });
    expect(workspace.person('maria').dm()).toMatchObject([{ text: 'Hello' }]);
    expect(workspace.person('jon').dm()).toEqual([]);
  });

  test('gives timestamps that never repeat, even when the clock stands still', async () => {
    const { client, id } = await workspaceWithClient();
    const sent = await Promise.all(
      Array.from({ length: 5 }, () => client.chat.postMessage({ channel: id('ops'), text: 'x' })),
    );
    expect(new Set(sent.map((each) => each.ts)).size).toBe(5);
  });

  test('only to one person reaches members alone', async () => {
    const { workspace, client, id, person } = await workspaceWithClient();
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
    const { workspace, client, id } = await workspaceWithClient();
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

  test('rich text is replaced by rich text only', async () => {
    const { client, id } = await workspaceWithClient();
    const channel = id('learning');
    const rich = (text: string) => ({
      type: 'rich_text' as const,
      elements: [{ type: 'rich_text_section' as const, elements: [{ type: 'text' as const, text }] }],
    });
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'One', blocks: [rich('One')] });
    const plain = { channel, ts, text: 'Two', blocks: [section('Two')] };
    expect(await errorOf(client.chat.update(plain))).toBe('block_mismatch');
    await client.chat.update({ ...plain, blocks: [rich('Two')] });
  });

  test("other people's messages cannot be changed, nor ones that are gone", async () => {
    const { workspace, client, id } = await workspaceWithClient();
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
    const { workspace, client, id } = await workspaceWithClient();
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
