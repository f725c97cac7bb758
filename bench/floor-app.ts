import { App, HTTPReceiver } from '@slack/bolt';
import { pino } from 'pino';
import { startServer } from '../src/app/server.ts';
import { STEP_ONE } from '../src/slack/capture/step-one.ts';
import { clientOptions } from '../src/slack/platform/clients.ts';
import { quietLogger } from '../src/slack/platform/slack-logger.ts';
import { answering } from './children.ts';
import { floorRows } from './floor-rows.ts';
import { BOT_TOKEN, IDENTITY, openedView, SIGNING_SECRET, savedView } from './office.ts';

/** The least an app on the same Bolt can do: open a view that stands ready, and write the rows without asking twice. */
const { slackApiUrl, database } = JSON.parse(process.argv[2] ?? '') as {
  slackApiUrl: string;
  database: string;
};
const log = pino({ level: 'warn' });
const logger = quietLogger(log);
const { botId, botUserId, teamId } = IDENTITY;
const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logger });
const app = new App({
  receiver,
  clientOptions: clientOptions(slackApiUrl, log).interactive(),
  logger,
  authorize: () => Promise.resolve({ botToken: BOT_TOKEN, botId, botUserId, teamId }),
  deferInitialization: true,
  convoStore: false,
});

const opened = openedView('00000000-0000-4000-8000-000000000000');
app.command('/nearmiss', async ({ command, ack, client }) => {
  await ack();
  await client.views.open({ trigger_id: command.trigger_id, view: opened });
});

// As ours, but for the number in its words.
const saved = savedView('00000000-0000-4000-8000-000000000000', 100_000);
const save = floorRows(database);
app.view(STEP_ONE, async ({ view, body, ack }) => {
  const { id } = JSON.parse(view.private_metadata) as { id: string };
  const { summary, system } = view.state.values;
  save({
    id,
    personId: body.user.id,
    summary: summary?.summary?.value ?? '',
    system: system?.system?.selected_option?.value ?? '',
  });
  await ack({ response_action: 'update', view: { ...saved, private_metadata: JSON.stringify({ id }) } });
});

await app.init();
const server = await startServer({ port: 0, host: '127.0.0.1', log });
server.takeSlackRequests(receiver.requestListener);

answering(async () => ({ port: server.port, cpu: process.cpuUsage() }));
