import { describe, expect, test } from 'vitest';
import {
  beginToShare,
  callsOf,
  cardIn,
  choose,
  ephemeralOf,
  expectNoComplaints,
  holdTheDatabase,
  inputOf,
  modalOf,
  questionsOf,
  refuseToStore,
  rows,
  share,
  shareAndSkip,
  titleOf,
  typedIn,
  wordsOf,
} from './doing.ts';
import { type Office, openOffice } from './office.ts';

const ANSWERS = {
  saves: 'We open ten invoices by hand before every run\n\n  Jon was in the channel  \n',
  closeness: 'One hour later, 400 customers would have had a wrong invoice',
  noticed: 'The total looked low',
  expected: 'Last month’s total, about',
  instead: 'A third of it',
  protecting: 'Customers, and those who answer their calls',
} as const;

async function answerAll({ workspace }: Office, who: string): Promise<void> {
  const person = workspace.person(who);
  for (const [id, text] of Object.entries(ANSWERS)) await person.change('view', id, text);
  await person.change('view', 'signal_kind', 'routine_check');
  await person.change('view', 'reached', 'no');
}

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  test('the whole main job: one line, nine answers, what each made possible, a card with all of it', async () => {
    const office = await openOffice({ mode });
    const { workspace } = office;
    const maria = workspace.person('maria');
    await share(office, 'maria', 'The invoices had last year’s tax rate.', { system: 'Invoices' });
    expect(questionsOf(maria.view())).toEqual([
      'What had to go right for this to stay a near-miss?',
      'How close was it?',
      'How was it noticed?',
      'What was the first thing that made someone look?',
      'What did you expect to happen?',
      'What happened instead?',
      'Who were we protecting?',
      'Who did it take?',
      'Did it reach anyone who relies on this?',
    ]);
    await answerAll(office, 'maria');
    await maria.change('view', 'key_players', ['jon', 'amira']);
    expect((await maria.submit()).errors).toEqual({});

    const each = await modalOf(office, 'maria', 'Who did it take?');
    expect(questionsOf(each)).toEqual([
      'What did Jon Park make possible?',
      'What did Amira Haddad make possible?',
    ]);
    await maria.change('view', workspace.person('jon').id, 'could stop the send');
    expect((await maria.submit()).errors).toEqual({});
    expect(maria.view()).toBeUndefined();

    expect(rows(office, 'select question, text from answers order by question')).toEqual([
      { question: 'closeness', text: ANSWERS.closeness },
      { question: 'expected', text: ANSWERS.expected },
      { question: 'instead', text: ANSWERS.instead },
      { question: 'protecting', text: ANSWERS.protecting },
    ]);
    expect(rows(office, 'select text, kind from saves order by position')).toEqual([
      { text: 'We open ten invoices by hand before every run', kind: null },
      { text: 'Jon was in the channel', kind: null },
    ]);
    expect(rows(office, 'select kind, noticed from signals')).toEqual([
      { kind: 'routine_check', noticed: ANSWERS.noticed },
    ]);
    expect(
      rows(office, 'select person_id, made_possible from key_players order by made_possible desc'),
    ).toEqual([
      { person_id: workspace.person('jon').id, made_possible: 'could stop the send' },
      { person_id: workspace.person('amira').id, made_possible: null },
    ]);

    const card = await cardIn(office, 'payments-ops', 'jon', 'We open ten invoices by hand before every run');
    expect(wordsOf(card).replaceAll(/\n+/g, '\n')).toBe(
      [
        'NM-1 · Invoices',
        'The invoices had last year’s tax rate.',
        'What went right',
        'We open ten invoices by hand before every run',
        'Jon was in the channel',
        'How close it was',
        ANSWERS.closeness,
        'Shared by Maria Lopez · Nobody who relies on this was affected',
        'Tell more',
        'Who can see this',
        'Edit or withdraw',
      ].join('\n'),
    );
    expect(card.text).toBe('Near-miss NM-1, Invoices: The invoices had last year’s tax rate.');
    await workspace.person('jon').command('payments-ops', '/nearmiss show NM-1');
    const whole = wordsOf(await ephemeralOf(office, 'jon', 'NM-1'));
    for (const answer of [...Object.values(ANSWERS).slice(1), 'A routine check', 'could stop the send']) {
      expect(whole).toContain(answer);
    }
    expect(whole).toContain('Nobody who relies on this was affected');
    expectNoComplaints(office);
  });

  test('delivered three times at once and pressed again, it is one near-miss with one number and one card', async () => {
    const office = await openOffice({ mode });
    const { workspace } = office;
    const maria = workspace.person('maria');
    await beginToShare(office, 'maria', 'once');
    const sent = await maria.submit({ copies: 3 });
    await sent.redeliver();
    expect(titleOf(maria.view())).toBe('What can we learn?');
    await maria.close();
    await cardIn(office, 'payments-ops', 'jon', 'once');
    expect(rows(office, 'select number, summary from near_misses')).toEqual([{ number: 1, summary: 'once' }]);
    expect(
      rows(office, "select kind from outbox where kind in ('card', 'confirmation') order by kind"),
    ).toEqual([{ kind: 'card' }, { kind: 'confirmation' }]);
    await shareAndSkip(office, 'maria', 'twice');
    expect(rows(office, 'select number from near_misses order by number')).toEqual([
      { number: 1 },
      { number: 2 },
    ]);
    expectNoComplaints(office);
  });
});

test('a second submission with other words: the later words win, under the same number, and the card has them', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await beginToShare(office, 'maria', 'the first words', { system: 'Payroll' });
  // Slack never hears the first answer, so the modal stays, and Save is pressed again.
  workspace.faults.loseNextAck();
  const first = await maria.submit();
  expect(first.acked).toBe(false);
  expect(titleOf(maria.view())).toBe('Share a near-miss');
  await maria.change('view', 'summary', 'the later words');
  await maria.submit();
  expect(wordsOf(maria.view())).toContain('*Saved as NM-1.*');
  expect(rows(office, 'select number, summary from near_misses')).toEqual([
    { number: 1, summary: 'the later words' },
  ]);
  await cardIn(office, 'payments-ops', 'jon', 'the later words');
  expect(workspace.person('jon').messages('payments-ops')).toHaveLength(1);
  expectNoComplaints(office);
});

test('a second submission that says Nobody takes back what the first kept, and its card', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await beginToShare(office, 'maria', 'on second thought');
  workspace.faults.loseNextAck();
  await maria.submit();
  await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 1);
  await choose(office, 'maria', 'tier', 'unattributed');
  await maria.submit();
  expect(wordsOf(maria.view())).toContain('*Saved.* You can stop here.');
  await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 0);
  expect(
    rows(office, 'select number, tier, reporter_id, channel_id, card_channel_id, card_ts from near_misses'),
  ).toEqual([
    {
      number: null,
      tier: 'unattributed',
      reporter_id: null,
      channel_id: null,
      card_channel_id: null,
      card_ts: null,
    },
  ]);
  expectNoComplaints(office);
});

describe('step 2', () => {
  test('every answer may stay empty, and an empty one shows nowhere', async () => {
    const office = await openOffice();
    await share(office, 'maria', 'one line is valid');
    await office.workspace.person('maria').submit();
    expect(office.workspace.person('maria').view()).toBeUndefined();
    for (const table of ['answers', 'saves', 'signals', 'key_players'])
      expect(rows(office, `select * from ${table}`)).toEqual([]);
    const words = wordsOf(await cardIn(office, 'payments-ops', 'jon', 'one line is valid'));
    expect(words).toContain('What went right has not been told yet. Were you there?');
    expect(words).toContain('Tell more');
    expect(words).not.toMatch(/n\/a|none|anonymous|How close/i);
    expectNoComplaints(office);
  });

  test('Skip keeps nothing of it, and Home offers to go on', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await share(office, 'maria', 'half told');
    await maria.change('view', 'closeness', 'typed and skipped');
    await maria.close();
    expect(rows(office, 'select * from answers')).toEqual([]);
    await maria.openHome();
    await workspace.until(() => wordsOf(maria.home()).includes('Started, not finished'));
    await maria.press('home', 'go_on');
    await modalOf(office, 'maria', 'What can we learn?', 'Saved as NM-1');
    await maria.change('view', 'closeness', 'very');
    await maria.submit();
    await workspace.until(() => !wordsOf(maria.home()).includes('Started, not finished'));
    expect(wordsOf(maria.home())).toContain('Yours, and what came of them');
    expect(rows(office, 'select text from answers')).toEqual([{ text: 'very' }]);
    expectNoComplaints(office);
  });

  test('Go on starts from what was told meanwhile under Tell more', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await shareAndSkip(office, 'maria', 'told in two goes');
    const { channel, ts } = await ephemeralOf(office, 'maria', 'Thank you.');
    await maria.press({ channel, ts }, 'tell_more');
    await modalOf(office, 'maria', 'Tell more', 'what went right');
    await maria.press('view', { block_id: 'went_right' });
    await modalOf(office, 'maria', 'What went right', 'saves');
    await maria.change('view', 'saves', 'Jon looked');
    await maria.submit();
    await maria.close();
    await maria.openHome();
    await workspace.until(() => wordsOf(maria.home()).includes('Started, not finished'));
    await maria.press('home', 'go_on');
    const view = await modalOf(office, 'maria', 'What can we learn?', 'saves');
    expect(typedIn(view, 'saves')).toBe('Jon looked');
    await maria.change('view', 'expected', 'no surprises');
    await maria.submit();
    expect(rows(office, 'select text from saves')).toEqual([{ text: 'Jon looked' }]);
    expect(rows(office, 'select text from answers')).toEqual([{ text: 'no surprises' }]);
    expectNoComplaints(office);
  });

  test('skipping what each made possible keeps who was chosen', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await share(office, 'maria', 'took Jon');
    await maria.change('view', 'key_players', ['jon']);
    await maria.submit();
    await modalOf(office, 'maria', 'Who did it take?');
    await maria.close();
    expect(rows(office, 'select person_id, made_possible from key_players')).toEqual([
      { person_id: workspace.person('jon').id, made_possible: null },
    ]);
    expectNoComplaints(office);
  });

  test('a name Slack will not tell now is "a colleague", and the answers are saved', async () => {
    const office = await openOffice();
    const { workspace } = office;
    await workspace.until(() => callsOf(office, 'users.list').some(({ outcome }) => outcome === 'ok'));
    workspace.addPerson({ handle: 'newhire' });
    workspace.faults.on('users.info', { kind: 'http', status: 503 }, { times: Number.POSITIVE_INFINITY });
    const maria = workspace.person('maria');
    await share(office, 'maria', 'took somebody new');
    await maria.change('view', 'key_players', ['newhire']);
    await maria.submit();
    expect(questionsOf(await modalOf(office, 'maria', 'Who did it take?'))).toEqual([
      'What did a colleague make possible?',
    ]);
    expectNoComplaints(office);
  });

  test('delivered three times, its answers are there once', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await share(office, 'maria', 'told thrice');
    await answerAll(office, 'maria');
    const sent = await maria.submit({ copies: 3 });
    await sent.redeliver();
    expect(rows(office, 'select text from saves')).toHaveLength(2);
    expect(rows(office, 'select text from answers')).toHaveLength(4);
    expectNoComplaints(office);
  });
});

describe('under Nobody', () => {
  test('roles are asked for, the modal alone confirms, and nothing is posted or sent', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await share(office, 'maria', 'quietly', { tier: 'unattributed' });
    expect(wordsOf(maria.view())).toContain(
      '*Saved.* You can stop here. *Add to the story* keeps what you type below; *Skip* does not.',
    );
    expect(wordsOf(maria.view())).not.toContain('NM-');
    expect(wordsOf(maria.view())).toContain('Describe roles, not people.');
    expect(wordsOf(maria.view())).not.toContain('code');
    expect(inputOf(maria.view(), 'key_players')).toEqual({});
    await maria.change('view', 'roles', 'Someone who can release outside the window');
    await maria.change('view', 'reached', 'briefly');
    await maria.submit();
    const end = await modalOf(office, 'maria', 'Share a near-miss', 'Thank you. It is saved.');
    expect(wordsOf(end)).toBe(
      'Thank you. It is saved. Nothing was posted. You said it reached people for a while. If your incident process should know, please tell them too. The learning is kept here either way.',
    );
    expect(rows(office, 'select question, text from answers')).toEqual([
      { question: 'roles', text: 'Someone who can release outside the window' },
    ]);
    expect(rows(office, 'select * from outbox')).toEqual([]);
    expect(maria.ephemerals()).toEqual([]);
    expect(maria.dm()).toEqual([]);
    expectNoComplaints(office);
  });
});

test('a modal that was open before a restart is saved as ever', async () => {
  const office = await openOffice();
  const maria = office.workspace.person('maria');
  await beginToShare(office, 'maria', 'typed before');
  await office.restart();
  expect((await maria.submit()).errors).toEqual({});
  await maria.change('view', 'closeness', 'an hour');
  await office.restart();
  expect((await maria.submit()).errors).toEqual({});
  await cardIn(office, 'payments-ops', 'jon', 'an hour');
  expect(rows(office, 'select number from near_misses')).toEqual([{ number: 1 }]);
  expectNoComplaints(office);
});

describe('when nothing can be written', () => {
  test('step 1 says so, keeps every word, and Save works a moment later', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await beginToShare(office, 'maria', 'words I would hate to lose', { system: 'Payroll' });
    const letGo = holdTheDatabase(office);
    const failed = await maria.submit();
    expect(failed.failure).toBeUndefined();
    expect(failed.errors).toEqual({
      summary:
        'This could not be saved just now. Your words are still here. Please press Save again in a moment.',
    });
    expect(typedIn(maria.view(), 'summary')).toBe('words I would hate to lose');
    letGo();
    expect((await maria.submit()).errors).toEqual({});
    expect(rows(office, 'select number from near_misses')).toEqual([{ number: 1 }]);
    expectNoComplaints(office);
  });

  test('step 2 says so, and that the near-miss itself is safe', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await share(office, 'maria', 'safe already');
    await answerAll(office, 'maria');
    const letGo = refuseToStore(office);
    expect((await maria.submit()).errors).toEqual({
      saves:
        'These answers could not be saved just now. They are still here. Please press the button again in a moment. The near-miss itself is safe.',
    });
    letGo();
    expect((await maria.submit()).errors).toEqual({});
    expect(rows(office, 'select text from answers')).toHaveLength(4);
    expectNoComplaints(office);
  });

  test('so does what each made possible', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await share(office, 'maria', 'took Jon');
    await maria.change('view', 'key_players', ['jon']);
    await maria.submit();
    await maria.change('view', workspace.person('jon').id, 'could stop the send');
    const letGo = refuseToStore(office);
    expect(Object.keys((await maria.submit()).errors)).toEqual([workspace.person('jon').id]);
    letGo();
    await maria.submit();
    expect(rows(office, 'select made_possible from key_players')).toEqual([
      { made_possible: 'could stop the send' },
    ]);
    expectNoComplaints(office);
  });
});
