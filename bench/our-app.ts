import { randomUUID } from 'node:crypto';
import { HTTPReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { startServer } from '../src/server.ts';
import { slackApp } from '../src/slack/app.ts';
import { clientOptions } from '../src/slack/clients.ts';
import { conversationsOf } from '../src/slack/conversations.ts';
import { peopleOf } from '../src/slack/people.ts';
import { redrawing } from '../src/slack/redrawing.ts';
import { replyAddresses } from '../src/slack/reply-addresses.ts';
import { quietLogger } from '../src/slack/slack-logger.ts';
import { openStorage } from '../src/storage/storage.ts';
import { answering } from './children.ts';
import { BOT_TOKEN, IDENTITY, SIGNING_SECRET } from './office.ts';

/** The app as `src/bot.ts` puts it together, but nothing is sent from the outbox. */
const { slackApiUrl, database } = JSON.parse(process.argv[2] ?? '') as {
  slackApiUrl: string;
  database: string;
};
const log = pino({ level: 'warn' });
const options = clientOptions(slackApiUrl, log);
const client = new WebClient(BOT_TOKEN, options.interactive());
const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logger: quietLogger(log) });
const app = slackApp(
  {
    identity: IDENTITY,
    storage: openStorage(database, randomUUID),
    people: peopleOf(client, IDENTITY, { now: Date.now, log }),
    conversations: conversationsOf(client, IDENTITY.scopes),
    addresses: replyAddresses(),
    client,
    redraw: redrawing(client),
    now: Date.now,
    newId: randomUUID,
    shuffle: (items) => items,
    respond: options.respond,
    wakeOutbox: () => undefined,
    readThreadMs: 1500,
    log,
  },
  receiver,
  BOT_TOKEN,
  options.interactive(),
);
await app.init();
const server = await startServer(0, '127.0.0.1');
server.takeSlackRequests(receiver.requestListener);

answering(async () => ({ port: server.port, cpu: process.cpuUsage() }));
