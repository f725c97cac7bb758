import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { envFor, freePort } from '../support/bot-process.ts';
import { openWorkspace, temporaryFolder } from '../support/workspace.ts';

/** `npm start`, as the README tells it, in a folder of its own; all of its processes are gone when the test is over. */
async function npmStart(env: Record<string, string>, started: string): Promise<ChildProcess> {
  const folder = temporaryFolder();
  copyFileSync('package.json', join(folder, 'package.json'));
  for (const name of ['src', 'node_modules']) symlinkSync(resolve(name), join(folder, name));
  const { PATH, HOME } = process.env;
  const npm = spawn('npm', ['start'], { cwd: folder, env: { PATH, HOME, ...env }, detached: true });
  onTestFinished(() => {
    try {
      process.kill(-Number(npm.pid), 'SIGKILL');
    } catch {
      // All of it has ended.
    }
  });
  let said = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.setEncoding('utf8').on('data', (words) => (said += words));
  await expect.poll(() => said, { timeout: 50_000 }).toContain(started);
  return npm;
}

/** Whether any process of those that npm started is left. */
function isLeft({ pid }: ChildProcess): boolean {
  try {
    return process.kill(-Number(pid), 0);
  } catch {
    return false;
  }
}

async function codeOf(npm: ChildProcess): Promise<number | null> {
  const [code] = (await once(npm, 'exit')) as [number | null];
  return code;
}

// To npm alone, as a container does, and to all at once, as a terminal and a unit do.
test.each([
  ['npm is', (npm: ChildProcess) => npm.kill('SIGTERM')],
  ['all of its processes are', (npm: ChildProcess) => process.kill(-Number(npm.pid), 'SIGINT')],
])('told to end when %s, the app ends in order, and npm after it', async (_who, tell) => {
  const workspace = await openWorkspace();
  const npm = await npmStart(await envFor(workspace), '"msg":"ready"');
  const maria = workspace.person('maria');
  await maria.command('payments-ops', '/nearmiss The rates were wrong');
  await workspace.until(() => maria.view());
  const posting = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'before' });
  await maria.submit();
  await posting.struck;
  const ended = codeOf(npm);
  tell(npm);
  await workspace.until(() => workspace.connections() === 0);
  posting.release();
  expect(await ended).toBe(0);
  expect(isLeft(npm)).toBe(false);
  expect(maria.messages('payments-ops')).toHaveLength(1);
});

test('told to end, so does the demo', async () => {
  const npm = await npmStart({ PORT: String(await freePort()) }, 'The local workspace is at');
  const ended = codeOf(npm);
  npm.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(isLeft(npm)).toBe(false);
});
