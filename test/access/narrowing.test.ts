import { expect, test } from 'vitest';
import { changeWhoCanSee, openChange, openChangeOf } from '../support/change-steps.ts';
import { chooseStewards, openScene, tell } from '../support/digest-scene.ts';
import { ephemeralOf, expectNoComplaints, modalOf, rows, wordsOf } from '../support/doing.ts';
import type { Office } from '../support/office.ts';

async function openWithSteward(): Promise<Office> {
  const office = await openScene();
  await chooseStewards(office, 'jon', ['jon']);
  return office;
}

const kept = (office: Office) =>
  rows(office, 'select tier, audience, channel_name, card_channel_id, card_thread_ts from near_misses');

const NO_CARD = { channel_name: 'payments-ops', card_channel_id: null, card_thread_ts: null };

test('shared for everyone under Only the stewards, it can still be narrowed to where it came from', async () => {
  const office = await openWithSteward();
  await tell(office, 'maria', 'seen in time', {}, { tier: 'confidential' });
  await ephemeralOf(office, 'maria', 'Thank you.');
  expect(kept(office)).toEqual([{ tier: 'confidential', audience: 'everyone', ...NO_CARD }]);
  await openChangeOf(office, 'maria', 'NM-1');
  expect((await changeWhoCanSee(office, 'maria', { audience: 'channel' })).errors).toEqual({});
  expect(kept(office)).toEqual([{ tier: 'confidential', audience: 'channel', ...NO_CARD }]);
  expectNoComplaints(office);
});

test('changed to Only the stewards, its card goes, as was said, and where it came from stays', async () => {
  const office = await openWithSteward();
  const { workspace } = office;
  const maria = workspace.person('maria');
  await tell(office, 'maria', 'seen in time');
  await ephemeralOf(office, 'maria', 'Thank you.');
  await openChange(office, 'maria');
  await modalOf(office, 'maria', 'Edit or withdraw', 'Change who can see this');
  await maria.press('view', 'change_who_can_see');
  expect(wordsOf(await modalOf(office, 'maria', 'Who can see this', 'tier'))).toContain(
    'If you choose Only the stewards, its card is taken down.',
  );
  await maria.change('view', 'tier', 'confidential');
  expect((await maria.submit()).errors).toEqual({});
  await workspace.until(() => workspace.person('jon').messages('payments-ops').length === 0);
  expect(kept(office)).toEqual([{ tier: 'confidential', audience: 'everyone', ...NO_CARD }]);
  expectNoComplaints(office);
});
