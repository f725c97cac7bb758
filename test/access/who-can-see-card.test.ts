import { expect, test } from 'vitest';
import {
  dmOf,
  expectNoComplaints,
  modalOf,
  onlyId,
  placeOf,
  rows,
  shareAndSkip,
  show,
  wordsOf,
} from '../support/doing.ts';
import { type Office, openOffice } from '../support/office.ts';
import { limitOps } from '../support/outbox-steps.ts';

/** *Who can see this*, to Maria, from the answer to `/nearmiss show`. */
async function whoCanSee(office: Office): Promise<string> {
  const maria = office.workspace.person('maria');
  const shown = await show(office, 'maria', 'NM-1');
  await maria.press(placeOf(shown), 'card_more', `who_can_see:${onlyId(office)}`);
  const words = wordsOf(await modalOf(office, 'maria', 'Who can see this', 'Your name'));
  await maria.close();
  return words;
}

test('while nobody knows whether the card is there, and once a person said that it is', async () => {
  const office = await openOffice();
  office.workspace.faults.on('chat.postMessage', { kind: 'drop', when: 'after' });
  office.workspace.faults.on('conversations.history', { kind: 'error', error: 'missing_scope' });
  await shareAndSkip(office, 'maria', 'seen in time');
  const question = await dmOf(office, 'maria', 'Is it there?');
  expect(await whoCanSee(office)).toContain('Slack did not say whether its card was posted. You are asked');
  await office.workspace.person('maria').press(placeOf(question), 'it_is_there');
  await dmOf(office, 'maria', 'It is left as it is');
  expect(await whoCanSee(office)).toContain('Its card is in #payments-ops.');
  expectNoComplaints(office);
});

test('while Slack does not take the card yet, and once it does', async () => {
  const office = await openOffice();
  const { workspace } = office;
  const limited = limitOps(office);
  await shareAndSkip(office, 'maria', 'seen in time');
  expect(await whoCanSee(office)).toContain('Its card will follow as soon as Slack accepts it.');
  limited.remove();
  await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 1, { ms: 10_000 });
  await expect.poll(() => rows(office, 'select card_ts as ts from near_misses')).not.toEqual([{ ts: null }]);
  expect(await whoCanSee(office)).toContain('Its card is in #payments-ops.');
  expectNoComplaints(office);
});

test('a card that Slack refused is not there', async () => {
  const office = await openOffice();
  office.workspace.channel('payments-ops').isPostingRestricted = true;
  await shareAndSkip(office, 'maria', 'seen in time');
  await office.workspace.until(() => office.workspace.person('maria').ephemerals().length > 0);
  expect(await whoCanSee(office)).toContain('Nothing was posted.');
  expectNoComplaints(office);
});
