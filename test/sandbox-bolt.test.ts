import { execFile } from 'node:child_process';
import { Server } from 'node:http';
import { promisify } from 'node:util';
import { type App, HTTPReceiver } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import { manualClock } from '../sandbox/clock.ts';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../sandbox/workspace.ts';
import { silence } from './silence.ts';
import { socketMode, toyApp } from './toy-app.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function acme(more: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const workspace = await startWorkspace({
    manifest: 'manifest.yml',
    people: [{ handle: 'maria' }, { handle: 'jon' }, { handle: 'eve', isStranger: true }],
    channels: [
      { name: 'ops', members: ['maria', 'jon', 'eve'], isExtShared: true },
      { name: 'board', kind: 'private', members: ['maria'] },
      { name: 'talk', kind: 'im', members: ['maria', 'jon'] },
    ],
    ...more,
  });
  closing.push(() => workspace.stop());
  return workspace;
}

type Ways = 'socket' | 'http';

const freePort = (workspace: Workspace) => new URL(workspace.url).port;

/** A real Bolt app that has connected in the given way. */
async function bolt(workspace: Workspace, way: Ways, listen: (app: App) => void): Promise<App> {
  const receiver =
    way === 'socket'
      ? socketMode(workspace)
      : new HTTPReceiver({ signingSecret: workspace.signingSecret, logger: silence });
  const app = await toyApp(workspace, receiver);
  listen(app);
  const server = await app.start(0);
  if (way === 'http') workspace.connectHttp(`http://127.0.0.1:${portOf(server)}/slack/events`);
  closing.push(() => app.stop());
  return app;
}

function portOf(server: unknown): number {
  const address = server instanceof Server ? server.address() : null;
  return typeof address === 'object' && address ? address.port : 0;
}

const lostAcks = (workspace: Workspace) =>
  workspace.deliveries.filter((each) => each.outcome === 'http_timeout').length;

const plain = (text: string) => ({ type: 'plain_text' as const, text });

function askingView(more: Record<string, unknown> = {}, inputs: Record<string, unknown> = {}) {
  return {
    type: 'modal' as const,
    callback_id: 'asking',
    title: plain('Ask'),
    submit: plain('Save'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'what',
        label: plain('What?'),
        element: { type: 'plain_text_input' as const, action_id: 'words', max_length: 50, ...inputs },
      },
      {
        type: 'input' as const,
        block_id: 'more',
        optional: true,
        label: plain('More?'),
        element: { type: 'plain_text_input' as const, action_id: 'words' },
      },
    ],
    ...more,
  };
}

describe.each<Ways>(['socket', 'http'])('over %s', (way) => {
  test('a command opens a modal, and its submission carries every input, empty ones as null', async () => {
    const workspace = await acme();
    const seen: unknown[] = [];
    await bolt(workspace, way, (app) => {
      app.command('/nearmiss', async ({ ack, body, client }) => {
        await ack();
        seen.push([body.text, body.channel_name, body.is_enterprise_install]);
        await client.views.open({ trigger_id: body.trigger_id, view: askingView() });
      });
      app.view('asking', async ({ ack, view }) => {
        seen.push(view.state.values);
        await ack();
      });
    });
    const maria = workspace.person('maria');
    await maria.command('ops', '/nearmiss tell @jon in #ops <b> & more');
    await workspace.until(() => maria.view());
    await maria.change('view', 'what', 'R&D <late>');
    const outcome = await maria.submit();
    expect(outcome).toMatchObject({ sent: true, acked: true, failure: undefined });
    expect(maria.view()).toBeUndefined();
    expect(seen).toEqual([
      ['tell <@U0JON00000|jon> in <#C0OPS00000|ops> &lt;b&gt; &amp; more', 'ops', 'false'],
      {
        what: { words: { type: 'plain_text_input', value: 'R&D <late>' } },
        more: { words: { type: 'plain_text_input', value: null } },
      },
    ]);
    expect(workspace.complaints).toEqual([]);
  });

  test('a command answers with text that only its writer sees', async () => {
    const workspace = await acme();
    await bolt(workspace, way, (app) => {
      app.command('/nearmiss', ({ ack }) => ack('Here is help'));
    });
    const outcome = await workspace.person('maria').command('ops', '/nearmiss help');
    expect(outcome.failure).toBeUndefined();
    expect(workspace.person('maria').ephemerals('ops')).toMatchObject([{ text: 'Here is help' }]);
    expect(workspace.person('jon').ephemerals()).toEqual([]);
  });

  test('errors stand under the inputs and the words stay; an update takes over; a push goes on top', async () => {
    const workspace = await acme();
    const answers = [
      { response_action: 'errors' as const, errors: { what: 'Not saved' } },
      { response_action: 'push' as const, view: askingView({ callback_id: 'second' }) },
      { response_action: 'update' as const, view: askingView({ title: plain('Changed') }) },
    ];
    await bolt(workspace, way, (app) => {
      app.shortcut('share_from_anywhere', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: askingView() });
      });
      app.view(/./, async ({ ack }) => {
        const answer = answers.shift();
        await (answer ? ack(answer) : ack({ response_action: 'clear' }));
      });
    });
    const maria = workspace.person('maria');
    await maria.globalShortcut('share_from_anywhere');
    await workspace.until(() => maria.view());
    await maria.change('view', 'what', 'One');
    expect((await maria.submit()).errors).toEqual({ what: 'Not saved' });
    expect(maria.view()).toMatchObject({
      errors: { what: 'Not saved' },
      state: { values: { what: { words: { value: 'One' } } } },
    });
    await maria.submit();
    expect(maria.views().map((view) => view.callback_id)).toEqual(['asking', 'second']);
    await maria.change('view', 'what', 'Two');
    await maria.submit();
    expect(maria.views().map((view) => view.title)).toEqual([plain('Ask'), plain('Changed')]);
    await maria.submit();
    expect(maria.views()).toEqual([]);
    expect(workspace.complaints).toEqual([]);
  });

  test('the same submission delivered three times at once reaches the app three times', async () => {
    const workspace = await acme();
    const ids: string[] = [];
    await bolt(workspace, way, (app) => {
      app.command('/nearmiss', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: askingView({ private_metadata: 'one' }),
        });
      });
      app.view('asking', async ({ ack, view, body }) => {
        ids.push(`${view.id} ${view.private_metadata} ${view.hash} ${JSON.stringify(body.user)}`);
        await ack();
      });
    });
    const maria = workspace.person('maria');
    await maria.command('ops', '/nearmiss');
    await workspace.until(() => maria.view());
    await maria.change('view', 'what', 'Once');
    const outcome = await maria.submit({ copies: 2 });
    await outcome.redeliver();
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  test('a person sees operation_timeout when the app says nothing for three seconds', async () => {
    const clock = manualClock();
    const workspace = await acme({ clock });
    const heard = Promise.withResolvers<void>();
    await bolt(workspace, way, (app) => {
      app.command('/nearmiss', async () => heard.resolve());
    });
    const maria = workspace.person('maria');
    const outcome = maria.command('ops', '/nearmiss');
    await heard.promise;
    clock.advance(3000);
    expect(await outcome).toMatchObject({ sent: true, acked: false, failure: 'operation_timeout' });
    expect(maria.failure()).toEqual({ doing: '/nearmiss', reason: 'operation_timeout' });
  });

  test('an event that is not taken comes again at once, after a minute and after five', async () => {
    const clock = manualClock();
    const workspace = await acme({ clock });
    const tries: { num: number; id: string }[] = [];
    await bolt(workspace, way, (app) => {
      app.event('app_home_opened', async ({ context, body }) => {
        tries.push({ num: context.retryNum ?? 0, id: body.event_id });
      });
    });
    for (let lost = 0; lost < 4; lost += 1) workspace.faults.loseNextAck();
    const first = await workspace.person('maria').openHome();
    expect(first.acked).toBe(false);
    clock.advance(0);
    await workspace.until(() => lostAcks(workspace) === 2);
    clock.advance(60_000);
    await workspace.until(() => lostAcks(workspace) === 3);
    clock.advance(300_000);
    await workspace.until(() => lostAcks(workspace) === 4);
    expect(tries.map((each) => each.num)).toEqual([0, 1, 2, 3]);
    expect(new Set(tries.map((each) => each.id)).size).toBe(1);
  });

  test('the message shortcut carries the whole message from a direct message the app cannot read', async () => {
    const workspace = await acme();
    const seen: unknown[] = [];
    await bolt(workspace, way, (app) => {
      app.shortcut(
        { callback_id: 'share_from_message', type: 'message_action' },
        async ({ ack, body, client, respond }) => {
          await ack();
          seen.push(body.channel, body.message.text, body.message_ts === body.message.ts);
          seen.push(
            await client.conversations
              .replies({ channel: body.channel.id, ts: body.message_ts })
              .catch((error) => String(error)),
          );
          await respond({ text: 'Thanks' });
        },
      );
    });
    const maria = workspace.person('maria');
    const message = maria.say('talk', 'Nearly <sent> & done, see https://acme.example/x.');
    await maria.messageShortcut('share_from_message', message);
    await workspace.until(() => maria.ephemerals().length > 0);
    expect(seen).toEqual([
      { id: message.channel, name: 'directmessage' },
      'Nearly &lt;sent&gt; &amp; done, see <https://acme.example/x>.',
      true,
      expect.stringContaining('channel_not_found'),
    ]);
    expect(() => workspace.person('eve').messages('talk')).toThrow('cannot see');
  });

  test('an external select asks the app, and only what it offers can be chosen', async () => {
    const workspace = await acme();
    const option = { text: plain('Invoices'), value: 'invoices' };
    await bolt(workspace, way, (app) => {
      app.command('/nearmiss', async ({ ack, body, client }) => {
        await ack();
        const element = { type: 'external_select' as const, action_id: 'system', min_query_length: 0 };
        const blocks = [{ type: 'input' as const, block_id: 'system', label: plain('System'), element }];
        await client.views.open({ trigger_id: body.trigger_id, view: { ...askingView(), blocks } });
      });
      app.options('system', ({ ack, options }) => ack({ options: options.value === 'inv' ? [option] : [] }));
    });
    const maria = workspace.person('maria');
    await maria.command('ops', '/nearmiss');
    await workspace.until(() => maria.view());
    await expect(maria.change('view', 'system', 'invoices')).rejects.toThrow('does not offer');
    expect(await maria.suggest('view', 'system', 'inv')).toEqual([option]);
    await maria.change('view', 'system', 'invoices');
    expect(maria.view()?.state.values.system).toEqual({
      system: { type: 'external_select', selected_option: option },
    });
  });

  test('closing tells the app only where the view asked for it, and says when the whole stack went', async () => {
    const workspace = await acme();
    const closed: unknown[] = [];
    await bolt(workspace, way, (app) => {
      app.command('/nearmiss', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: askingView({ notify_on_close: body.text === 'tell' }),
        });
      });
      app.view({ callback_id: 'asking', type: 'view_closed' }, async ({ ack, body }) => {
        await ack();
        closed.push('is_cleared' in body && body.is_cleared);
      });
    });
    const maria = workspace.person('maria');
    for (const line of ['/nearmiss quiet', '/nearmiss tell', '/nearmiss tell']) {
      await maria.command('ops', line);
      await workspace.until(() => maria.view());
      await maria.close({ all: closed.length === 1 });
    }
    expect(closed).toEqual([false, true]);
  });
});

test('a stopped workspace keeps no process alive', async () => {
  const story = `
    import { WebSocket } from 'ws';
    import { startWorkspace } from './sandbox/workspace.ts';
    const workspace = await startWorkspace({ manifest: 'manifest.yml', people: [{ handle: 'maria' }] });
    const headers = { authorization: 'Bearer ' + workspace.appToken };
    const { url } = await (await fetch(workspace.apiUrl + 'apps.connections.open', { method: 'POST', headers })).json();
    new WebSocket(url).on('error', () => {});
    await workspace.until(() => workspace.connections() === 1);
    void workspace.person('maria').openHome();
    await workspace.stop();
    console.log('stopped');`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module-typescript',
    '-e',
    story,
  ]);
  expect(stdout).toBe('stopped\n');
});

test('the port of the workspace is free and on loopback', async () => {
  const workspace = await acme();
  expect(workspace.url).toBe(`http://127.0.0.1:${freePort(workspace)}`);
});
