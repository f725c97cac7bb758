import { describe, expect, test } from 'vitest';
import { openChange, openChangeOf } from '../support/change-steps.ts';
import { digestIn, openSceneWithDigest, publishNow, repliesTo } from '../support/digest-scene.ts';
import {
  cardIn,
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  onlyId,
  placeOf,
  refuseToStore,
  rows,
  share,
  shareAndSkip,
  wordsOf,
} from '../support/doing.ts';
import { openOffice } from '../support/office.ts';

describe('withdraw', () => {
  const WITHDRAWN =
    'NM-1 is withdrawn. Your words are removed from the app, and the card follows as soon as Slack accepts it.';

  test('where there is no card promises nothing of one', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await shareAndSkip(office, 'maria', 'words to take back', { card: false });
    await ephemeralOf(office, 'maria', 'NM-1 is saved.');
    await maria.command('payments-ops', '/nearmiss show 1');
    const shown = await ephemeralOf(office, 'maria', 'words to take back');
    await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(office)}`);
    await modalOf(office, 'maria', 'Edit or withdraw', 'Withdraw');
    await maria.press('view', 'withdraw');
    const view = await modalOf(office, 'maria', 'Edit or withdraw', 'is withdrawn');
    expect(wordsOf(view)).toBe('NM-1 is withdrawn. Your words are removed from the app.');
    expectNoComplaints(office);
  });

  test('asks first, then blanks the card and the words, and what others added stays theirs', async () => {
    const office = await openOffice();
    const { workspace } = office;
    const [maria, jon] = [workspace.person('maria'), workspace.person('jon')];
    await share(office, 'maria', 'words to take back', { system: 'Payroll' });
    await maria.change('view', 'closeness', 'an hour');
    await maria.submit();
    const card = await cardIn(office, 'payments-ops', 'jon', 'an hour');
    await jon.press(placeOf(card), 'tell_more');
    await modalOf(office, 'jon', 'Tell more', 'answered');
    await jon.press('view', { block_id: 'users' });
    await modalOf(office, 'jon', 'Who we were protecting', 'protecting');
    await jon.change('view', 'protecting', 'those who call');
    await jon.submit();

    await openChange(office, 'maria');
    const menu = await modalOf(office, 'maria', 'Edit or withdraw', 'Withdraw');
    expect(JSON.stringify(menu.blocks)).toContain('"text":"Withdraw NM-1?"');
    expect(JSON.stringify(menu.blocks)).toContain(
      'Your words are removed from the app, the card and the digest. Views that others added are theirs and are removed only by them.',
    );
    const pressed = await maria.press('view', 'withdraw');
    await modalOf(office, 'maria', 'Edit or withdraw', WITHDRAWN);
    const blank = await cardIn(office, 'payments-ops', 'jon', 'was withdrawn');
    expect([blank.text, wordsOf(blank)]).toEqual([
      'NM-1 was withdrawn. Its words have been removed.',
      'NM-1 was withdrawn. Its words have been removed.',
    ]);
    expect(rows(office, 'select summary, system_id, reached from near_misses')).toEqual([
      { summary: '', system_id: null, reached: null },
    ]);
    expect(rows(office, 'select author, text from answers')).toEqual([
      { author: jon.id, text: 'those who call' },
    ]);
    expect(rows(office, 'select * from systems')).toEqual([]);

    await pressed.redeliver();
    await maria.command('payments-ops', '/nearmiss list mine');
    await ephemeralOf(office, 'maria', 'Nothing yet.');
    expect(wordsOf(maria.view())).toBe(WITHDRAWN);
    expectNoComplaints(office);
  });

  test('names the digest too, where it stands in one, and the words go from there', async () => {
    const office = await openSceneWithDigest();
    await shareAndSkip(office, 'maria', 'words to take back');
    await shareAndSkip(office, 'maria', 'without a card', { card: false });
    await publishNow(office, 'jon');
    const parent = await digestIn(office);
    await repliesTo(office, parent, 2);
    for (const [name, places] of [
      ['NM-1', 'the card and the digest follow'],
      ['NM-2', 'the digest follows'],
    ] as const) {
      await openChangeOf(office, 'maria', name);
      await modalOf(office, 'maria', 'Edit or withdraw', 'Withdraw');
      await office.workspace.person('maria').press('view', 'withdraw');
      expect(wordsOf(await modalOf(office, 'maria', 'Edit or withdraw', 'is withdrawn'))).toBe(
        `${name} is withdrawn. Your words are removed from the app, and ${places} as soon as Slack accepts it.`,
      );
      await office.workspace.person('maria').close();
    }
    const { channel } = parent;
    await office.workspace.until(() => {
      const posted = office.workspace.state.messages.filter((message) => message.channel === channel);
      return posted.length > 0 && !/words to take back|without a card/.test(JSON.stringify(posted));
    });
    expectNoComplaints(office);
  });

  test('that cannot be done now says so, and where', async () => {
    const office = await openOffice();
    const maria = office.workspace.person('maria');
    await shareAndSkip(office, 'maria', 'words to take back');
    await openChange(office, 'maria');
    await modalOf(office, 'maria', 'Edit or withdraw', 'Withdraw');
    const letGo = refuseToStore(office);
    await maria.press('view', 'withdraw');
    const view = await modalOf(office, 'maria', 'Edit or withdraw', 'That did not work just now.');
    expect(wordsOf(view)).toMatch(
      /^That did not work just now\. Please try it once more in a moment\. .*: [\w-]{8}\.$/,
    );
    letGo();
    expect(rows(office, 'select summary from near_misses')).toEqual([{ summary: 'words to take back' }]);
    expectNoComplaints(office);
  });
});
