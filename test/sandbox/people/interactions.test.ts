import type { App, BlockAction } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWorkspace, type Workspace } from '../../../sandbox/workspace.ts';
import { toyApp } from '../../support/toy-bolt-app.ts';

let workspace: Workspace;
let app: App;

beforeEach(async () => {
  workspace = await startWorkspace({
    manifest: 'manifest.yml',
    people: [
      { handle: 'maria' },
      { handle: 'jon' },
      { handle: 'eve', isStranger: true },
      { handle: 'guest', isRestricted: true },
    ],
    channels: [
      { name: 'ops', members: ['maria', 'jon', 'eve'], app: true, isExtShared: true },
      { name: 'board', kind: 'private', members: ['maria'] },
      { name: 'mpdm-maria--jon-1', kind: 'mpim', members: ['maria', 'jon'] },
    ],
  });
  app = await toyApp(workspace);
  await app.start();
});

afterEach(async () => {
  await app.stop();
  await workspace.stop();
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });

const card: KnownBlock[] = [
  { type: 'section', text: plain('NM-12') },
  {
    type: 'actions',
    block_id: 'doing',
    elements: [
      { type: 'button', action_id: 'tell', text: plain('Tell more'), value: 'NM-12' },
      { type: 'overflow', action_id: 'more', options: [option('see'), option('edit')] },
      { type: 'static_select', action_id: 'seen', options: [option('alert'), option('chance')] },
    ],
  },
];

/** Keeps every action that reaches the app, and acknowledges it. */
function actions(): BlockAction[] {
  const seen: BlockAction[] = [];
  app.action<BlockAction>(/./, async ({ ack, body }) => {
    await ack();
    seen.push(body);
  });
  return seen;
}

async function postCard() {
  await app.client.chat.postMessage({ channel: workspace.channel('ops').id, text: 'NM-12', blocks: card });
  const message = workspace.person('maria').messages('ops').at(-1);
  if (!message) throw new Error('No card was posted');
  return message;
}

test('a button in a message says where it is, what it carries, and where to answer', async () => {
  const seen = actions();
  const message = await postCard();
  await workspace.person('jon').press(message, 'tell');
  expect(seen).toMatchObject([
    {
      type: 'block_actions',
      user: { id: workspace.person('jon').id, team_id: workspace.state.team.id },
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: message.channel,
        is_ephemeral: false,
      },
      channel: { id: message.channel, name: 'ops' },
      message: { ts: message.ts, text: 'NM-12', bot_id: workspace.state.app.botId },
      trigger_id: expect.any(String),
      response_url: expect.stringContaining(workspace.url),
      actions: [{ type: 'button', block_id: 'doing', action_id: 'tell', value: 'NM-12' }],
    },
  ]);
});

test('an overflow menu and a select in a message send the whole option, and only one that is there', async () => {
  const seen = actions();
  const message = await postCard();
  const maria = workspace.person('maria');
  await maria.press(message, 'more', 'edit');
  await maria.change(message, 'seen', 'chance');
  expect(seen.map((body) => body.actions[0])).toMatchObject([
    { type: 'overflow', selected_option: option('edit') },
    { type: 'static_select', selected_option: option('chance') },
  ]);
  expect(seen[1]?.state?.values).toMatchObject({ doing: { seen: { selected_option: option('chance') } } });
  await expect(maria.press(message, 'more', 'delete')).rejects.toThrow('does not offer delete');
  await expect(maria.press(message, 'doing')).rejects.toThrow('means 3 elements');
});

test('an ephemeral message is pressed without its content, and can be replaced and taken away by its response_url', async () => {
  const bodies = actions();
  const maria = workspace.person('maria');
  await app.client.chat.postEphemeral({
    channel: workspace.channel('ops').id,
    user: maria.id,
    text: 'Only you',
    blocks: card,
  });
  const [shown] = maria.ephemerals();
  if (!shown) throw new Error('Nothing was shown');
  await maria.press(shown, 'tell');
  await expect(workspace.person('jon').press(shown, 'tell')).rejects.toThrow('sees no message');
  const [body] = bodies;
  expect(body?.container).toMatchObject({ is_ephemeral: true });
  expect(body).not.toHaveProperty('message');
  const answer = (said: object) =>
    fetch(body?.response_url ?? '', { method: 'POST', body: JSON.stringify(said) });
  await answer({ replace_original: true, text: 'Changed' });
  expect(maria.ephemerals()).toMatchObject([{ ts: shown.ts, text: 'Changed' }]);
  expect(maria.ephemerals()[0]).not.toHaveProperty('blocks');
  await answer({ delete_original: true });
  expect(maria.ephemerals()).toEqual([]);
});

test('opening Home tells the app, and a button there comes with the view and nowhere to answer', async () => {
  const seen = actions();
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: card.slice(1) } });
  });
  const maria = workspace.person('maria');
  await maria.openHome();
  const home = await workspace.until(() => maria.home());
  await maria.press('home', 'tell');
  expect(seen).toMatchObject([
    { container: { type: 'view', view_id: home.id }, view: { id: home.id, hash: home.hash } },
  ]);
  expect(seen[0]).not.toHaveProperty('response_url');
  expect(seen[0]).not.toHaveProperty('channel');
});

test('an input tells the app at once only with dispatch_action, and then with all that stands in the view', async () => {
  const seen = actions();
  const input = (block_id: string, element: object, more: object = {}) => ({
    type: 'input',
    block_id,
    label: plain('?'),
    element,
    ...more,
  });
  const blocks = [
    input('what', { type: 'plain_text_input', action_id: 'words' }),
    input(
      'tier',
      {
        type: 'radio_buttons',
        action_id: 'choose',
        options: [option('a'), option('b')],
        initial_option: option('a'),
      },
      { dispatch_action: true },
    ),
    input(
      'who',
      { type: 'multi_users_select', action_id: 'people', max_selected_items: 1 },
      { optional: true },
    ),
  ];
  app.shortcut('share_from_anywhere', async ({ ack, body, client }) => {
    await ack();
    await client.apiCall('views.open', {
      trigger_id: body.trigger_id,
      view: { type: 'modal', title: plain('Ask'), submit: plain('Save'), blocks },
    });
  });
  const maria = workspace.person('maria');
  await maria.globalShortcut('share_from_anywhere');
  await workspace.until(() => maria.view());
  expect(await maria.change('view', 'what', 'Words')).toMatchObject({ sent: false });
  await maria.change('view', 'who', ['jon']);
  await maria.change('view', 'tier', 'b');
  expect(seen).toHaveLength(1);
  expect(seen[0]?.view?.state.values).toEqual({
    what: { words: { type: 'plain_text_input', value: 'Words' } },
    tier: { choose: { type: 'radio_buttons', selected_option: option('b') } },
    who: { people: { type: 'multi_users_select', selected_users: [workspace.person('jon').id] } },
  });
  await expect(maria.change('view', 'who', ['jon', 'eve'])).rejects.toThrow('takes 1 at most');
});

test('commands do not run in threads, nor for people from elsewhere, nor when the app has none such', async () => {
  const maria = workspace.person('maria');
  const { ts } = maria.say('ops', 'Parent');
  expect((await maria.command('ops', '/nearmiss', { threadTs: ts })).failure).toBe('not_allowed_in_threads');
  expect((await workspace.person('eve').command('ops', '/nearmiss')).failure).toBe('not_a_command');
  expect((await maria.command('ops', '/other')).failure).toBe('not_a_command');
  expect((await maria.messageShortcut('unknown', { channel: 'ops', ts })).failure).toBe('no_such_shortcut');
  expect(workspace.deliveries).toEqual([]);
});

test('the app is told the names of public channels only', async () => {
  const names: string[] = [];
  app.command('/nearmiss', async ({ ack, body }) => {
    names.push(body.channel_name);
    await ack();
  });
  const maria = workspace.person('maria');
  workspace.addChannel({ name: 'talk', kind: 'im', members: ['maria', 'jon'] });
  for (const channel of ['ops', 'board', 'talk', 'mpdm-maria--jon-1'])
    await maria.command(channel, '/nearmiss');
  expect(names).toEqual(['ops', 'privategroup', 'directmessage', 'mpdm-maria--jon-1']);
});

test("people act only where they are: private channels, guests, the app's read-only messages", async () => {
  const { jon, guest } = { jon: workspace.person('jon'), guest: workspace.person('guest') };
  await expect(jon.command('board', '/nearmiss')).rejects.toThrow('cannot see');
  expect(() => guest.messages('ops')).toThrow('cannot see');
  expect(guest.channels()).toEqual([]);
  expect(() => workspace.person('guest').say('ops', 'Hello')).toThrow('cannot see');
  await app.client.chat.postMessage({ channel: jon.id, text: 'From the app' });
  expect(() => jon.say(jon.dm()[0]?.channel ?? '', 'Hello')).toThrow('may not write');
});

test('what people write is kept as Slack keeps it, and a deleted parent leaves a stone in its thread', () => {
  const maria = workspace.person('maria');
  const parent = maria.say('ops', 'Ask @jon & @here in #ops');
  expect(parent).toMatchObject({
    text: 'Ask <@U0JON00000> &amp; <!here> in <#C0OPS00000|ops>',
    blocks: [
      {
        type: 'rich_text',
        elements: [
          {
            elements: [
              { text: 'Ask ' },
              { user_id: workspace.person('jon').id },
              { text: ' & ' },
              {},
              {},
              {},
            ],
          },
        ],
      },
    ],
  });
  workspace.botSays('ops', 'Alert: total is low', { username: 'Pager', threadTs: parent.ts });
  maria.edit(parent, 'Changed');
  maria.remove(parent);
  expect(maria.thread('ops', parent.ts)).toMatchObject([
    { subtype: 'tombstone' },
    { subtype: 'bot_message', username: 'Pager', text: 'Alert: total is low' },
  ]);
});
