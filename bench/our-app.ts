import { randomUUID } from 'node:crypto';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { startServer } from '../src/app/server.ts';
import { slackApp } from '../src/slack/app.ts';
import { clientOptions } from '../src/slack/platform/clients.ts';
import { overHttp } from '../src/slack/platform/over-http.ts';
import { replyAddresses } from '../src/slack/platform/reply-addresses.ts';
import { type App, workspaceOf } from '../src/slack/workspace.ts';
import { openStorage } from '../src/storage/storage.ts';
import { answering } from './children.ts';
import { BOT_TOKEN, IDENTITY, SIGNING_SECRET } from './office.ts';

/** The app as `src/app/bot.ts` puts it together, but nothing is sent from the outbox. */
const { slackApiUrl, database } = JSON.parse(process.argv[2] ?? '') as {
  slackApiUrl: string;
  database: string;
};
const log = pino({ level: 'warn' });
const options = clientOptions(slackApiUrl, log);
const client = new WebClient(BOT_TOKEN, options.interactive());
const { receiver, take } = overHttp(SIGNING_SECRET, { now: Date.now, log });
const app: App = {
  storage: openStorage(database, randomUUID),
  addresses: replyAddresses(),
  now: Date.now,
  newId: randomUUID,
  shuffle: (items) => items,
  respond: options.respond,
  wakeOutbox: () => undefined,
  readThreadMs: 1500,
  log,
};
const workspace = workspaceOf(app, {
  identity: IDENTITY,
  client,
  background: client,
  watch: () => undefined,
});
const bolt = slackApp(app, { of: () => workspace }, receiver, options.interactive());
await bolt.init();
const server = await startServer({ port: 0, host: '127.0.0.1', log });
server.takeSlackRequests(take);

answering(async () => ({ port: server.port, cpu: process.cpuUsage() }));
