import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openChange } from './change-steps.ts';
import {
  cardIn,
  ephemeralOf,
  expectNoComplaints,
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

/** The questions of a topic, once they stand there. */
function askedAbout({ workspace }: Office, who: string, title: string) {
  const person = workspace.person(who);
  return workspace.until(
    () => {
      const view = person.view();
      return titleOf(view) === title && questionsOf(view).length > 0 ? view : undefined;
    },
    { what: `${who} to be asked about ${title}` },
  );
}

/** *Tell more* on the card, and one of its topics. */
async function tellAbout(office: Office, who: string, topic: string, title: string) {
  const person = office.workspace.person(who);
  const { channel, ts } = await cardIn(office, 'payments-ops', who, 'Tell more');
  await person.press({ channel, ts }, 'tell_more');
  await modalOf(office, who, 'Tell more', 'answered');
  await person.press('view', { block_id: topic });
  return askedAbout(office, who, title);
}

test('Tell more lists the five questions, and how much is told of each', async () => {
  const office = await openOffice();
  const maria = office.workspace.person('maria');
  await share(office, 'maria', 'seen in time');
  await maria.change('view', 'saves', 'Jon looked');
  await maria.change('view', 'closeness', 'an hour');
  await maria.change('view', 'signal_kind', 'feeling');
  await maria.submit();
  const { channel, ts } = await cardIn(office, 'payments-ops', 'jon', 'an hour');
  await office.workspace.person('jon').press({ channel, ts }, 'tell_more');
  expect(wordsOf(await modalOf(office, 'jon', 'Tell more', 'answered'))).toMatchInlineSnapshot(`
    "*What went right*: what went right, what kind of help each was, what another team could borrow
    2 answered
    What went right
    *How it was noticed*: where, what it said, could you tell broken from slow and running from right
    1 answered
    How it was noticed
    *What surprised us*: what was expected, what happened, what is understood now
    0 answered
    What surprised us
    *Who it took*: who, what each made possible, how you knew to reach them
    0 answered
    Who it took
    *Who we were protecting*: who, what they needed and by when, how we knew they were getting it
    0 answered
    Who we were protecting"
  `);
  expectNoComplaints(office);
});

describe('whoever shared it', () => {
  test.each([
    [
      'went_right',
      'What went right',
      [
        'What had to go right for this to stay a near-miss?',
        'How close was it?',
        'Which part could another team borrow?',
      ],
    ],
    [
      'detection',
      'How it was noticed',
      [
        'How was it noticed?',
        'What was the first thing that made someone look?',
        'Where did you see it, and what did it say?',
        'How could you tell broken from slow, and running from right?',
      ],
    ],
    [
      'expectations',
      'What surprised us',
      [
        'What did you expect to happen?',
        'What happened instead?',
        'What do you understand now about how this works, or came to be this way?',
      ],
    ],
    ['key_players', 'Who it took', ['Who did it take?', 'How did you know to reach them?']],
    [
      'users',
      'Who we were protecting',
      [
        'Who were we protecting?',
        'What did they need from us, and by when?',
        'How did we know, or could we know, that they were getting it?',
      ],
    ],
  ])('is asked about %s, and their words come back to be changed', async (topic, title, questions) => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await shareAndSkip(office, 'maria', 'seen in time');
    const view = await tellAbout(office, 'maria', topic, title);
    expect(questionsOf(view)).toEqual(questions);
    expect(wordsOf(view)).not.toContain('added under your name');
    const boxes = view.blocks.flatMap(({ block_id: id, element }) =>
      (element as { type?: string } | undefined)?.type === 'plain_text_input' ? [id ?? ''] : [],
    );
    for (const box of boxes) await maria.change('view', box, `about ${box}`);
    expect((await maria.submit()).errors).toEqual({});
    await modalOf(office, 'maria', 'Tell more', `${boxes.length} answered`);
    await maria.press('view', { block_id: topic });
    const again = await askedAbout(office, 'maria', title);
    for (const box of boxes) expect(typedIn(again, box)).toBe(`about ${box}`);
    await maria.change('view', boxes[0] ?? '', null);
    await maria.submit();
    await modalOf(office, 'maria', 'Tell more', `${boxes.length - 1} answered`);
    expectNoComplaints(office);
  });

  test('says what kind of help each was, is asked what could replace the luck, once, and the card says Luck', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await share(office, 'maria', 'seen in time');
    await maria.change('view', 'saves', 'the send was planned for 10:00\nwe open ten by hand');
    await maria.submit();
    await cardIn(office, 'payments-ops', 'jon', 'planned for 10:00');
    const view = await tellAbout(office, 'maria', 'went_right', 'What went right');
    expect(questionsOf(view).filter((label) => label === 'What kind of help was it?')).toHaveLength(2);
    await maria.change('view', 'kind_0', 'luck');
    await maria.change('view', 'kind_1', 'design');
    await maria.submit();
    const luck = await modalOf(office, 'maria', 'What went right', 'replace_luck');
    expect(questionsOf(luck)).toEqual(['What could replace the luck?']);
    await maria.change('view', 'replace_luck', 'a check before every send');
    await maria.submit();
    await modalOf(office, 'maria', 'Tell more', '2 answered');
    expect(rows(office, 'select text, kind from saves order by position')).toEqual([
      { text: 'the send was planned for 10:00', kind: 'luck' },
      { text: 'we open ten by hand', kind: 'design' },
    ]);
    await cardIn(office, 'payments-ops', 'jon', 'Luck: the send was planned for 10:00');

    await maria.press('view', { block_id: 'went_right' });
    const again = await modalOf(office, 'maria', 'What went right', 'saves');
    expect(inputOf(again, 'kind_0').selected_option).toMatchObject({ value: 'luck' });
    await maria.submit();
    await modalOf(office, 'maria', 'Tell more', '2 answered');
    expectNoComplaints(office);
  });

  test('names who it took, and then what each made possible', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await shareAndSkip(office, 'maria', 'seen in time');
    await tellAbout(office, 'maria', 'key_players', 'Who it took');
    await maria.change('view', 'key_players', ['amira']);
    await maria.submit();
    const view = await modalOf(office, 'maria', 'Who did it take?');
    expect(questionsOf(view)).toEqual(['What did Amira Haddad make possible?']);
    await maria.change('view', workspace.person('amira').id, 'knew the tax table');
    await maria.submit();
    expect(rows(office, 'select author, person_id, made_possible from key_players')).toEqual([
      { author: '', person_id: workspace.person('amira').id, made_possible: 'knew the tax table' },
    ]);
    expectNoComplaints(office);
  });
});

describe('somebody else', () => {
  test('reads the story and adds to it under their own name, replacing nothing', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const [maria, jon] = [workspace.person('maria'), workspace.person('jon')];
    await share(office, 'maria', 'seen in time');
    await maria.change('view', 'closeness', 'an hour');
    await maria.submit();
    await cardIn(office, 'payments-ops', 'jon', 'an hour');
    const view = await tellAbout(office, 'jon', 'went_right', 'What went right');
    expect(wordsOf(view)).toContain('seen in time');
    expect(wordsOf(view)).toContain('an hour');
    expect(wordsOf(view)).toContain("Your words are added under your name. They do not replace anyone's.");
    expect(wordsOf(view)).not.toContain('carries your name');
    expect([typedIn(view, 'saves'), typedIn(view, 'closeness')]).toEqual(['', '']);
    await jon.change('view', 'saves', 'I had access');
    await jon.change('view', 'closeness', 'minutes, really');
    await jon.submit();
    expect(rows(office, 'select author, text from answers order by author')).toEqual([
      { author: '', text: 'an hour' },
      { author: jon.id, text: 'minutes, really' },
    ]);
    const card = await cardIn(office, 'payments-ops', 'maria', 'I had access (Jon Park)');
    expect(wordsOf(card)).toContain('an hour');

    const again = await tellAbout(office, 'jon', 'went_right', 'What went right');
    expect([typedIn(again, 'saves'), typedIn(again, 'closeness')]).toEqual([
      'I had access',
      'minutes, really',
    ]);
    expectNoComplaints(office);
  });

  test('describes roles, not people', async () => {
    const office = await openOffice();
    await shareAndSkip(office, 'maria', 'seen in time');
    const view = await tellAbout(office, 'jon', 'key_players', 'Who it took');
    expect(inputOf(view, 'key_players')).toEqual({});
    expect(wordsOf(view)).toContain('Describe roles, not people.');
    expectNoComplaints(office);
  });

  test('is not taken for whoever shared it without a name, and is told that their words carry theirs', async () => {
    let later = 0;
    const office = await openOffice({ world: { now: () => Date.now() + later } });
    const { workspace } = office;
    const jon = workspace.person('jon');
    await shareAndSkip(office, 'maria', 'quietly', { tier: 'unattributed' });
    later = 24 * 60 * 60 * 1000;
    await jon.openHome();
    await workspace.until(() => wordsOf(jon.home()).includes('quietly'));
    await jon.press('home', 'read_all');
    await modalOf(office, 'jon', 'NM-1', 'quietly');
    await jon.press('view', 'tell_more');
    await modalOf(office, 'jon', 'Tell more', 'answered');
    await jon.press('view', { block_id: 'users' });
    const view = await modalOf(office, 'jon', 'Who we were protecting', 'protecting');
    expect(wordsOf(view)).toContain('What you add here carries your name.');
    await jon.change('view', 'protecting', 'everyone who calls');
    await jon.submit();
    expect(rows(office, 'select author, text from answers')).toEqual([
      { author: jon.id, text: 'everyone who calls' },
    ]);
    expectNoComplaints(office);
  });
});

test('delivered three times, what was told is there once', async () => {
  const office = await openOffice();
  const jon = office.workspace.person('jon');
  await shareAndSkip(office, 'maria', 'seen in time');
  await tellAbout(office, 'jon', 'went_right', 'What went right');
  await jon.change('view', 'saves', 'I had access');
  const sent = await jon.submit({ copies: 3 });
  await sent.redeliver();
  expect(rows(office, 'select text from saves')).toEqual([{ text: 'I had access' }]);
  expectNoComplaints(office);
});

test('what cannot be saved stays in the modal, and is saved a moment later', async () => {
  const office = await openOffice();
  const jon = office.workspace.person('jon');
  await shareAndSkip(office, 'maria', 'seen in time');
  await tellAbout(office, 'jon', 'users', 'Who we were protecting');
  await jon.change('view', 'protecting', 'those who call');
  const letGo = refuseToStore(office);
  expect((await jon.submit()).errors).toEqual({
    protecting:
      'These answers could not be saved just now. They are still here. Please press the button again in a moment. The near-miss itself is safe.',
  });
  letGo();
  expect((await jon.submit()).errors).toEqual({});
  expect(rows(office, 'select text from answers')).toEqual([{ text: 'those who call' }]);
  expectNoComplaints(office);
});

test('a modal closed while it is still looking whether one may read stays closed, and nothing is said', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const jon = workspace.person('jon');
  await shareAndSkip(office, 'maria', 'seen in time');
  const { channel, ts } = await cardIn(office, 'payments-ops', 'jon', 'seen in time');
  const slow = workspace.faults.on('users.conversations', { kind: 'hold', when: 'before' });
  await jon.press({ channel, ts }, 'tell_more');
  await modalOf(office, 'jon', 'Tell more', 'One moment.');
  await slow.struck;
  await jon.close();
  slow.release();
  await workspace.until(() =>
    workspace.calls.some(({ method, outcome }) => method === 'views.update' && outcome === 'not_found'),
  );
  await jon.command('payments-ops', '/nearmiss help');
  await ephemeralOf(office, 'jon', 'Near-misses');
  expect(jon.ephemerals()).toHaveLength(1);
  expect(jon.dm()).toEqual([]);
  expect(office.logged()).not.toContain('could not be answered');
  expectNoComplaints(office);
});

describe('once it is withdrawn', () => {
  const WITHDRAWN =
    'This near-miss was withdrawn, so your words were not saved. They are still here: copy them if you would like to share them again.';

  /** As from another device, while a modal is open on this one. */
  const withdrawOutside = (office: Office) => setWithdrawn(office, '1');

  function setWithdrawn({ config }: Office, at: string) {
    const sqlite = new SQLite(config.databasePath);
    sqlite.exec(`update near_misses set withdrawn_at = ${at}`);
    sqlite.close();
  }

  async function withdrawn(office: Office) {
    const maria = office.workspace.person('maria');
    await shareAndSkip(office, 'maria', 'not for anyone after all');
    const { channel, ts } = await ephemeralOf(office, 'maria', 'Thank you.');
    await openChange(office, 'maria');
    await modalOf(office, 'maria', 'Edit or withdraw', 'Withdraw');
    return { place: { channel, ts }, withdraw: () => maria.press('view', 'withdraw') };
  }

  test('buttons that are still on the screen say that it was', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    const { place, withdraw } = await withdrawn(office);
    await withdraw();
    await modalOf(office, 'maria', 'Edit or withdraw', 'NM-1 is withdrawn.');
    await maria.close();
    await maria.press(place, 'tell_more');
    await modalOf(office, 'maria', 'Tell more', 'NM-1 was withdrawn. Its words have been removed.');
    await maria.close();
    await maria.press(place, 'who_can_see');
    const view = await modalOf(office, 'maria', 'Who can see this', 'NM-1 was withdrawn.');
    expect(wordsOf(view)).toBe('NM-1 was withdrawn. Its words have been removed.');
    expectNoComplaints(office);
  });

  test('words that were being written stay on the screen, with what became of the near-miss', async () => {
    const office = await openOffice();
    const jon = office.workspace.person('jon');
    const { withdraw } = await withdrawn(office);
    await tellAbout(office, 'jon', 'users', 'Who we were protecting');
    await jon.change('view', 'protecting', 'too late');
    await withdraw();
    const sent = await jon.submit();
    expect(sent.errors).toEqual({ protecting: WITHDRAWN });
    expect(typedIn(jon.view(), 'protecting')).toBe('too late');
    expect(rows(office, 'select * from answers')).toEqual([]);
    expectNoComplaints(office);
  });

  test.each([
    ['step 2', 'saves', 'closeness'],
    ['step 2 of somebody without a name', 'saves', 'closeness'],
  ])('what is told in %s stays on the screen too', async (step, box, other) => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await share(office, 'maria', 'told too late', step === 'step 2' ? {} : { tier: 'unattributed' });
    withdrawOutside(office);
    await maria.change('view', other, 'an hour');
    expect((await maria.submit()).errors).toEqual({ [box]: WITHDRAWN });
    expect(typedIn(maria.view(), other)).toBe('an hour');
    expectNoComplaints(office);
  });

  test('first words that are changed, and who can see it, are answered alike', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await withdrawn(office);
    for (const [pick, title, box] of [
      ['edit_words', 'Edit my words', 'summary'],
      ['change_who_can_see', 'Who can see this', 'tier'],
    ] as const) {
      await maria.press('view', pick);
      await modalOf(office, 'maria', title, box);
      withdrawOutside(office);
      expect((await maria.submit()).errors).toEqual({ [box]: WITHDRAWN });
      await maria.close();
      setWithdrawn(office, 'null');
    }
    expectNoComplaints(office);
  });
});
