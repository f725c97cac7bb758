import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  beginToShare,
  choose,
  expectNoComplaints,
  fillStepOne,
  modalOf,
  refuseToStore,
  rows,
  share,
  stepOneOf,
  systemsOffered,
  wordsOf,
} from '../support/doing.ts';
import { type Office, openOffice } from '../support/office.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Everything the app wrote, kept or sent, as one text to search. */
function everythingOf({ workspace, config, logged }: Office): Record<string, string> {
  const file = (path: string) => (existsSync(path) ? readFileSync(path, 'latin1') : '');
  return {
    database: file(config.databasePath),
    wal: file(`${config.databasePath}-wal`),
    log: logged(),
    received: workspace.everythingReceived(),
    calls: JSON.stringify(workspace.calls.map(({ method, args }) => ({ method, args }))),
  };
}

function expectNoTraceOf(office: Office, ...traces: string[]): void {
  const found = Object.entries(everythingOf(office)).flatMap(([where, text]) =>
    traces.filter((trace) => text.includes(trace)).map((trace) => `${trace} in the ${where}`),
  );
  expect(found).toEqual([]);
}

describe('somebody who chose Nobody', () => {
  test('is in no file, no log and no call to Slack, whatever they did on the way', async () => {
    const office = await openOffice({
      people: [
        { handle: 'quietone', realName: 'Quentin Quiet' },
        { handle: 'jon', realName: 'Jon Park' },
        { handle: 'amira', realName: 'Amira Haddad' },
      ],
      channels: [{ name: 'payments-ops', members: ['quietone', 'jon', 'amira'], app: true }],
    });
    const { workspace } = office;
    const quiet = workspace.person('quietone');
    const jon = workspace.person('jon');
    // From a thread they posted in, where they are mentioned, after an alert.
    const root = workspace.botSays('payments-ops', 'Totals are low');
    quiet.say('payments-ops', 'I see it too', { threadTs: root.ts });
    jon.say('payments-ops', 'thanks for looking', { threadTs: root.ts });
    quiet.say('payments-ops', 'stopped the send', { threadTs: root.ts });

    await quiet.messageShortcut('share_from_message', root);
    await stepOneOf(office, 'quietone');
    await fillStepOne(office, 'quietone', 'nobody is to know', { system: 'Payroll' });
    await systemsOffered(office, 'quietone', 'pay');
    await choose(office, 'quietone', 'tier', 'unattributed');
    await choose(office, 'quietone', 'audience', 'channel');
    await choose(office, 'quietone', 'tier', 'named');
    await choose(office, 'quietone', 'audience', 'everyone');
    await choose(office, 'quietone', 'tier', 'unattributed');

    // A save that fails, one whose answer is lost, and one that is delivered three times.
    const letGo = refuseToStore(office);
    expect((await quiet.submit()).errors).not.toEqual({});
    letGo();
    workspace.faults.loseNextAck();
    await quiet.submit();
    await quiet.submit({ copies: 3 });
    await modalOf(office, 'quietone', 'What can we learn?', 'roles');
    await quiet.change('view', 'saves', 'ten by hand');
    await quiet.change('view', 'noticed', 'the total');
    await quiet.change('view', 'roles', 'Someone who can stop the send');
    await quiet.change('view', 'reached', 'briefly');
    const failing = refuseToStore(office);
    await quiet.submit();
    failing();
    const sent = await quiet.submit();
    await sent.redeliver();
    await modalOf(office, 'quietone', 'Share a near-miss', 'Thank you. It is saved.');
    await quiet.close();

    // Others go on as ever.
    await share(office, 'jon', 'after it');
    await jon.close();
    await jon.openHome();
    await workspace.until(() => wordsOf(jon.home()).includes('after it'));
    await workspace.person('amira').command('payments-ops', '/nearmiss show 1');
    await workspace.until(
      () => jon.ephemerals().length === 1 && workspace.person('amira').ephemerals().length === 1,
    );

    const [stored, ...more] = rows(office, "select * from near_misses where tier = 'unattributed'");
    expect(more).toEqual([]);
    expect(stored).toMatchObject({
      summary: 'nobody is to know',
      number: null,
      reporter_id: null,
      channel_id: null,
      channel_name: null,
      card_channel_id: null,
      card_thread_ts: null,
      card_ts: null,
    });
    expect([Number(stored?.captured_at) % DAY, Number(stored?.told_at) % DAY]).toEqual([0, 0]);
    expect(rows(office, 'select author, question from answers')).toEqual([{ author: '', question: 'roles' }]);
    expect(rows(office, 'select * from key_players')).toEqual([]);
    expect(rows(office, 'select * from outbox where near_miss_id = ?', stored?.id)).toEqual([]);
    expectNoTraceOf(office, quiet.id, 'Quentin', 'quietone');
    const { database = '', wal = '' } = everythingOf(office);
    expect(database + wal).not.toContain(root.ts);
    expectNoComplaints(office);
  });

  test('is in the database no more when an earlier Save had their name and its answer was lost', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await beginToShare(office, 'maria', 'first with a name');
    workspace.faults.on('views.publish', { kind: 'rate_limit', retryAfter: 60 });
    workspace.faults.loseNextAck();
    await maria.submit();
    const [named] = rows(office, 'select reporter_id from near_misses');
    expect(named).toEqual({ reporter_id: maria.id });
    await choose(office, 'maria', 'tier', 'unattributed');
    expect((await maria.submit()).errors).toEqual({});
    await expect.poll(() => rows(office, 'select * from outbox')).toEqual([]);
    const { database = '', wal = '' } = everythingOf(office);
    expect(`${database}${wal}`).not.toContain(maria.id);
    expectNoComplaints(office);
  });

  test('is not in what was thrown and logged either, and nor are their words', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await beginToShare(office, 'maria', 'words for nobody', { tier: 'unattributed' });
    const drawn = workspace.calls.length;
    const letGo = refuseToStore(office);
    await maria.submit();
    letGo();
    workspace.faults.on('views.update', { kind: 'error', error: 'internal_error' });
    await maria.change('view', 'audience', 'channel');
    await expect.poll(() => office.logged()).toContain('could not be answered');
    expect(office.logged()).toContain('could not be saved');
    expect(office.logged()).not.toContain('words for nobody');
    expect(office.logged()).not.toContain(maria.id);
    expect(JSON.stringify(workspace.calls.slice(drawn).map(({ args }) => args))).not.toContain(maria.id);
    expectNoComplaints(office);
  });

  test.each([
    ['everyone', { channel_id: null, channel_name: null }],
    ['channel', { channel_id: 'C0PAYMENTSOP', channel_name: 'payments-ops' }],
  ] as const)('for %s keeps the channel only where that is who may read it', async (audience, kept) => {
    const office = await openOffice();
    await share(office, 'maria', 'quietly', { tier: 'unattributed', audience });
    const [stored] = rows(office, 'select * from near_misses');
    expect({ channel_id: stored?.channel_id, channel_name: stored?.channel_name }).toEqual({
      ...kept,
      ...(kept.channel_id !== null && { channel_id: office.workspace.channel('payments-ops').id }),
    });
    expectNoComplaints(office);
  });

  test('is still told, the next time, what near-misses are for: that they shared is not remembered', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await share(office, 'maria', 'quietly', { tier: 'unattributed' });
    await maria.close();
    await maria.command('payments-ops', '/nearmiss');
    expect(wordsOf(await stepOneOf(office, 'maria'))).toContain('This is for learning, not for blame.');
    expectNoComplaints(office);
  });

  test('has a number only from the day after, and not in the order of sharing', async () => {
    let later = 0;
    const office = await openOffice({ world: { now: () => Date.now() + later } });
    const { workspace } = office;
    for (const summary of ['alpha', 'beta', 'gamma']) {
      await share(office, 'maria', summary, { tier: 'unattributed' });
      await workspace.person('maria').close();
    }
    const jon = workspace.person('jon');
    await jon.openHome();
    await workspace.until(() => jon.home());
    expect(wordsOf(jon.home())).not.toMatch(/alpha|beta|gamma/);
    later = DAY;
    await jon.openHome();
    await workspace.until(() => wordsOf(jon.home()).includes('gamma'));
    const numbered = rows<{ number: number }>(office, 'select number from near_misses order by number');
    expect(numbered.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(JSON.stringify(rows(office, 'select * from outbox'))).toBe('[]');
    expectNoComplaints(office);
  });
});

test('the tables a quiet near-miss is in reveal no order of insertion', async () => {
  const office = await openOffice();
  const tables = rows<{ name: string; sql: string }>(
    office,
    "select name, sql from sqlite_schema where type = 'table' and name in ('near_misses', 'answers', 'saves', 'signals', 'key_players', 'systems')",
  );
  expect(tables).toHaveLength(6);
  expect(tables.filter(({ sql }) => !/without rowid\s*$/i.test(sql))).toEqual([]);
});

test('view ids, trigger ids and response urls are stored nowhere and logged nowhere', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  const sent = await maria.command('payments-ops', '/nearmiss seen in time');
  const view = await stepOneOf(office, 'maria');
  await maria.submit();
  await maria.close();
  await workspace.until(() => maria.ephemerals().length === 1);
  const { database, wal, log } = everythingOf(office);
  const secrets = [
    view.id,
    String(sent.payload?.trigger_id),
    String(sent.payload?.response_url),
    workspace.botToken,
  ];
  expect(secrets.filter((secret) => `${database}${wal}${log}`.includes(secret))).toEqual([]);
});
