import { expect, test } from 'vitest';
import { envFor, startBotProcess } from '../support/bot-process.ts';
import { openWorkspace } from '../support/workspace.ts';

test('told to end while it waits for Slack, it ends at once and without complaint', async () => {
  const workspace = await openWorkspace();
  workspace.faults.slackIsDown();
  const app = startBotProcess({ env: await envFor(workspace) });
  await app.says('Slack cannot be reached; waiting for it');
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
  expect(app.err()).toBe('');
});

test('told to end, it finishes what is on its way and ends without complaint', async () => {
  const workspace = await openWorkspace();
  const app = startBotProcess({ env: await envFor(workspace) });
  await app.says('"msg":"ready"');
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  const posting = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'before' });
  await maria.submit();
  await posting.struck;
  app.signal('SIGTERM');
  await workspace.until(() => workspace.connections() === 0);
  posting.release();
  expect(await app.ended).toBe(0);
  expect(app.err()).toBe('');
  expect(maria.messages('payments-ops')).toHaveLength(1);
  expect(workspace.complaints).toEqual([]);
});
