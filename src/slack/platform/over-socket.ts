import { SocketModeReceiver } from '@slack/bolt';
import type { AppsConnectionsOpenResponse, WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { asRefusal, SlackRefused } from './identity.ts';
import { isFrame, noteLeftOut } from './readable-payload.ts';
import { quietLogger } from './slack-logger.ts';

/** Bolt's receiver for what comes over the socket. Its client is given those frames that it can read. */
export function overSocket(
  appToken: string,
  clientOptions: WebClientOptions,
  log: Logger,
): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: quietLogger(log),
    installerOptions: { clientOptions },
    processEventErrorHandler({ error }) {
      noteLeftOut(log, 'socket', error);
      // Slack is not told that it was taken.
      return Promise.resolve(false);
    },
  });
  readFrames(receiver.client, log);
  connectAnyway(receiver.client, log);
  return receiver;
}

type SocketModeClient = SocketModeReceiver['client'];

/** What goes wrong with one frame is noted, and the next one is taken. */
function readFrames(client: SocketModeClient, log: Logger): void {
  const readers: ((frame: unknown, isBinary: boolean) => unknown)[] = client.listeners('ws_message');
  async function take(frame: unknown): Promise<void> {
    try {
      if (!isFrame(frame, client.eventNames())) noteLeftOut(log, 'socket');
      else for (const read of readers) await read(frame, false);
    } catch (error) {
      noteLeftOut(log, 'socket', error);
    }
  }
  client.removeAllListeners('ws_message');
  client.on('ws_message', (frame: unknown) => void take(frame));
}

/**
 * The client comes back by itself and hears nothing of it when that fails, so the process would: of being shut out,
 * which ends it with the sentence for that, but also of an address that is none. Then another one is asked for.
 */
function connectAnyway(socket: SocketModeClient, log: Logger): void {
  const start = socket.start.bind(socket);
  socket.start = () =>
    start().catch((error: unknown) => {
      // Nothing is what it says when it was told to disconnect.
      if (error === undefined || asRefusal(error) instanceof SlackRefused) throw error;
      noteLeftOut(log, 'socket', error);
      return new Promise<AppsConnectionsOpenResponse>((resolve) => {
        socket.once('connected', resolve);
        socket.emit('close');
      });
    });
}
