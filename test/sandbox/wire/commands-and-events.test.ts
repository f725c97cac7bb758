import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../sandbox/clock.ts';
import type { Workspace } from '../../../sandbox/workspace.ts';
import { askingView, openToyWorkspace, startToyApp, type Ways } from '../../support/toy-bolt-app.ts';

const lostAcks = (workspace: Workspace) =>
  workspace.deliveries.filter((each) => each.outcome === 'http_timeout').length;

describe.each<Ways>(['socket', 'http'])('over %s', (way) => {
  test('a command answers with text that only its writer sees', async () => {
    const workspace = await openToyWorkspace();
    await startToyApp(workspace, way, (app) => {
      app.command('/nearmiss', ({ ack }) => ack('Here is help'));
    });
    const outcome = await workspace.person('maria').command('ops', '/nearmiss help');
    expect(outcome.failure).toBeUndefined();
    expect(workspace.person('maria').ephemerals('ops')).toMatchObject([{ text: 'Here is help' }]);
    expect(workspace.person('jon').ephemerals()).toEqual([]);
  });

  test('the same submission delivered three times at once reaches the app three times', async () => {
    const workspace = await openToyWorkspace();
    const ids: string[] = [];
    await startToyApp(workspace, way, (app) => {
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
    const clock = manualClock(Date.now());
    const workspace = await openToyWorkspace({ clock });
    const heard = Promise.withResolvers<void>();
    await startToyApp(workspace, way, (app) => {
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
    const clock = manualClock(Date.now());
    const workspace = await openToyWorkspace({ clock });
    const tries: { num: number; id: string }[] = [];
    await startToyApp(workspace, way, (app) => {
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
    const workspace = await openToyWorkspace();
    const seen: unknown[] = [];
    await startToyApp(workspace, way, (app) => {
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
});
