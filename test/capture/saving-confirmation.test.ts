import { describe, expect, test } from 'vitest';
import {
  callsOf,
  dmOf,
  ephemeralOf,
  expectNoComplaints,
  fillStepOne,
  modalOf,
  openStepOne,
  said,
  share,
  shareAndSkip,
  stepOneOf,
  wordsOf,
} from '../support/doing.ts';
import { openOffice } from '../support/office.ts';
import { limitOps } from '../support/outbox-steps.ts';

const BUTTONS = 'Tell more\nWho can see this';

describe('where the person was', () => {
  test('card posted: the confirmation is seen by them alone, once', async () => {
    const office = await openOffice();
    const { workspace } = office;
    await shareAndSkip(office, 'maria', 'seen in time');
    const told = await ephemeralOf(office, 'maria', 'Thank you.');
    expect(told.text).toBe('Thank you. NM-1 is saved. Its card is in #payments-ops.');
    expect(said(told)).toContain(BUTTONS);
    expect(workspace.person('jon').ephemerals()).toEqual([]);
    expect(workspace.person('maria').dm()).toEqual([]);
    await shareAndSkip(office, 'maria', 'another');
    await ephemeralOf(office, 'maria', 'NM-2 is saved.');
    expect(workspace.person('maria').ephemerals()).toHaveLength(2);
    expectNoComplaints(office);
  });

  test('it waits for the end of step 2, and says what was answered there', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await share(office, 'maria', 'reached a few');
    await office.workspace.until(() => office.workspace.person('jon').messages('payments-ops').length === 1);
    expect(maria.ephemerals()).toEqual([]);
    await maria.change('view', 'reached', 'briefly');
    await maria.submit();
    const told = await ephemeralOf(office, 'maria', 'Thank you.');
    expect(told.text).toBe(
      'Thank you. NM-1 is saved. Its card is in #payments-ops. You said it reached people for a while. If your incident process should know, please tell them too. The learning is kept here either way.',
    );
    expectNoComplaints(office);
  });

  test('nothing posted, where no card was wanted or could be', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await openStepOne(office, 'maria', 'board', 'nothing posted now');
    await fillStepOne(office, 'maria', 'among us');
    await maria.submit();
    await maria.close();
    expect((await ephemeralOf(office, 'maria', 'Thank you.')).text).toBe(
      'Thank you. NM-1 is saved. Nothing was posted.',
    );
    expectNoComplaints(office);
  });

  test('posting is restricted', async () => {
    const office = await openOffice();
    office.workspace.channel('payments-ops').isPostingRestricted = true;
    await shareAndSkip(office, 'maria', 'seen in time');
    expect((await ephemeralOf(office, 'maria', 'Thank you.')).text).toBe(
      'Thank you. NM-1 is saved. The card could not be posted in #payments-ops: posting is restricted. The near-miss is safe.',
    );
    expectNoComplaints(office);
  });

  test('the app was taken out of the channel', async () => {
    const office = await openOffice({ decline: ['chat:write.public'] });
    const { workspace } = office;
    const maria = workspace.person('maria');
    await openStepOne(office, 'maria');
    await workspace.until(() =>
      callsOf(office, 'conversations.info').some(({ outcome }) => outcome === 'ok'),
    );
    maria.removeApp('payments-ops');
    await fillStepOne(office, 'maria', 'seen in time');
    await maria.submit();
    await maria.close();
    expect((await ephemeralOf(office, 'maria', 'Thank you.')).text).toBe(
      'Thank you. NM-1 is saved. The card could not be posted in #payments-ops: the app is not a member. The near-miss is safe.',
    );
    expectNoComplaints(office);
  });

  test('the card waits for Slack: the confirmation does not wait for ever, and the card follows', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const limited = limitOps(office);
    await shareAndSkip(office, 'maria', 'seen in time');
    const told = await workspace.until(() => workspace.person('maria').ephemerals()[0], { ms: 20_000 });
    expect(told.text).toBe('Thank you. NM-1 is saved. Its card will follow as soon as Slack accepts it.');
    limited.remove();
    await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 1, {
      ms: 10_000,
    });
    expectNoComplaints(office);
  });
});

describe('by direct message', () => {
  test('after the global shortcut and from Home, where there is no place to answer', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await maria.globalShortcut('share_from_anywhere');
    await stepOneOf(office, 'maria');
    await fillStepOne(office, 'maria', 'from anywhere');
    await maria.submit();
    await maria.close();
    const told = await dmOf(office, 'maria', 'NM-1');
    expect(told.text).toBe('Thank you. NM-1 is saved. Nothing was posted.');
    expect(said(told)).toContain(BUTTONS);

    await maria.openHome();
    await workspace.until(() => maria.home());
    await maria.press('home', 'share_from_home');
    await stepOneOf(office, 'maria');
    await fillStepOne(office, 'maria', 'from Home');
    await maria.submit();
    await maria.submit();
    await dmOf(office, 'maria', 'NM-2 is saved.');
    expect(maria.ephemerals()).toEqual([]);
    expectNoComplaints(office);
  });

  test('after a restart, which forgets where it could answer', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await share(office, 'maria', 'saved before');
    await office.restart();
    await maria.close();
    expect((await dmOf(office, 'maria', 'Thank you.')).text).toContain(
      'NM-1 is saved. Its card is in #payments-ops.',
    );
    expect(maria.ephemerals()).toEqual([]);
    expectNoComplaints(office);
  });

  test('names the channel, since there is no thread to call this one', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const maria = workspace.person('maria');
    const root = workspace.person('jon').say('payments-ops', 'the invoices are wrong');
    await maria.messageShortcut('share_from_message', root);
    await stepOneOf(office, 'maria');
    await maria.submit();
    await workspace.until(() => maria.thread('payments-ops', root.ts).length === 2);
    await office.restart();
    await maria.close();
    expect((await dmOf(office, 'maria', 'Thank you.')).text).toBe(
      'Thank you. NM-1 is saved. Its card is in #payments-ops.',
    );
    expectNoComplaints(office);
  });

  test('where Slack takes no more answers', async () => {
    const office = await openOffice();
    office.workspace.faults.on('response_url', { kind: 'http', status: 404 });
    await shareAndSkip(office, 'maria', 'a long while');
    await dmOf(office, 'maria', 'NM-1 is saved.');
    expect(office.workspace.person('maria').ephemerals()).toEqual([]);
    expectNoComplaints(office);
  });
});

test('its buttons open what they say', async () => {
  const office = await openOffice();
  const maria = office.workspace.person('maria');
  await shareAndSkip(office, 'maria', 'seen in time');
  const { channel, ts } = await ephemeralOf(office, 'maria', 'Thank you.');
  await maria.press({ channel, ts }, 'tell_more');
  await modalOf(office, 'maria', 'Tell more', 'what went right');
  await maria.close();
  await maria.press({ channel, ts }, 'who_can_see');
  const view = await modalOf(office, 'maria', 'Who can see this', 'Your name is on it.');
  expect(wordsOf(view)).toContain('Your name is on it. Its card is in #payments-ops.');
  expectNoComplaints(office);
});
