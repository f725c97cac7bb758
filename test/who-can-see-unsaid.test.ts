import { expect, test } from 'vitest';
import { expectNoComplaints, stepOneOf, wordsOf } from './doing.ts';
import { type Office, openOffice } from './office.ts';

/** What Maria is shown, at once and for good, where she shares from a private channel the app is in. */
async function opened(office: Office, channel: string, has: string): Promise<string> {
  await office.workspace.person('maria').command(channel, '/nearmiss');
  return wordsOf(await stepOneOf(office, 'maria', has));
}

const MEMBERS = 'Only members of this conversation can read the story, for as long as they are members.';

test('before Slack says what a private channel is, nobody is told that they alone will read', async () => {
  const office = await openOffice();
  const asked = office.workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
  const words = await opened(office, 'finance-leads', 'summary');
  expect(words).toContain('for members of this conversation, with a card in this conversation.');
  expect(words).toContain(`${MEMBERS} Your name is on it. A card goes into this conversation when you save.`);
  asked.release();
  await stepOneOf(office, 'maria', 'Only members of #finance-leads can read the story');
  expectNoComplaints(office);
});

test('where the scope to know of private channels was declined, neither, and no card is proposed', async () => {
  const office = await openOffice({ decline: ['groups:read'] });
  const words = await opened(office, 'finance-leads', 'nothing posted now');
  expect(words).toContain(`${MEMBERS} Your name is on it. Nothing is posted when you save.`);
  expect(words).not.toMatch(/you alone|Only you/);
  expectNoComplaints(office);
});

test('in a direct message of two people there is no app, and it says so at once', async () => {
  const office = await openOffice({
    channels: [{ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] }],
  });
  const asked = office.workspace.faults.on('conversations.info', { kind: 'hold', when: 'before' });
  expect(await opened(office, 'maria-and-jon', 'summary')).toContain(
    'Only you can read the story, because the app is not in this conversation.',
  );
  asked.release();
  expectNoComplaints(office);
});
