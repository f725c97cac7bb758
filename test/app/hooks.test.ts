import { execSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { startWorkspace } from '../../sandbox/workspace.ts';
import { emptyDatabase } from '../support/workspace.ts';

const { hooks, config } = JSON.parse(readFileSync('.slack/hooks.json', 'utf8')) as {
  hooks: Record<string, string>;
  config: Record<string, unknown>;
};

/** The Slack CLI splits a hook at its spaces and knows no quotes. */
function words(hook: string): [string, string[]] {
  const [command = '', ...args] = (hooks[hook] ?? '').split(/\s+/);
  return [command, args];
}

test('get-manifest prints the manifest as JSON and nothing else', () => {
  expect(hooks['get-manifest']).not.toMatch(/['"$&|;]/);
  const printed = execSync(hooks['get-manifest'] ?? '', {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(JSON.parse(printed)).toEqual(parse(readFileSync('manifest.yml', 'utf8')));
});

test('the app keeps its own connection to Slack', () => {
  expect(config['sdk-managed-connection-enabled']).toBe(true);
});

test('start runs the app with the tokens the Slack CLI hands over, and ends when it is told to', async () => {
  const workspace = await startWorkspace({ manifest: 'manifest.yml', people: [{ handle: 'maria' }] });
  onTestFinished(() => workspace.stop());
  const [command, args] = words('start');
  const child = spawn(command, args, {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      SLACK_API_URL: workspace.apiUrl,
      DATABASE_URL: `file:${emptyDatabase()}`,
      PORT: String(await freePort()),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(() => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  });
  const said: string[] = [];
  child.stdout.on('data', (chunk) => said.push(String(chunk)));
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  await workspace.until(() => workspace.connections() > 0, { ms: 20_000 });
  process.kill(-Number(child.pid), 'SIGTERM');
  await ended;
  await workspace.until(() => workspace.connections() === 0, { ms: 20_000 });
  expect(said.join('')).not.toMatch(/xoxb-|xapp-/);
  expect(workspace.complaints).toEqual([]);
});

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  await new Promise((closed) => server.close(closed));
  return port;
}
