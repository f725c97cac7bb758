import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
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

test.each(['//', 'http://', '*', '/link', '/link?ticket=%zz'])(
  'whoever asks for a socket at %s is turned away, and nothing else ends',
  async (address) => {
    const { url } = await openToyWorkspace();
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    const upgrade = 'connection: upgrade\r\nupgrade: websocket\r\n';
    socket.write(`GET ${address} HTTP/1.1\r\nhost: ${hostname}\r\n${upgrade}\r\n`);
    expect(await text(socket)).toBe('');
    expect((await fetch(`${url}/api/auth.test`)).status).toBe(200);
  },
);
