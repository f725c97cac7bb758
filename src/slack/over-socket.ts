import { SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { isFrame, noteLeftOut } from './arriving.ts';
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
  const { client } = receiver;
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
  return receiver;
}
