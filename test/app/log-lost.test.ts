import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Workspace } from '../../sandbox/workspace.ts';
import { type BotProcess, envFor, startBotProcess } from '../support/bot-process.ts';
import { openWorkspace } from '../support/workspace.ts';

const LOST =
  /^The log cannot be written \((EPIPE|ENOSPC|nobody reads it)\)\. The app goes on without it: .*$/;

async function started(more: Partial<Parameters<typeof startBotProcess>[0]> = {}) {
  const workspace = await openWorkspace();
  const app = startBotProcess({ ...more, env: { ...(await envFor(workspace)), LOG_LEVEL: 'debug' } });
  await expect.poll(() => app.status('/readyz'), { timeout: 20_000 }).toBe(200);
  return { workspace, app };
}

/** One line in the log that quotes nothing. */
const somethingToLog = (workspace: Workspace) => workspace.faults.sayOverSocket('{}');

async function savesAndEnds(workspace: Workspace, app: BotProcess): Promise<void> {
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  expect(await maria.submit()).toMatchObject({ acked: true, errors: {} });
  await workspace.until(() => maria.messages('payments-ops').length === 1);
  // So that there are lines to be written at the end.
  for (let at = 0; at < 20; at += 1) somethingToLog(workspace);
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
}

test('where the reader of its log is gone it says so, goes on, and ends in order when it is told to', async () => {
  const { workspace, app } = await started();
  app.stopReading('gone');
  somethingToLog(workspace);
  await app.says(/The log cannot be written/);
  expect(await app.body('/readyz')).toMatch(/^ready\nThe log cannot be written \(EPIPE\)/);
  await savesAndEnds(workspace, app);
  expect(app.err().trim()).toMatch(LOST);
});

test('where the reader of its log reads no more it goes on, leaves out what has no room, and ends in order', async () => {
  const { workspace, app } = await started();
  app.stopReading('still');
  for (let at = 0; at < 4000; at += 1) somethingToLog(workspace);
  await app.says(/The log cannot be written \(nobody reads it\)/);
  await savesAndEnds(workspace, app);
  expect(app.err().trim()).toMatch(LOST);
});

const isFull = spawnSync('sh', ['-c', 'echo x > /dev/full']).status !== 0;

// Skipped where there is no device that is always full.
test.skipIf(!isFull)(
  'where its log has no room on the disk it says so once, goes on, and ends in order',
  async () => {
    const wrapped = (command: string[]) => ['sh', '-c', 'exec "$@" > /dev/full', 'sh', ...command];
    const { workspace, app } = await started({ wrapped });
    expect(await app.body('/readyz')).toMatch(/^ready\nThe log cannot be written \(ENOSPC\)/);
    await savesAndEnds(workspace, app);
    expect(app.err().trim()).toMatch(LOST);
  },
);
