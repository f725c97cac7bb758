import { describe, expect, test } from 'vitest';
import {
  beginToShare,
  callsOf,
  choose,
  ephemeralOf,
  expectNoComplaints,
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
import { BUT_FOR_A_CARD, ticked } from './step-one-choices.ts';

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
    await choose(office, 'maria', 'card', []);
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
