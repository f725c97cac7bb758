import { expect, test } from 'vitest';
import { openSceneWithDigest } from '../support/digest-scene.ts';
import {
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  onlyId,
  placeOf,
  shareAndSkip,
  show,
  wordsOf,
} from '../support/doing.ts';

test('where it is changed stands what *Who can see this* says, down to the steward who can look up the name', async () => {
  const office = await openSceneWithDigest();
  const maria = office.workspace.person('maria');
  await shareAndSkip(office, 'maria', 'two reports differed', { channel: 'ledger', tier: 'confidential' });
  const told = await ephemeralOf(office, 'maria', 'Thank you.');
  await maria.press(placeOf(told), 'who_can_see');
  const [sentence] = wordsOf(await modalOf(office, 'maria', 'Who can see this', 'look up')).split('\n');
  expect(sentence).toContain('Jon Park can look up your name;');
  await maria.close();

  const shown = await show(office, 'maria', 'NM-1');
  await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(office)}`);
  await modalOf(office, 'maria', 'Edit or withdraw', 'Change who can see this');
  await maria.press('view', 'change_who_can_see');
  const change = await modalOf(office, 'maria', 'Who can see this', 'tier');
  expect(wordsOf(change).split('\n')[0]).toBe(`Now: ${sentence}`);
  expectNoComplaints(office);
});
