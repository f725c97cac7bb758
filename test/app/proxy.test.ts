import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startWorkspace } from '../../sandbox/workspace.ts';
import { freePort, startBotProcess } from '../support/bot-process.ts';
import { emptyDatabase } from '../support/workspace.ts';

/** Passes everything on to `target`, whatever host was asked for, and says which were. */
async function startProxy(target: string) {
  const hosts = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    const { host, pathname } = new URL(incoming.url ?? '');
    hosts.add(host);
    const { method, headers } = incoming;
    const passed = request(new URL(pathname, target), { method: method ?? 'GET', headers, agent: false });
    passed.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    // What the app still asks while everything is closing finds nobody there: it is cut off, as by any proxy.
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hosts };
}

test('where Slack is only reached through a proxy, the app reaches it', async () => {
  const workspace = await startWorkspace({ manifest: 'manifest.yml' });
  onTestFinished(() => workspace.stop());
  const proxy = await startProxy(workspace.url);
  const app = startBotProcess({
    env: {
      HTTP_PROXY: proxy.url,
      // Nobody is there.
      SLACK_API_URL: 'http://127.0.0.1:9/api/',
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_SIGNING_SECRET: workspace.signingSecret,
      DATABASE_URL: `file:${emptyDatabase()}`,
      PORT: String(await freePort()),
    },
  });
  await app.says('ready');
  expect([...proxy.hosts]).toEqual(['127.0.0.1:9']);
  expect(workspace.calls.map(({ method }) => method)).toContain('auth.test');
});
