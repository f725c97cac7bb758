import { describe, expect, test } from 'vitest';
import {
  errorOf,
  field,
  modal,
  plain,
  refusal,
  section,
  workspaceWithClient,
} from '../../support/web-api-client.ts';

describe('views', () => {
  test('a trigger opens one view, within three seconds', async () => {
    const { client, clock, trigger } = await workspaceWithClient();
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
    const { workspace, client, trigger } = await workspaceWithClient();
    const view = modal({ title: plain('A title that is rather long') });
    expect(await refusal(client.views.open({ trigger_id: await trigger(), view }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('[json-pointer:/view/title/text]')] },
    });
    expect(workspace.person('maria').view()).toBeUndefined();
  });

  test('three views may lie on each other and no fourth', async () => {
    const { workspace, client, trigger, openModal } = await workspaceWithClient();
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
    const { workspace, client, openModal } = await workspaceWithClient();
    const { id: view_id, hash } = await openModal();
    await client.views.update({ view_id, hash, view: modal() });
    expect(await errorOf(client.views.update({ view_id, hash, view: modal() }))).toBe('hash_conflict');
    await workspace.person('maria').close();
    expect(await errorOf(client.views.update({ view_id, view: modal() }))).toBe('not_found');
  });

  test('an update keeps what was typed under the same ids and ignores initial values there', async () => {
    const { workspace, client, openModal } = await workspaceWithClient();
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
    const { client, trigger, openModal } = await workspaceWithClient();
    await openModal(modal({ external_id: 'one' }));
    const view = modal({ external_id: 'one' });
    expect(await errorOf(client.views.open({ trigger_id: await trigger('jon'), view }))).toBe(
      'duplicate_external_id',
    );
    expect(await client.views.update({ external_id: 'one', view })).toMatchObject({ ok: true });
  });

  test('the Home tab is published to one person', async () => {
    const { workspace, client, person } = await workspaceWithClient();
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
    const { workspace, openModal } = await workspaceWithClient();
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
