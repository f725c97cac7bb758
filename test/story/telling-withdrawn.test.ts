import SQLite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openChange } from '../support/change-steps.ts';
import {
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  rows,
  share,
  shareAndSkip,
  typedIn,
  wordsOf,
} from '../support/doing.ts';
import { type Office, openOffice } from '../support/office.ts';
import { tellAbout } from '../support/telling-steps.ts';

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
