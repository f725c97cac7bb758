import { describe, expect, test } from 'vitest';
import { answerAll } from '../support/answers.ts';
import {
  callsOf,
  cardIn,
  ephemeralOf,
  expectNoComplaints,
  inputOf,
  modalOf,
  questionsOf,
  rows,
  share,
  shareAndSkip,
  typedIn,
  wordsOf,
} from '../support/doing.ts';
import { openOffice } from '../support/office.ts';

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
