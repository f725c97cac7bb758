import { describe, expect, test } from 'vitest';
import { askingView, openToyWorkspace, startToyApp, type Ways } from '../../support/toy-bolt-app.ts';
import { plain } from '../../support/web-api-client.ts';

describe.each<Ways>(['socket', 'http'])('over %s', (way) => {
  test('a command opens a modal, and its submission carries every input, empty ones as null', async () => {
    const workspace = await openToyWorkspace();
    const seen: unknown[] = [];
    await startToyApp(workspace, way, (app) => {
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

  test('errors stand under the inputs and the words stay; an update takes over; a push goes on top', async () => {
    const workspace = await openToyWorkspace();
    const answers = [
      { response_action: 'errors' as const, errors: { what: 'Not saved' } },
      { response_action: 'push' as const, view: askingView({ callback_id: 'second' }) },
      { response_action: 'update' as const, view: askingView({ title: plain('Changed') }) },
    ];
    await startToyApp(workspace, way, (app) => {
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

  test('an external select asks the app, and only what it offers can be chosen', async () => {
    const workspace = await openToyWorkspace();
    const option = { text: plain('Invoices'), value: 'invoices' };
    await startToyApp(workspace, way, (app) => {
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
    const workspace = await openToyWorkspace();
    const closed: unknown[] = [];
    await startToyApp(workspace, way, (app) => {
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
