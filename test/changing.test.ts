import { readFileSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import {
  cardIn,
  choose,
  ephemeralOf,
  expectNoComplaints,
  fillStepOne,
  modalOf,
  onlyId,
  questionsOf,
  refuseToStore,
  rows,
  share,
  shareAndSkip,
  stepOneOf,
  typedIn,
  wordsOf,
} from './doing.ts';
import { type Office, openOffice } from './office.ts';

/** *Edit or withdraw* in the menu of the card. */
async function openChange(office: Office, who: string, channel = 'payments-ops') {
  const card = await cardIn(office, channel, who, 'Edit or withdraw');
  await office.workspace.person(who).press(placeOf(card), 'card_more', `edit_or_withdraw:${onlyId(office)}`);
}

const placeOf = ({ channel, ts }: { channel: string; ts: string }) => ({ channel, ts });

async function changeWhoCanSee(office: Office, who: string, to: { tier?: string; audience?: string }) {
  const person = office.workspace.person(who);
  await modalOf(office, who, 'Edit or withdraw', 'Change who can see this');
  await person.press('view', 'change_who_can_see');
  await modalOf(office, who, 'Who can see this', 'tier');
  if (to.tier !== undefined) await person.change('view', 'tier', to.tier);
  if (to.audience !== undefined) await person.change('view', 'audience', to.audience);
  return person.submit();
}

function setStewards({ config }: Office, stewards: string[]) {
  const sqlite = new SQLite(config.databasePath);
  sqlite.prepare('update workspaces set settings = ?').run(JSON.stringify({ stewards }));
  sqlite.close();
}

describe('edit my words', () => {
  test('changes the card in place, and never posts it again', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await shareAndSkip(office, 'maria', 'the first words', { system: 'Payroll' });
    await openChange(office, 'maria');
    await modalOf(office, 'maria', 'Edit or withdraw', 'Edit my words');
    await maria.press('view', 'edit_words');
    const view = await modalOf(office, 'maria', 'Edit my words', 'summary');
    expect([typedIn(view, 'summary'), typedIn(view, 'system')]).toEqual(['the first words', 'Payroll']);
    await maria.change('view', 'summary', 'better words');
    await maria.change('view', 'system', 'Invoices');
    await maria.submit();
    expect(maria.view()).toBeUndefined();
    const card = await cardIn(office, 'payments-ops', 'jon', 'better words');
    expect(wordsOf(card)).toContain('NM-1 · Invoices');
    expect(card.text).toBe('Near-miss NM-1, Invoices: better words');
    expect(workspace.person('jon').messages('payments-ops')).toHaveLength(1);
    expect(rows(office, 'select name from systems')).toEqual([{ name: 'Invoices' }]);
    expectNoComplaints(office);
  });

  test('to nothing is asked for a few words more; what cannot be saved stays there', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await shareAndSkip(office, 'maria', 'the first words');
    await openChange(office, 'maria');
    await modalOf(office, 'maria', 'Edit or withdraw', 'Edit my words');
    await maria.press('view', 'edit_words');
    await modalOf(office, 'maria', 'Edit my words', 'summary');
    await maria.change('view', 'summary', '  ');
    expect((await maria.submit()).errors).toEqual({ summary: 'A few words are enough.' });
    await maria.change('view', 'summary', 'kept');
    const letGo = refuseToStore(office);
    expect((await maria.submit()).errors).toEqual({
      summary:
        'This could not be saved just now. Your words are still here. Please press Save again in a moment.',
    });
    letGo();
    await maria.submit();
    expect(rows(office, 'select summary from near_misses')).toEqual([{ summary: 'kept' }]);
    expectNoComplaints(office);
  });

  test('is only for whoever shared it', async () => {
    const office = await openOffice();
    await shareAndSkip(office, 'maria', 'hers');
    await openChange(office, 'jon');
    const view = await modalOf(
      office,
      'jon',
      'Edit or withdraw',
      'Only the person who shared this can change it.',
    );
    expect(wordsOf(view)).toBe(
      'Only the person who shared this can change it. You can add to it with Tell more.',
    );
    expectNoComplaints(office);
  });
});

describe('change who can see this', () => {
  test('to the channel only: the card stays, and others no longer read it', async () => {
    const office = await openOffice();
    const { workspace } = office;
    await shareAndSkip(office, 'maria', 'for few');
    await openChange(office, 'maria');
    expect((await changeWhoCanSee(office, 'maria', { audience: 'channel' })).errors).toEqual({});
    expect(
      rows(office, 'select audience, tier, number, card_ts is not null as card from near_misses'),
    ).toEqual([{ audience: 'channel', tier: 'named', number: 1, card: 1 }]);
    workspace.person('amira').leave('payments-ops');
    await workspace.person('amira').command('quiet', '/nearmiss show 1');
    await ephemeralOf(office, 'amira', 'NM-1 could not be found.');
    await workspace.person('jon').command('quiet', '/nearmiss show 1');
    await ephemeralOf(office, 'jon', 'for few');
    expectNoComplaints(office);
  });

  test('to Nobody: the name, the card, the thread, the people and the time are gone, and the words stay', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    await maria.messageShortcut('share_from_message', root);
    await stepOneOf(office, 'maria');
    await maria.submit();
    await modalOf(office, 'maria', 'What can we learn?');
    await maria.change('view', 'saves', 'ten by hand');
    await maria.submit();
    await modalOf(office, 'maria', 'Who did it take?');
    await maria.change('view', workspace.person('jon').id, 'could stop the send');
    await maria.submit();
    await ephemeralOf(office, 'maria', 'Thank you.');
    await cardIn(office, 'payments-ops', 'jon', 'ten by hand');
    await openChange(office, 'maria');
    await changeWhoCanSee(office, 'maria', { tier: 'unattributed' });
    await workspace.until(() => workspace.person('jon').thread('payments-ops', root.ts).length === 1);

    const [stored] = rows(office, 'select * from near_misses');
    expect(stored).toMatchObject({
      tier: 'unattributed',
      reporter_id: null,
      number: null,
      channel_id: null,
      card_channel_id: null,
      card_thread_ts: null,
      card_ts: null,
    });
    const day = 24 * 60 * 60 * 1000;
    expect([Number(stored?.captured_at) % day, Number(stored?.told_at) % day]).toEqual([0, 0]);
    expect(rows(office, 'select * from key_players')).toEqual([]);
    expect(rows(office, 'select text from saves')).toEqual([{ text: 'ten by hand' }]);
    // It was named while it was posted; nothing of that is left either.
    const left = JSON.stringify(rows(office, 'select * from outbox'));
    expect(left).not.toContain(maria.id);
    expect(left).not.toContain(onlyId(office));
    await office.bot.stop();
    expect(readFileSync(office.config.databasePath, 'latin1')).not.toContain(maria.id);
    expectNoComplaints(office);
  });

  test('to Nobody while Slack is still taking the card: it does not stay behind with the name on it', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await maria.command('payments-ops', '/nearmiss');
    await stepOneOf(office, 'maria');
    await fillStepOne(office, 'maria', 'on second thought');
    const posting = workspace.faults.on('chat.postMessage', { kind: 'hold', when: 'after' });
    workspace.faults.loseNextAck();
    await maria.submit();
    await posting.struck;
    await choose(office, 'maria', 'tier', 'unattributed');
    await maria.submit();
    await modalOf(office, 'maria', 'What can we learn?', 'Describe roles');
    expect(workspace.person('jon').messages('payments-ops')).toHaveLength(1);
    posting.release();
    await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 0);
    expectNoComplaints(office);
  });

  test('in a direct message Nobody is not taken for the name without a word', async () => {
    const office = await openOffice({
      channels: [{ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] }],
    });
    const { workspace } = office;
    const maria = workspace.person('maria');
    await maria.command('maria-and-jon', '/nearmiss');
    await stepOneOf(office, 'maria', 'nothing posted now');
    await fillStepOne(office, 'maria', 'between us');
    await maria.submit();
    await maria.close();
    const told = await ephemeralOf(office, 'maria', 'Thank you.');
    await maria.command('maria-and-jon', '/nearmiss show 1');
    const shown = await workspace.until(() => maria.ephemerals().find(({ ts }) => ts !== told.ts));
    await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(office)}`);
    const sent = await changeWhoCanSee(office, 'maria', { tier: 'unattributed' });
    expect(sent.errors).toEqual({
      tier: 'The people in this conversation would know that it was you. For Nobody, let everyone at Acme read it.',
    });
    expect(rows(office, 'select tier, audience from near_misses')).toEqual([
      { tier: 'named', audience: 'channel' },
    ]);
    await maria.change('view', 'audience', 'everyone');
    expect((await maria.submit()).errors).toEqual({});
    expect(rows(office, 'select tier, audience, reporter_id from near_misses')).toEqual([
      { tier: 'unattributed', audience: 'everyone', reporter_id: null },
    ]);
    expectNoComplaints(office);
  });
});

test('a steward who came later does not get the name of one that was shared before, when it is changed', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  const stewards = (...who: string[]) =>
    setStewards(
      office,
      who.map((handle) => workspace.person(handle).id),
    );
  stewards('jon');
  await shareAndSkip(office, 'maria', 'seen in time');
  await openChange(office, 'maria');
  await changeWhoCanSee(office, 'maria', { tier: 'confidential', audience: 'channel' });
  stewards('jon', 'amira');
  await maria.command('payments-ops', '/nearmiss show 1');
  const shown = await ephemeralOf(office, 'maria', 'seen in time');
  await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(office)}`);
  expect((await changeWhoCanSee(office, 'maria', { audience: 'everyone' })).errors).toEqual({});
  const [stored] = rows(office, 'select tier, audience, stewards_then from near_misses');
  expect(stored).toEqual({
    tier: 'confidential',
    audience: 'everyone',
    stewards_then: JSON.stringify([workspace.person('jon').id]),
  });
  expectNoComplaints(office);
});

describe('withdraw', () => {
  const WITHDRAWN =
    'NM-1 is withdrawn. Your words are removed from the app, and the card follows as soon as Slack accepts it.';

  test('where there is no card promises nothing of one', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await shareAndSkip(office, 'maria', 'words to take back', { card: false });
    await ephemeralOf(office, 'maria', 'NM-1 is saved.');
    await maria.command('payments-ops', '/nearmiss show 1');
    const shown = await ephemeralOf(office, 'maria', 'words to take back');
    await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(office)}`);
    await modalOf(office, 'maria', 'Edit or withdraw', 'Withdraw');
    await maria.press('view', 'withdraw');
    const view = await modalOf(office, 'maria', 'Edit or withdraw', 'is withdrawn');
    expect(wordsOf(view)).toBe('NM-1 is withdrawn. Your words are removed from the app.');
    expectNoComplaints(office);
  });

  test('asks first, then blanks the card and the words, and what others added stays theirs', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const [maria, jon] = [workspace.person('maria'), workspace.person('jon')];
    await share(office, 'maria', 'words to take back', { system: 'Payroll' });
    await maria.change('view', 'closeness', 'an hour');
    await maria.submit();
    const card = await cardIn(office, 'payments-ops', 'jon', 'an hour');
    await jon.press(placeOf(card), 'tell_more');
    await modalOf(office, 'jon', 'Tell more', 'answered');
    await jon.press('view', { block_id: 'users' });
    await modalOf(office, 'jon', 'Who we were protecting', 'protecting');
    await jon.change('view', 'protecting', 'those who call');
    await jon.submit();

    await openChange(office, 'maria');
    const menu = await modalOf(office, 'maria', 'Edit or withdraw', 'Withdraw');
    expect(JSON.stringify(menu.blocks)).toContain('"text":"Withdraw NM-1?"');
    expect(JSON.stringify(menu.blocks)).toContain(
      'Your words are removed from the app and the card. Views that others added are theirs and are removed only by them.',
    );
    const pressed = await maria.press('view', 'withdraw');
    await modalOf(office, 'maria', 'Edit or withdraw', WITHDRAWN);
    const blank = await cardIn(office, 'payments-ops', 'jon', 'was withdrawn');
    expect([blank.text, wordsOf(blank)]).toEqual([
      'NM-1 was withdrawn. Its words have been removed.',
      'NM-1 was withdrawn. Its words have been removed.',
    ]);
    expect(rows(office, 'select summary, system_id, reached from near_misses')).toEqual([
      { summary: '', system_id: null, reached: null },
    ]);
    expect(rows(office, 'select author, text from answers')).toEqual([
      { author: jon.id, text: 'those who call' },
    ]);
    expect(rows(office, 'select * from systems')).toEqual([]);

    await pressed.redeliver();
    await maria.command('payments-ops', '/nearmiss list mine');
    await ephemeralOf(office, 'maria', 'Nothing yet.');
    expect(wordsOf(maria.view())).toBe(WITHDRAWN);
    expectNoComplaints(office);
  });

  test('that cannot be done now says so, and where', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await shareAndSkip(office, 'maria', 'words to take back');
    await openChange(office, 'maria');
    await modalOf(office, 'maria', 'Edit or withdraw', 'Withdraw');
    const letGo = refuseToStore(office);
    await maria.press('view', 'withdraw');
    const view = await modalOf(office, 'maria', 'Edit or withdraw', 'That did not work just now.');
    expect(wordsOf(view)).toMatch(
      /^That did not work just now\. Please try it once more in a moment\. .*: [\w-]{8}\.$/,
    );
    letGo();
    expect(rows(office, 'select summary from near_misses')).toEqual([{ summary: 'words to take back' }]);
    expectNoComplaints(office);
  });
});

describe('who can see this', () => {
  test('to the person who shared it, in the words of the promise, after saving', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await shareAndSkip(office, 'maria', 'seen in time');
    const card = await cardIn(office, 'payments-ops', 'maria', 'seen in time');
    await maria.press(placeOf(card), 'card_more', `who_can_see:${onlyId(office)}`);
    expect(wordsOf(await modalOf(office, 'maria', 'Who can see this', 'Your name'))).toBe(
      [
        'Everyone at Acme can read the story; guests see it only where it is posted. Your name is on it. Its card is in #payments-ops. You can change or withdraw your words at any time.',
        "The people who run the app's server can technically read what is stored on it.",
      ].join('\n'),
    );
    expectNoComplaints(office);
  });

  test('to others, with what taking part means', async () => {
    const office = await openOffice();
    const jon = office.workspace.person('jon');
    await share(office, 'maria', 'seen in time', { audience: 'channel' });
    await office.workspace.person('maria').change('view', 'reached', 'no');
    await office.workspace.person('maria').submit();
    const card = await cardIn(office, 'payments-ops', 'jon', 'Nobody who relies on this was affected');
    await jon.press(placeOf(card), 'card_more', `who_can_see:${onlyId(office)}`);
    expect(wordsOf(await modalOf(office, 'jon', 'Who can see this', 'Who can see this:'))).toBe(
      [
        'Nobody who relies on this was affected, and there is still a lot to learn from it. We want to know how it looked from where you were, with what you knew then, and what went right. We look at how the work fits together, not for someone at fault. Taking part is your choice: skip any question, and change or withdraw your own words whenever you like. The app does not count near-misses per person.',
        'Who can see this: members of #payments-ops, for as long as they are members. Maria Lopez shared it under their name. What you add carries your name and stays in #payments-ops.',
        "The people who run the app's server can technically read what is stored on it.",
      ].join('\n'),
    );
    expectNoComplaints(office);
  });
});

describe('who can read it is never said to be fewer than they are', () => {
  /** *Change who can see this* of what was shared with the members of a private channel, after a restart. */
  async function nowInWords(office: Office): Promise<string> {
    const maria = office.workspace.person('maria');
    await shareAndSkip(office, 'maria', 'for those who lead', { channel: 'finance-leads' });
    await cardIn(office, 'finance-leads', 'maria', 'for those who lead');
    await office.restart();
    await openChange(office, 'maria', 'finance-leads');
    await modalOf(office, 'maria', 'Edit or withdraw', 'Change who can see this');
    await maria.press('view', 'change_who_can_see');
    return wordsOf(await modalOf(office, 'maria', 'Who can see this', 'tier'));
  }

  const MEMBERS =
    'Now: Only members of #finance-leads can read the story, for as long as they are members. Your name is on it. Its card is in #finance-leads.';

  test('where it is changed: after a restart the conversation is asked about', async () => {
    const office = await openOffice();
    expect(await nowInWords(office)).toContain(MEMBERS);
    expectNoComplaints(office);
  });

  test('where it is changed, while Slack does not say who is in the channel', async () => {
    const office = await openOffice();
    office.workspace.faults.on('conversations.info', { kind: 'http', status: 503 }, { times: 10 });
    expect(await nowInWords(office)).toContain('Now: Only members of');
    expectNoComplaints(office);
  });

  test('in *Who can see this*, while Slack does not say who is in the channel', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await shareAndSkip(office, 'maria', 'for those who lead', { channel: 'finance-leads' });
    const card = await cardIn(office, 'finance-leads', 'maria', 'for those who lead');
    await office.restart();
    office.workspace.faults.on('conversations.info', { kind: 'http', status: 503 }, { times: 10 });
    await maria.press(placeOf(card), 'card_more', `who_can_see:${onlyId(office)}`);
    expect(wordsOf(await modalOf(office, 'maria', 'Who can see this', 'Your name'))).toContain(
      'Only members of',
    );
    expectNoComplaints(office);
  });

  test('at the end of a share without a name, after a restart: nor that the app is not in the channel', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await share(office, 'maria', 'for those who lead', { channel: 'finance-leads', tier: 'unattributed' });
    await office.restart();
    await maria.submit();
    const end = await modalOf(office, 'maria', 'Share a near-miss', 'It is saved.');
    expect(wordsOf(end)).toBe('Thank you. It is saved.\nNothing is posted now.');
    expectNoComplaints(office);
  });
});

test('the questions to change are those that were asked', async () => {
  const office = await openOffice();
  const maria = office.workspace.person('maria');
  await shareAndSkip(office, 'maria', 'seen in time');
  await openChange(office, 'maria');
  await modalOf(office, 'maria', 'Edit or withdraw', 'Change who can see this');
  await maria.press('view', 'change_who_can_see');
  const view = await modalOf(office, 'maria', 'Who can see this', 'tier');
  expect(questionsOf(view)).toEqual(['Who may see that it was you?', 'Who may read it?']);
  expect(wordsOf(view)).not.toContain('Only the stewards');
  expectNoComplaints(office);
});
