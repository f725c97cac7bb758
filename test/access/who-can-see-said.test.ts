import { describe, expect, test } from 'vitest';
import { openChange } from '../support/change-steps.ts';
import {
  cardIn,
  expectNoComplaints,
  modalOf,
  onlyId,
  placeOf,
  share,
  shareAndSkip,
  wordsOf,
} from '../support/doing.ts';
import { type Office, openOffice } from '../support/office.ts';

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
    expect(wordsOf(end)).toBe('Thank you. It is saved. Nothing was posted.');
    expectNoComplaints(office);
  });
});
