import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { BUT_FOR_A_CARD, beginToShare, choose, openStepOne, stepOneOf } from '../support/capture.ts';
import { rows, waitingIn } from '../support/database.ts';
import {
  ephemeralOf,
  inputOf,
  modalOf,
  questionsOf,
  ticked,
  titleOf,
  typedIn,
  wordsOf,
} from '../support/screen.ts';
import { callsOf } from '../support/workspace.ts';

describe('changing a choice', () => {
  test('says the consequence anew, and nothing typed is lost', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await beginToShare(bot, 'maria', 'typed once', { system: 'Payroll' });
    await choose(bot, 'maria', 'tier', 'unattributed');
    const nobody = maria.view();
    expect(typedIn(nobody, 'summary')).toBe('typed once');
    expect(inputOf(nobody, 'system').selected_option).toMatchObject({ text: { text: 'Add "Payroll"' } });
    expect(questionsOf(nobody)).toEqual(BUT_FOR_A_CARD);
    expect(wordsOf(nobody)).toContain(
      'No name stored, for everyone at Acme, nothing posted now. Change it below.',
    );
    expect(wordsOf(nobody)).toContain(
      'Everyone at Acme can read the story; guests see it only where it is posted. The app does not store who you are, so nobody can look it up here. Nothing is posted. People find it in the app. This cannot be changed later, since the app will not know that it was you. Slack may keep its own record that you used the app, and in a small team people may guess from the details.',
    );

    await choose(bot, 'maria', 'audience', 'channel');
    expect(wordsOf(maria.view())).toContain(
      'No name stored, for members of #payments-ops, nothing posted now.',
    );
    await choose(bot, 'maria', 'tier', 'named');
    const named = maria.view();
    expect(typedIn(named, 'summary')).toBe('typed once');
    expect(questionsOf(named)).toContain('Post a short card');
    expect(wordsOf(named)).toContain(
      'Only members of #payments-ops can read the story, for as long as they are members. Your name is on it.',
    );
    expectNoComplaints(bot);
  });

  test('twice, quicker than Slack draws, ends with the sentence of the second', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await openStepOne(bot, 'maria');
    const slow = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    await maria.change('view', 'tier', 'unattributed');
    await slow.struck;
    await maria.change('view', 'audience', 'channel');
    slow.release();
    const view = await stepOneOf(
      bot,
      'maria',
      'No name stored, for members of #payments-ops, nothing posted now.',
    );
    expect(questionsOf(view)).not.toContain('Post a short card');
    expectNoComplaints(bot);
  });

  test('and Save right after it: step 2 is not drawn over', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await openStepOne(bot, 'maria');
    await maria.change('view', 'summary', 'quick');
    const slow = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    await maria.change('view', 'tier', 'unattributed');
    await slow.struck;
    await maria.submit();
    expect(titleOf(maria.view())).toBe('What went right?');
    slow.release();
    await workspace.until(() => callsOf(bot, 'views.update').every(({ outcome }) => outcome !== 'pending'));
    expect(titleOf(maria.view())).toBe('What went right?');
    expect(waitingIn(bot)).toMatchObject([{ summary: 'quick', tier: 'unattributed' }]);
    expect(rows(bot, 'select * from near_misses')).toEqual([]);
    expectNoComplaints(bot);
  });

  test('away from the name and back, a card that was not wanted is still not wanted', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await openStepOne(bot, 'maria');
    await choose(bot, 'maria', 'card', []);
    await choose(bot, 'maria', 'tier', 'unattributed');
    await choose(bot, 'maria', 'audience', 'channel');
    await choose(bot, 'maria', 'tier', 'named');
    expect(ticked(maria.view())).toBe(false);
    expect(wordsOf(maria.view())).toContain('Nothing is posted when you save.');
    expectNoComplaints(bot);
  });

  test('to Nobody, from a thread, says that nothing of the thread is kept', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const root = workspace.person('jon').say('payments-ops', 'The invoices look wrong');
    await workspace.person('maria').messageShortcut('share_from_message', root);
    await stepOneOf(bot, 'maria');
    await choose(bot, 'maria', 'tier', 'unattributed');
    const view = workspace.person('maria').view();
    expect(wordsOf(view)).toContain('Nothing is kept from the thread except the words in the first box.');
    expect(wordsOf(view)).not.toContain('From the thread:');
    expectNoComplaints(bot);
  });

  test('in a direct message, Nobody and then only the people in it, saved before it is drawn: not saved under the name unseen', async () => {
    const bot = await botOnTheWire({
      channels: [{ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] }],
    });
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await openStepOne(bot, 'maria', 'maria-and-jon', 'for you alone');
    await choose(bot, 'maria', 'audience', 'everyone');
    await choose(bot, 'maria', 'tier', 'unattributed');
    await maria.change('view', 'summary', 'not under my name');
    const slow = workspace.faults.on('views.update', { kind: 'hold', when: 'before' });
    await maria.change('view', 'audience', 'channel');
    await slow.struck;
    await maria.submit();
    expect(rows(bot, 'select * from near_misses')).toEqual([]);
    const view = await stepOneOf(bot, 'maria', 'Your name is on it.');
    expect(typedIn(view, 'summary')).toBe('not under my name');
    expect(questionsOf(view)).not.toContain('Who may see that it was you?');
    slow.release();
    expectNoComplaints(bot);
  });
});

test('only spaces are asked for a few words more, and nothing is stored', async () => {
  const bot = await botOnTheWire();
  await openStepOne(bot, 'maria');
  const maria = bot.workspace.person('maria');
  await maria.change('view', 'summary', ' \n\t ');
  expect((await maria.submit()).errors).toEqual({ summary: 'A few words are enough.' });
  expect(rows(bot, 'select * from near_misses')).toEqual([]);
  await maria.change('view', 'summary', '  enough  ');
  await maria.submit();
  await modalOf(bot, 'maria', 'What went right?');
  expect(rows(bot, 'select summary from near_misses')).toEqual([{ summary: 'enough' }]);
  expectNoComplaints(bot);
});

test('a card that is unticked is not posted, and the confirmation says that nothing was', async () => {
  const bot = await botOnTheWire();
  await beginToShare(bot, 'maria', 'no card please', { card: false });
  await bot.workspace.person('maria').submit();
  await bot.workspace.person('maria').close();
  await ephemeralOf(bot, 'maria', 'Nothing was posted.');
  expect(bot.workspace.person('jon').messages('payments-ops')).toEqual([]);
  expectNoComplaints(bot);
});
