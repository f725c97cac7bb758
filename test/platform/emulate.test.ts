import { randomUUID } from 'node:crypto';
import type { View } from '@slack/types';
import { pino } from 'pino';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Json } from '../../sandbox/json.ts';
import { signed } from '../../sandbox/wire/signed-http.ts';
import { startBot } from '../../src/app/bot.ts';
import { QUICK } from '../support/bot-on-the-wire.ts';
import { type EmulatedSlack, MARIAS_TOKEN, startEmulatedSlack } from '../support/emulated-slack.ts';
import { submitted, type Typed } from '../support/submitted-view.ts';
import { emptyDatabase } from '../support/workspace.ts';

const SIGNING_SECRET = 'emulated-signing-secret';
/** The address that is gone, and the one method this app uses that `emulate` does not have. */
const UNKNOWN = ['gone', 'users.conversations'];
const SUMMARY = "The invoices had last year's tax rate";

const slack = await startEmulatedSlack();
afterAll(() => slack?.stop());

describe.skipIf(slack === undefined)(
  'over the Web API of emulate (skipped where emulate does not start)',
  () => {
    test('a near-miss is shared, its card found by metadata and updated, and every method and scope is right', async () => {
      const { calls, next, ask, ...emulated } = slack as EmulatedSlack;
      const port = await startApp(emulated);
      const { maria, team, channel } = await mariaInHerChannel(ask);

      const { trigger_id: trigger } = await ask('views.generateTriggerId', { user_id: maria });
      await send(port, {
        command: '/nearmiss',
        text: SUMMARY,
        user_id: maria,
        team_id: team,
        channel_id: channel,
        channel_name: 'payments-ops',
        trigger_id: String(trigger),
        // Gone already, so that the confirmation has to come by direct message.
        response_url: `${emulated.apiUrl}gone`,
      });
      const opened = (await next('views.open')).answer.view as View;

      const { view: second } = await submit(port, { maria, team }, opened, { card: true });
      const posted = await next('chat.postMessage');
      expect(posted.args.channel).toBe(channel);

      const { view: third } = await submit(port, { maria, team }, second as View, {
        saves: 'Ten were opened by hand',
        closeness: 'An hour',
      });
      const { view: fourth } = await submit(port, { maria, team }, third as View, {});
      await submit(port, { maria, team }, fourth as View, {});
      const updated = await next('chat.update');
      expect(updated.args.ts).toBe(posted.answer.ts);

      const card = await messageWith(ask, channel, posted.args.metadata ?? '');
      expect(card).toMatchObject({ ts: posted.answer.ts, user: 'U0APP00000' });
      expect(JSON.stringify(card?.blocks)).toContain('Ten were opened by hand');

      const direct = (await next('conversations.open')).answer.channel as { id: string };
      expect((await next('chat.postMessage')).args.channel).toBe(direct.id);
      // Home is not drawn here: emulate cannot say which conversations somebody is in, and nothing is guessed.
      const refused = calls.filter(({ answer }) => answer.ok !== true).map(({ method }) => method);
      expect(refused.filter((method) => !UNKNOWN.includes(method))).toEqual([]);
    });
  },
);

async function startApp({ apiUrl, botToken }: Pick<EmulatedSlack, 'apiUrl' | 'botToken'>): Promise<number> {
  const fatal: string[] = [];
  const bot = await startBot(
    {
      botToken,
      slack: { mode: 'http', signingSecret: SIGNING_SECRET },
      slackApiUrl: apiUrl,
      databasePath: emptyDatabase(),
      port: 0,
      logLevel: 'error',
    },
    {
      now: Date.now,
      newId: randomUUID,
      shuffle: (items) => items,
      log: pino({ level: 'silent' }),
      onFatal: (sentence) => void fatal.push(sentence),
      pace: QUICK,
      host: '127.0.0.1',
    },
  );
  onTestFinished(async () => {
    await bot.stop();
    expect(fatal).toEqual([]);
  });
  return bot.port;
}

/** She is in the channel from the start; the app has to be invited. */
async function mariaInHerChannel(ask: EmulatedSlack['ask']) {
  const { user_id: maria, team_id: team } = await ask('auth.test', {}, MARIAS_TOKEN);
  const { channels } = await ask('conversations.list', {}, MARIAS_TOKEN);
  const channel = (channels as { id: string; name: string }[]).find(
    ({ name }) => name === 'payments-ops',
  )?.id;
  if (channel === undefined) throw new Error('The channel is not there.');
  const invited = await ask('conversations.invite', { channel, users: 'U0APP00000' }, MARIAS_TOKEN);
  expect(invited).toMatchObject({ ok: true });
  return { maria: String(maria), team: String(team), channel };
}

async function submit(
  port: number,
  { maria, team }: { maria: string; team: string },
  view: View,
  typed: Typed,
): Promise<Json> {
  const payload = {
    type: 'view_submission',
    user: { id: maria },
    team: { id: team },
    view: { ...submitted(view, typed), id: 'V1' },
  };
  return send(port, { payload: JSON.stringify(payload) });
}

/** What Slack sends over HTTP, signed; what the app answers at once. */
async function send(port: number, fields: Record<string, string>): Promise<Json> {
  const body = new URLSearchParams(fields).toString();
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...signed(SIGNING_SECRET, body, Math.floor(Date.now() / 1000)),
    },
  });
  expect(response.status).toBe(200);
  const answer = await response.text();
  return answer === '' ? {} : (JSON.parse(answer) as Json);
}

/** The message with this metadata, looked for in the way the outbox does. */
async function messageWith(ask: EmulatedSlack['ask'], channel: string, metadata: string) {
  const { messages } = await ask('conversations.history', {
    channel,
    include_all_metadata: 'true',
    limit: '200',
  });
  const found = (messages as Json[]).filter((each) => JSON.stringify(each.metadata) === metadata);
  expect(found).toHaveLength(1);
  return found[0];
}
