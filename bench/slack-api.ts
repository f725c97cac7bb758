import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CHANNEL } from './office.ts';

/** As much of Slack as the measured apps call: it opens every view and knows the one channel. */
export type SlackApi = {
  url: string;
  /** Waits until so many views have been opened since it was asked last. */
  opened: (views: number) => Promise<void>;
  stop: () => void;
};

export async function startSlackApi(): Promise<SlackApi> {
  let views = 0;
  let onView = () => undefined as void;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const method = request.url?.split('/').at(-1) ?? '';
    const said = answerTo(method, new URLSearchParams(await text(request)));
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(said));
    if (method !== 'views.open') return;
    views += 1;
    onView();
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    opened: (wanted) =>
      new Promise((resolve) => {
        onView = () => {
          if (views < wanted) return;
          views -= wanted;
          onView = () => undefined;
          resolve();
        };
        onView();
      }),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answerTo(method: string, body: URLSearchParams): object {
  if (method === 'views.open') {
    const view = JSON.parse(body.get('view') ?? '{}') as object;
    return {
      ok: true,
      view: { id: 'V0BENCH000', team_id: 'T0BENCH000', hash: '1700000000.abcdefgh', ...view },
    };
  }
  if (method === 'conversations.info')
    return { ok: true, channel: { ...CHANNEL, is_channel: true, is_member: true, is_private: false } };
  throw new Error(`Nothing is known to answer to ${method}.`);
}
