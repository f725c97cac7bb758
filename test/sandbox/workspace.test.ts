import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Workspace } from '../../sandbox/workspace.ts';
import { openToyWorkspace } from '../support/toy-bolt-app.ts';

const freePort = (workspace: Workspace) => new URL(workspace.url).port;

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
  const workspace = await openToyWorkspace();
  expect(workspace.url).toBe(`http://127.0.0.1:${freePort(workspace)}`);
});
