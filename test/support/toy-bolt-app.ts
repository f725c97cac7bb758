import { Server } from 'node:http';
import { App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { afterEach } from 'vitest';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../sandbox/workspace.ts';
import { plain, silence } from './web-api-client.ts';

const toThe = ({ apiUrl }: Workspace) => ({ slackApiUrl: apiUrl, retryConfig: { retries: 0 } });

export function socketMode(workspace: Workspace, more: { clientPingTimeout?: number } = {}): Receiver {
  return new SocketModeReceiver({
    appToken: workspace.appToken,
    logger: silence,
    // Bolt hands these options to its Socket Mode client, which changes them.
    installerOptions: { clientOptions: toThe(workspace) },
    ...more,
  });
}

/** A real Bolt app with nothing in it, not started yet. */
export async function toyApp(workspace: Workspace, receiver = socketMode(workspace)): Promise<App> {
  const app = new App({
    token: workspace.botToken,
    receiver,
    clientOptions: toThe(workspace),
    logger: silence,
    deferInitialization: true,
  });
  await app.init();
  return app;
}

const closing: (() => Promise<unknown>)[] = [];

// Before the look at what the process complained of, so that complaints about closing count.
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A workspace with a channel, a private one and a direct message. It is stopped after the test. */
export async function openToyWorkspace(more: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const workspace = await startWorkspace({
    manifest: 'manifest.yml',
    people: [{ handle: 'maria' }, { handle: 'jon' }, { handle: 'eve', isStranger: true }],
    channels: [
      { name: 'ops', members: ['maria', 'jon', 'eve'], isExtShared: true },
      { name: 'board', kind: 'private', members: ['maria'] },
      { name: 'talk', kind: 'im', members: ['maria', 'jon'] },
    ],
    ...more,
  });
  closing.push(() => workspace.stop());
  return workspace;
}

export type Ways = 'socket' | 'http';

/** A real Bolt app that has connected in the given way. */
export async function startToyApp(workspace: Workspace, way: Ways, listen: (app: App) => void): Promise<App> {
  const receiver =
    way === 'socket'
      ? socketMode(workspace)
      : new HTTPReceiver({ signingSecret: workspace.signingSecret, logger: silence });
  const app = await toyApp(workspace, receiver);
  listen(app);
  const server = await app.start(0);
  if (way === 'http') workspace.connectHttp(`http://127.0.0.1:${portOf(server)}/slack/events`);
  closing.push(() => app.stop());
  return app;
}

function portOf(server: unknown): number {
  const address = server instanceof Server ? server.address() : null;
  return typeof address === 'object' && address ? address.port : 0;
}

/** A modal with two inputs, the second of which may stay empty. */
export function askingView(more: Record<string, unknown> = {}, inputs: Record<string, unknown> = {}) {
  return {
    type: 'modal' as const,
    callback_id: 'asking',
    title: plain('Ask'),
    submit: plain('Save'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'what',
        label: plain('What?'),
        element: { type: 'plain_text_input' as const, action_id: 'words', max_length: 50, ...inputs },
      },
      {
        type: 'input' as const,
        block_id: 'more',
        optional: true,
        label: plain('More?'),
        element: { type: 'plain_text_input' as const, action_id: 'words' },
      },
    ],
    ...more,
  };
}
