import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type BotOnTheWire, botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import {
  beginToShare,
  choose,
  fillStepOne,
  goOnTo,
  share,
  stepOneOf,
  systemsOffered,
} from '../support/capture.ts';
import { refuseToStore, roomOf, rows, waitingIn } from '../support/database.ts';
import { modalOf, wordsOf } from '../support/screen.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Everything the app wrote, kept or sent, as one text to search. */
function everythingOf({ workspace, config, logged }: BotOnTheWire): Record<string, string> {
  const file = (path: string) => (existsSync(path) ? readFileSync(path, 'latin1') : '');
  return {
    database: file(config.databasePath),
    room: file(roomOf(config.databasePath)),
    wal: file(`${config.databasePath}-wal`),
    log: logged(),
    received: workspace.everythingReceived(),
    calls: JSON.stringify(workspace.calls.map(({ method, args }) => ({ method, args }))),
  };
}

function expectNoTraceOf(bot: BotOnTheWire, ...traces: string[]): void {
  const found = Object.entries(everythingOf(bot)).flatMap(([where, text]) =>
    traces.filter((trace) => text.includes(trace)).map((trace) => `${trace} in the ${where}`),
  );
  expect(found).toEqual([]);
}

describe('somebody who chose Nobody', () => {
  test('is in no file, no log and no call to Slack, whatever they did on the way', async () => {
    const bot = await botOnTheWire({
      people: [
        { handle: 'quietone', realName: 'Quentin Quiet' },
        { handle: 'jon', realName: 'Jon Park' },
        { handle: 'amira', realName: 'Amira Haddad' },
      ],
      channels: [{ name: 'payments-ops', members: ['quietone', 'jon', 'amira'], app: true }],
    });
    const { workspace } = bot;
    const quiet = workspace.person('quietone');
    const jon = workspace.person('jon');
    // From a thread they posted in, where they are mentioned, after an alert.
    const root = workspace.botSays('payments-ops', 'Totals are low');
    quiet.say('payments-ops', 'I see it too', { threadTs: root.ts });
    jon.say('payments-ops', 'thanks for looking', { threadTs: root.ts });
    quiet.say('payments-ops', 'stopped the send', { threadTs: root.ts });

    await quiet.messageShortcut('share_from_message', root);
    await stepOneOf(bot, 'quietone');
    await fillStepOne(bot, 'quietone', 'nobody is to know', { system: 'Payroll' });
    await systemsOffered(bot, 'quietone', 'pay');
    await choose(bot, 'quietone', 'tier', 'unattributed');
    await choose(bot, 'quietone', 'audience', 'channel');
    await choose(bot, 'quietone', 'tier', 'named');
    await choose(bot, 'quietone', 'audience', 'everyone');
    await choose(bot, 'quietone', 'tier', 'unattributed');

    // A save that fails, one whose answer is lost, and one that is delivered three times.
    const letGo = refuseToStore(bot);
    expect((await quiet.submit()).errors).not.toEqual({});
    letGo();
    workspace.faults.loseNextAck();
    await quiet.submit();
    await quiet.submit({ copies: 3 });
    await modalOf(bot, 'quietone', 'What went right?');
    await quiet.change('view', 'saves', 'ten by hand');
    await goOnTo(bot, 'quietone', 'How was it noticed?');
    await quiet.change('view', 'noticed', 'the total');
    await goOnTo(bot, 'quietone', 'Who did it take?');
    await quiet.change('view', 'roles', 'Someone who can stop the send');
    await quiet.change('view', 'reached', 'briefly');
    const failing = refuseToStore(bot);
    await quiet.submit();
    failing();
    const sent = await quiet.submit();
    await sent.redeliver();
    await modalOf(bot, 'quietone', 'Share a near-miss', 'Thank you. It is saved.');
    await quiet.close();

    // Others go on as ever.
    await share(bot, 'jon', 'after it');
    await jon.close();
    await jon.openHome();
    await workspace.until(() => wordsOf(jon.home()).includes('after it'));
    await workspace.person('amira').command('payments-ops', '/nearmiss show 1');
    await workspace.until(
      () => jon.ephemerals().length === 1 && workspace.person('amira').ephemerals().length === 1,
    );

    const [waiting, ...more] = waitingIn(bot);
    expect(more).toEqual([]);
    const { id = '' } = waiting ?? {};
    expect(waiting).toMatchObject({ summary: 'nobody is to know', system: 'Payroll', tier: 'unattributed' });
    for (const part of ['number', 'reporterId', 'conversation', 'card'])
      expect(waiting).not.toHaveProperty(part);
    expectNoTraceOf(bot, quiet.id, 'Quentin', 'quietone');
    const { database = '', wal = '', room = '' } = everythingOf(bot);
    for (const trace of ['nobody is to know', 'Payroll', 'Someone who can stop the send', id])
      expect(database + wal, `${trace} on its day`).not.toContain(trace);
    expect(database + wal + room).not.toContain(root.ts);

    // The day after it is with the others.
    bot.advance(2 * DAY);
    await jon.openHome();
    await workspace.until(() => wordsOf(jon.home()).includes('nobody is to know'));
    const [stored, ...others] = rows(bot, "select * from near_misses where tier = 'unattributed'");
    expect(others).toEqual([]);
    expect(waitingIn(bot)).toEqual([]);
    expect(stored).toMatchObject({
      summary: 'nobody is to know',
      reporter_id: null,
      channel_id: null,
      channel_name: null,
      card_channel_id: null,
      card_thread_ts: null,
      card_ts: null,
    });
    expect([Number(stored?.captured_at) % DAY, Number(stored?.told_at) % DAY]).toEqual([0, 0]);
    expect(rows(bot, 'select author, question from answers')).toEqual([{ author: '', question: 'roles' }]);
    expect(rows(bot, 'select * from key_players')).toEqual([]);
    expect(rows(bot, 'select * from outbox where near_miss_id = ?', stored?.id)).toEqual([]);
    expectNoTraceOf(bot, quiet.id, 'Quentin', 'quietone');
    expectNoComplaints(bot);
  });

  test('is in the database no more when an earlier Save had their name and its answer was lost', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await beginToShare(bot, 'maria', 'first with a name');
    workspace.faults.on('views.publish', { kind: 'rate_limit', retryAfter: 60 });
    workspace.faults.loseNextAck();
    await maria.submit();
    const [named] = rows(bot, 'select reporter_id from near_misses');
    expect(named).toEqual({ reporter_id: maria.id });
    await choose(bot, 'maria', 'tier', 'unattributed');
    expect((await maria.submit()).errors).toEqual({});
    await expect.poll(() => rows(bot, 'select * from outbox')).toEqual([]);
    const { database = '', wal = '' } = everythingOf(bot);
    expect(`${database}${wal}`).not.toContain(maria.id);
    expectNoComplaints(bot);
  });

  test('is not in what was thrown and logged either, and nor are their words', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await beginToShare(bot, 'maria', 'words for nobody', { tier: 'unattributed' });
    const drawn = workspace.calls.length;
    const letGo = refuseToStore(bot);
    await maria.submit();
    letGo();
    workspace.faults.on('views.update', { kind: 'error', error: 'internal_error' });
    await maria.change('view', 'audience', 'channel');
    await expect.poll(() => bot.logged()).toContain('could not be answered');
    expect(bot.logged()).toContain('could not be saved');
    expect(bot.logged()).not.toContain('words for nobody');
    expect(bot.logged()).not.toContain(maria.id);
    expect(JSON.stringify(workspace.calls.slice(drawn).map(({ args }) => args))).not.toContain(maria.id);
    expectNoComplaints(bot);
  });

  test.each([
    ['everyone', undefined],
    ['channel', 'payments-ops'],
  ] as const)('for %s keeps the channel only where that is who may read it', async (audience, name) => {
    const bot = await botOnTheWire();
    await share(bot, 'maria', 'quietly', { tier: 'unattributed', audience });
    expect(waitingIn(bot).map(({ conversation }) => conversation?.id)).toEqual([
      name && bot.workspace.channel(name).id,
    ]);
    expectNoComplaints(bot);
  });

  test('is still told, the next time, what near-misses are for: that they shared is not remembered', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await share(bot, 'maria', 'quietly', { tier: 'unattributed' });
    await maria.close();
    await maria.command('payments-ops', '/nearmiss');
    expect(wordsOf(await stepOneOf(bot, 'maria'))).toContain('This is for learning, not for blame.');
    expectNoComplaints(bot);
  });

  test('has a number only from the day after, and not in the order of sharing', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    for (const summary of ['alpha', 'beta', 'gamma']) {
      await share(bot, 'maria', summary, { tier: 'unattributed' });
      await workspace.person('maria').close();
    }
    const jon = workspace.person('jon');
    await jon.openHome();
    await workspace.until(() => jon.home());
    expect(wordsOf(jon.home())).not.toMatch(/alpha|beta|gamma/);
    bot.advance(DAY);
    await jon.openHome();
    await workspace.until(() => wordsOf(jon.home()).includes('gamma'));
    const numbered = rows<{ number: number }>(bot, 'select number from near_misses order by number');
    expect(numbered.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(JSON.stringify(rows(bot, 'select * from outbox'))).toBe('[]');
    expectNoComplaints(bot);
  });
});

test('the tables a quiet near-miss is in reveal no order of insertion', async () => {
  const bot = await botOnTheWire();
  const tables = rows<{ name: string; sql: string }>(
    bot,
    "select name, sql from sqlite_schema where type = 'table' and name in ('near_misses', 'answers', 'saves', 'signals', 'key_players', 'systems')",
  );
  expect(tables).toHaveLength(6);
  expect(tables.filter(({ sql }) => !/without rowid\s*$/i.test(sql))).toEqual([]);
});

test('view ids, trigger ids and response urls are stored nowhere and logged nowhere', async () => {
  const bot = await botOnTheWire();
  const { workspace } = bot;
  const maria = workspace.person('maria');
  const sent = await maria.command('payments-ops', '/nearmiss seen in time');
  const view = await stepOneOf(bot, 'maria');
  await maria.submit();
  await maria.close();
  await workspace.until(() => maria.ephemerals().length === 1);
  const { database, wal, log } = everythingOf(bot);
  const secrets = [
    view.id,
    String(sent.payload?.trigger_id),
    String(sent.payload?.response_url),
    workspace.botToken,
  ];
  expect(secrets.filter((secret) => `${database}${wal}${log}`.includes(secret))).toEqual([]);
});
