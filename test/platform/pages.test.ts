import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { readThread } from '../../src/slack/capture/read-thread.ts';
import { findMarked } from '../../src/slack/platform/find-message.ts';
import { openPages, PagesRepeat, pagesOf } from '../../src/slack/platform/pages.ts';
import { peopleOf } from '../../src/slack/platform/people.ts';
import { silence } from '../support/web-api-client.ts';

/** A Slack that says after every page that the same one comes next, and how often it was asked. */
async function neverEnding() {
  let asked = 0;
  const answer = {
    ok: true,
    members: [{ id: 'U_ANA', real_name: 'Ana' }],
    user: { id: 'U_ANA', team_id: 'T_ACME', real_name: 'Ana' },
    channels: [{ id: 'C_OPS' }],
    messages: [{ ts: '1.1', text: 'The rates were wrong', user: 'U_ANA' }],
    has_more: true,
    response_metadata: { next_cursor: 'dGVhbTpDMDYx' },
  };
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.info') !== true) asked += 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const slackApiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const client = new WebClient('xoxb-test', { slackApiUrl, logger: silence, retryConfig: { retries: 0 } });
  const scopes = new Set(['channels:read']);
  const people = peopleOf(
    { client, background: client },
    { teamId: 'T_ACME', scopes },
    { now: Date.now, log: pino({ level: 'silent' }) },
  );
  return { client, people, asked: () => asked };
}

async function all<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const read: Page[] = [];
  for await (const page of pages) read.push(page);
  return read;
}

test('pages follow one another until there are no more', async () => {
  const asked: unknown[] = [];
  const pages = pagesOf(async (next) => {
    asked.push(next);
    return {
      at: asked.length,
      response_metadata: { next_cursor: asked.length < 3 ? `c${asked.length}` : '' },
    };
  });
  expect((await all(pages)).map(({ at }) => at)).toEqual([1, 2, 3]);
  expect(asked).toEqual([{}, { cursor: 'c1' }, { cursor: 'c2' }]);
});

test('no more pages are asked for than are wanted, and none where Slack says that there are no more', async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return { has_more: asked < 3, response_metadata: { next_cursor: String(asked) } };
  };
  for await (const page of pagesOf(ask)) if (page.has_more) break;
  expect(asked).toBe(1);
  expect(await all(pagesOf(ask))).toHaveLength(2);
});

test('pages go on where a question failed, and begin anew after the last, or when they are told to', async () => {
  const asked: unknown[] = [];
  const pages = openPages(async (next) => {
    asked.push(next.cursor);
    if (asked.length === 2) throw new Error('limited');
    return { response_metadata: { next_cursor: next.cursor === undefined ? 'c1' : '' } };
  });
  expect(await pages.next()).toMatchObject({ isLast: false });
  await expect(pages.next()).rejects.toThrow('limited');
  expect(await pages.next()).toMatchObject({ isLast: true });
  expect(await pages.next()).toMatchObject({ isLast: false });
  pages.restart();
  await pages.next();
  expect(asked).toEqual([undefined, 'c1', 'c1', undefined, undefined]);
});

test('the directory of people ends where Slack gives the same page again, with those it named', async () => {
  const { people, asked } = await neverEnding();
  await expect(people.loadDirectory()).rejects.toThrow(PagesRepeat);
  expect(asked()).toBe(2);
  expect(people.known('U_ANA')?.name).toBe('Ana');
});

test('which conversations somebody is in is not known where Slack gives the same page again', async () => {
  const { people, asked } = await neverEnding();
  await expect(people.viewer('U_ANA', ['C_OPS'])).rejects.toThrow(PagesRepeat);
  expect(asked()).toBe(2);
});

test.each([undefined, '1.1'])(
  'a message that was looked for in pages that repeat is not taken to be absent (thread %s)',
  async (threadTs) => {
    const { client, asked } = await neverEnding();
    const row = { partId: 'part', triedAt: 0 };
    await expect(findMarked(client, 'B_APP', { channelId: 'C_OPS', threadTs }, row)).rejects.toThrow(
      PagesRepeat,
    );
    expect(asked()).toBe(2);
  },
);

test('a thread whose pages repeat is read as far as they went', async () => {
  const { client, asked } = await neverEnding();
  const of = { channelId: 'C_OPS', message: { ts: '1.1' }, rootTs: '1.1', askingId: 'U_JON' };
  const readers = { botId: 'B_APP', known: () => undefined, everybody: () => [] };
  const read = await readThread(client, of, readers, AbortSignal.timeout(5000));
  expect(read).toMatchObject({ reading: 'read', facts: { messages: 1, firstLine: 'The rates were wrong' } });
  expect(asked()).toBe(2);
});
