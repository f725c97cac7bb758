import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../src/app/server.ts';

async function openServer() {
  const lines: string[] = [];
  const log = pino(
    { level: 'debug', serializers: { error: pino.stdSerializers.err } },
    { write: (line: string) => void lines.push(line) },
  );
  const server = await startServer({ port: 0, host: '127.0.0.1', log });
  onTestFinished(server.close);
  const status = async (path: string, method = 'GET') =>
    statusOf(await fetch(`http://127.0.0.1:${server.port}${path}`, { method }));
  return { server, status, logged: () => lines.join('') };
}

/** Once the whole answer is there. */
async function statusOf(answer: Response): Promise<number> {
  await answer.text();
  return answer.status;
}

test('what goes wrong over one request is answered and logged, and the next one is taken', async () => {
  const { server, status, logged } = await openServer();
  server.takeSlackRequests(() => {
    throw new Error('at once');
  });
  expect(await status('/slack/events', 'POST')).toBe(500);
  server.takeSlackRequests(() => Promise.reject(new Error('later')));
  expect(await status('/slack/events', 'POST')).toBe(500);
  server.takeSlackRequests((_request, response) => {
    response.writeHead(202).end('taken');
    throw new Error('after its answer');
  });
  expect(await status('/slack/events', 'POST')).toBe(202);
  server.takeSlackRequests((_request, response) => {
    response.writeHead(202).write('tak');
    throw new Error('amid its answer');
  });
  expect(await status('/slack/events', 'POST')).toBe(202);
  for (const why of ['at once', 'later', 'after its answer', 'amid its answer'])
    expect(logged()).toContain(why);
  server.takeSlackRequests((_request, response) => void response.writeHead(200).end());
  expect(await status('/slack/events', 'POST')).toBe(200);
});

test('where nobody can say whether it is ready, it is not', async () => {
  const { server, status, logged } = await openServer();
  server.readiness(() => Promise.reject(new Error('the store is closed')));
  expect(await status('/readyz')).toBe(500);
  expect(logged()).toContain('the store is closed');
  server.readiness(async () => ({ isReady: true, notes: [] }));
  expect(await status('/readyz')).toBe(200);
});

test.each(['GET /readyz', 'POST /slack/events'])(
  'while it closes it finishes what it took, and refuses %s',
  async (what) => {
    const { server } = await openServer();
    const answering = Promise.withResolvers<void>();
    const took = Promise.withResolvers<void>();
    server.readiness(async () => ({ isReady: true, notes: [] }));
    server.takeSlackRequests(async (_request, response) => {
      took.resolve();
      await answering.promise;
      response.writeHead(202).end();
    });
    const socket = connect(server.port, '127.0.0.1');
    const answers = text(socket);
    socket.write('POST /slack/events HTTP/1.1\r\nhost: bot.example\r\ncontent-length: 0\r\n\r\n');
    await took.promise;
    const closed = server.close();
    const asked = Promise.withResolvers<void>();
    socket.write(`${what} HTTP/1.1\r\nhost: bot.example\r\ncontent-length: 0\r\n\r\n`, () => asked.resolve());
    await asked.promise;
    answering.resolve();
    expect([...(await answers).matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status)).toEqual([
      '202',
      '503',
    ]);
    await closed;
  },
);
