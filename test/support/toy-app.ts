import { App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Workspace } from '../../sandbox/workspace.ts';
import { silence } from './silence.ts';

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
