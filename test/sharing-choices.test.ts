import { describe, expect, test } from 'vitest';
import {
  beginToShare,
  callsOf,
  choose,
  ephemeralOf,
  expectNoComplaints,
  fillStepOne,
  inputOf,
  modalOf,
  openStepOne,
  questionsOf,
  rows,
  stepOneOf,
  titleOf,
  typedIn,
  wordsOf,
} from './doing.ts';
import { openOffice } from './office.ts';

/** What step 1 asks where no card can be posted. */
const BUT_FOR_A_CARD = [
  'What nearly happened?',
  'Which system or process?',
  'Who may see that it was you?',
  'Who may read it?',
];

const chosen = (view: Parameters<typeof inputOf>[0], block: string) =>
  (inputOf(view, block).selected_option as { value?: string } | undefined)?.value;
const ticked = (view: Parameters<typeof inputOf>[0]) =>
  ((inputOf(view, 'card').selected_options ?? []) as unknown[]).length > 0;

describe('what is proposed where', () => {
  test('in a public channel: everyone, a card here, with the name', async () => {
    const office = await openOffice();
    const view = await openStepOne(office, 'maria');
    expect([chosen(view, 'tier'), chosen(view, 'audience'), ticked(view)]).toEqual([
      'named',
      'everyone',
      true,
    ]);
    expect(wordsOf(view)).toContain(
      'With your name, for everyone at Acme, with a card in #payments-ops. Change it below.',
    );
    expect(wordsOf(view)).toContain(
      'Everyone at Acme can read the story; guests see it only where it is posted. Your name is on it. A card goes into #payments-ops when you save. You can change or withdraw your words at any time.',
    );
    expect(wordsOf(view)).not.toContain('Only the stewards');
    expectNoComplaints(office);
  });

  test('in a private channel the app is in: its members, a card here', async () => {
    const office = await openOffice();
    const view = await openStepOne(
      office,
      'maria',
      'finance-leads',
      'Only members of #finance-leads can read the story',
    );
    expect([chosen(view, 'audience'), ticked(view)]).toEqual(['channel', true]);
    expect(wordsOf(view)).toContain(
      'With your name, for members of #finance-leads, with a card in #finance-leads.',
    );
    expectNoComplaints(office);
  });

  test('in a private channel the app is not in: you alone, and no card is offered', async () => {
    const office = await openOffice();
    const view = await openStepOne(office, 'maria', 'board', 'nothing posted now');
    expect(questionsOf(view)).toEqual(BUT_FOR_A_CARD);
    expect(chosen(view, 'audience')).toBe('channel');
    expect(wordsOf(view)).toContain('With your name, for you alone, nothing posted now. Change it below.');
    expectNoComplaints(office);
  });

  test('in a channel shared with another organisation the card is not ticked, and ticking it says who will see it', async () => {
    const office = await openOffice({
      channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true }],
    });
    const view = await openStepOne(office, 'maria', 'with-partner', 'nothing posted now');
    expect([chosen(view, 'audience'), ticked(view)]).toEqual(['everyone', false]);
    await office.workspace.person('maria').change('view', 'card', ['card']);
    await choose(office, 'maria', 'audience', 'channel');
    expect(wordsOf(office.workspace.person('maria').view())).toContain(
      '#with-partner is shared with another organisation. People there will see the card.',
    );
    expectNoComplaints(office);
  });

  test('in a direct message: the people in it, nobody is asked for a tier, no card', async () => {
    const office = await openOffice({
      channels: [{ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] }],
    });
    const view = await openStepOne(office, 'maria', 'maria-and-jon', 'for you alone');
    expect(questionsOf(view)).toEqual([
      'What nearly happened?',
      'Which system or process?',
      'Who may read it?',
    ]);
    expect(wordsOf(view)).toContain('Only the people in this conversation');
    await choose(office, 'maria', 'audience', 'everyone');
    expect(questionsOf(office.workspace.person('maria').view())).toEqual(BUT_FOR_A_CARD);
    expectNoComplaints(office);
  });
});

describe('changing a choice', () => {
  test('says the consequence anew, and nothing typed is lost', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await beginToShare(office, 'maria', 'typed once', { system: 'Payroll' });
    await choose(office, 'maria', 'tier', 'unattributed');
    const nobody = maria.view();
    expect(typedIn(nobody, 'summary')).toBe('typed once');
    expect(inputOf(nobody, 'system').selected_option).toMatchObject({ text: { text: 'Add "Payroll"' } });
    expect(questionsOf(nobody)).toEqual(BUT_FOR_A_CARD);
    expect(wordsOf(nobody)).toContain(
      'No name stored, for everyone at Acme, nothing posted now. Change it below.',
    );
    expect(wordsOf(nobody)).toContain(
      'Everyone at Acme can read the story; guests see it only where it is posted. The app does not store who you are, so nobody can look it up here. Nothing is posted. People find it in the app. Slack may keep its own record that you used the app, and in a small team people may guess from the details.',
    );

    await choose(office, 'maria', 'audience', 'channel');
    expect(wordsOf(maria.view())).toContain(
      'No name stored, for members of #payments-ops, nothing posted now.',
    );
    await choose(office, 'maria', 'tier', 'named');
    const named = maria.view();
    expect(typedIn(named, 'summary')).toBe('typed once');
    expect(questionsOf(named)).toContain('Post a short card');
    expect(wordsOf(named)).toContain(
      'Only members of #payments-ops can read the story, for as long as they are members. Your name is on it.',
    );
    expectNoComplaints(office);
  });

  test('twice, quicker than Slack draws, ends with the sentence of the second', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await openStepOne(office, 'maria');
    const slow = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    await maria.change('view', 'tier', 'unattributed');
    await slow.struck;
    await maria.change('view', 'audience', 'channel');
    slow.release();
    const view = await stepOneOf(
      office,
      'maria',
      'No name stored, for members of #payments-ops, nothing posted now.',
    );
    expect(questionsOf(view)).not.toContain('Post a short card');
    expectNoComplaints(office);
  });

  test('and Save right after it: step 2 is not drawn over', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await openStepOne(office, 'maria');
    await maria.change('view', 'summary', 'quick');
    const slow = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    await maria.change('view', 'tier', 'unattributed');
    await slow.struck;
    await maria.submit();
    expect(titleOf(maria.view())).toBe('What can we learn?');
    slow.release();
    await workspace.until(() =>
      callsOf(office, 'views.update').every(({ outcome }) => outcome !== 'pending'),
    );
    expect(titleOf(maria.view())).toBe('What can we learn?');
    expect(rows(office, 'select tier, reporter_id, card_channel_id from near_misses')).toEqual([
      { tier: 'unattributed', reporter_id: null, card_channel_id: null },
    ]);
    expectNoComplaints(office);
  });

  test('away from the name and back, a card that was not wanted is still not wanted', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await openStepOne(office, 'maria');
    await maria.change('view', 'card', []);
    await choose(office, 'maria', 'tier', 'unattributed');
    await choose(office, 'maria', 'audience', 'channel');
    await choose(office, 'maria', 'tier', 'named');
    expect(ticked(maria.view())).toBe(false);
    expect(wordsOf(maria.view())).toContain('Nothing is posted when you save.');
    expectNoComplaints(office);
  });

  test('to Nobody, from a thread, says that nothing of the thread is kept', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    await workspace.person('maria').messageShortcut('share_from_message', root);
    await stepOneOf(office, 'maria');
    await choose(office, 'maria', 'tier', 'unattributed');
    const view = workspace.person('maria').view();
    expect(wordsOf(view)).toContain('Nothing is kept from the thread except the words in the first box.');
    expect(wordsOf(view)).not.toContain('From the thread:');
    expectNoComplaints(office);
  });

  test('in a direct message, Nobody and then only the people in it, saved before it is drawn: not saved under the name unseen', async () => {
    const office = await openOffice({
      channels: [{ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] }],
    });
    const { workspace } = office;
    const maria = workspace.person('maria');
    await openStepOne(office, 'maria', 'maria-and-jon', 'for you alone');
    await choose(office, 'maria', 'audience', 'everyone');
    await choose(office, 'maria', 'tier', 'unattributed');
    await maria.change('view', 'summary', 'not under my name');
    const slow = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    await maria.change('view', 'audience', 'channel');
    await slow.struck;
    await maria.submit();
    expect(rows(office, 'select * from near_misses')).toEqual([]);
    const view = await stepOneOf(office, 'maria', 'Your name is on it.');
    expect(typedIn(view, 'summary')).toBe('not under my name');
    expect(questionsOf(view)).not.toContain('Who may see that it was you?');
    slow.release();
    expectNoComplaints(office);
  });
});

describe('what Slack says about the place after the modal opened', () => {
  test('a channel taken for public that is private is for its members alone, whatever the screen showed', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    const secret = workspace.addChannel({ name: 'reorg', members: ['maria', 'jon'], app: true });
    // Made private the moment the modal opened: the payload still named it as a public one.
    const slow = workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
    await openStepOne(office, 'maria', 'reorg');
    await slow.struck;
    secret.kind = 'private';
    await maria.change('view', 'summary', 'about the reorganisation');
    const drawing = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    slow.release();
    await drawing.struck;
    await maria.submit();
    expect(rows(office, 'select audience, channel_kind from near_misses')).toEqual([
      { audience: 'channel', channel_kind: 'private' },
    ]);
    drawing.release();
    expectNoComplaints(office);
  });

  test('a channel taken for public that Slack hides from the app is for its members alone', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    office.workspace.faults.on('conversations.info', { kind: 'error', error: 'channel_not_found' });
    await openStepOne(office, 'maria', 'payments-ops', 'nothing posted now');
    expect(chosen(maria.view(), 'audience')).toBe('channel');
    await maria.change('view', 'summary', 'not for everyone');
    await maria.submit();
    expect(rows(office, 'select audience, channel_kind from near_misses')).toEqual([
      { audience: 'channel', channel_kind: 'private' },
    ]);
    expectNoComplaints(office);
  });

  test('a channel that turns out to be shared with another organisation gets no card that was ticked before', async () => {
    const office = await openOffice({
      channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true }],
    });
    const { workspace } = office;
    const maria = workspace.person('maria');
    const drawing = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    await openStepOne(office, 'maria', 'with-partner');
    await drawing.struck;
    expect(ticked(maria.view())).toBe(true);
    await maria.change('view', 'summary', 'not for our partner');
    await maria.submit();
    expect(rows(office, 'select card_channel_id from near_misses')).toEqual([{ card_channel_id: null }]);
    drawing.release();
    expectNoComplaints(office);
  });

  test.each([
    ['private', 'No name stored, for members of #elsewhere, nothing posted now.', true],
    ['shared', 'No name stored, for everyone at Acme, nothing posted now.', false],
  ] as const)(
    'a choice made before it is known to be %s means what that place proposes',
    async (turnsOut, short, card) => {
      const office = await openOffice();
      const { workspace } = office;
      const maria = workspace.person('maria');
      const place = workspace.addChannel({ name: 'elsewhere', members: ['maria', 'jon'], app: true });
      const info = workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
      await openStepOne(office, 'maria', 'elsewhere');
      await info.struck;
      if (turnsOut === 'private') place.kind = 'private';
      else place.isExtShared = true;
      const drawing = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
      info.release();
      await drawing.struck;
      await maria.change('view', 'tier', 'unattributed');
      drawing.release();
      await stepOneOf(office, 'maria', short);
      await choose(office, 'maria', 'tier', 'named');
      expect(chosen(maria.view(), 'audience')).toBe(turnsOut === 'private' ? 'channel' : 'everyone');
      expect(ticked(maria.view())).toBe(card);
      expectNoComplaints(office);
    },
  );

  test('an archived one is drawn again without the card', async () => {
    const office = await openOffice();
    office.workspace.channel('payments-ops').isArchived = true;
    const view = await openStepOne(office, 'maria', 'payments-ops', 'nothing posted now');
    expect(questionsOf(view)).not.toContain('Post a short card');
    expectNoComplaints(office);
  });

  test('archived after Save was pressed: the confirmation says so, and the near-miss is safe', async () => {
    const office = await openOffice();
    const { workspace } = office;
    await openStepOne(office, 'maria');
    workspace.channel('payments-ops').isArchived = true;
    await fillStepOne(office, 'maria', 'too late for a card');
    await workspace.person('maria').submit();
    await workspace.person('maria').close();
    const told = await ephemeralOf(office, 'maria', 'Thank you.');
    expect(told.text).toBe(
      'Thank you. NM-1 is saved. The card could not be posted in #payments-ops: the channel is archived. The near-miss is safe.',
    );
    expectNoComplaints(office);
  });

  test('a public channel the app is not in gets its card all the same', async () => {
    const office = await openOffice();
    const view = await openStepOne(office, 'maria', 'quiet');
    expect(wordsOf(view)).toContain('A card goes into #quiet when you save.');
    await fillStepOne(office, 'maria', 'seen in quiet');
    await office.workspace.person('maria').submit();
    await office.workspace.until(() => office.workspace.person('jon').messages('quiet').length === 1);
    expectNoComplaints(office);
  });

  test('and where the scope for that was declined, no card is offered', async () => {
    const office = await openOffice({ decline: ['chat:write.public'] });
    const view = await openStepOne(office, 'maria', 'quiet', 'nothing posted now');
    expect(questionsOf(view)).not.toContain('Post a short card');
    expectNoComplaints(office);
  });
});

test('only spaces are asked for a few words more, and nothing is stored', async () => {
  const office = await openOffice();
  await openStepOne(office, 'maria');
  const maria = office.workspace.person('maria');
  await maria.change('view', 'summary', ' \n\t ');
  expect((await maria.submit()).errors).toEqual({ summary: 'A few words are enough.' });
  expect(rows(office, 'select * from near_misses')).toEqual([]);
  await maria.change('view', 'summary', '  enough  ');
  await maria.submit();
  await modalOf(office, 'maria', 'What can we learn?');
  expect(rows(office, 'select summary from near_misses')).toEqual([{ summary: 'enough' }]);
  expectNoComplaints(office);
});

test('a card that is unticked is not posted, and the confirmation says that nothing was', async () => {
  const office = await openOffice();
  await beginToShare(office, 'maria', 'no card please', { card: false });
  await office.workspace.person('maria').submit();
  await office.workspace.person('maria').close();
  await ephemeralOf(office, 'maria', 'Nothing was posted.');
  expect(office.workspace.person('jon').messages('payments-ops')).toEqual([]);
  expectNoComplaints(office);
});
