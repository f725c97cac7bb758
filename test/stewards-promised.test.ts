import { describe, expect, test } from 'vitest';
import { chooseStewards, openSceneWithDigest, tell } from './digest-scene.ts';
import {
  beginToShare,
  choose,
  ephemeralOf,
  expectNoComplaints,
  modalOf,
  onlyId,
  placeOf,
  questionsOf,
  rows,
  wordsOf,
} from './doing.ts';
import { GUEST, homeSays, LEFT } from './steward-steps.ts';

describe('what was promised about stewards where somebody shares', () => {
  test('is kept as it stood on the screen: who could be named only later cannot look up the name', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await workspace.changePerson('amira', GUEST);
    await beginToShare(office, 'maria', 'the wrong rate', { tier: 'confidential' });
    expect(wordsOf(maria.view())).not.toContain('Amira');
    await workspace.changePerson('amira', { isRestricted: false });
    await homeSays(office, 'jon', 'no longer a steward', false);
    await maria.submit();
    expect(rows(office, 'select stewards_then from near_misses')).toEqual([
      { stewards_then: JSON.stringify([workspace.person('jon').id]) },
    ]);
    expectNoComplaints(office);
  });

  test('and the other way round, who was named and is none any more cannot either', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await beginToShare(office, 'maria', 'the wrong rate', { tier: 'confidential' });
    await workspace.changePerson('amira', GUEST);
    await maria.submit();
    expect(rows(office, 'select stewards_then from near_misses')).toEqual([
      { stewards_then: JSON.stringify([workspace.person('jon').id]) },
    ]);
    expectNoComplaints(office);
  });

  test('the choice stays what it was when the last steward goes, and says what that means', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await chooseStewards(office, 'jon', ['amira']);
    await beginToShare(office, 'maria', 'the wrong rate', { tier: 'confidential' });
    await workspace.changePerson('amira', LEFT);
    await choose(office, 'maria', 'audience', 'channel');
    await choose(office, 'maria', 'audience', 'everyone');
    const view = maria.view();
    expect(JSON.stringify(view?.state.values)).toContain('"confidential"');
    expect(wordsOf(view)).toContain('There is no steward now, so nobody can look it up.');
    expect(wordsOf(view)).toContain('Nobody is a steward now, so nobody can look up your name in Slack.');
    expect(questionsOf(view)).not.toContain('Post a short card');
    await maria.submit();
    expect(rows(office, 'select tier, stewards_then, card_channel_id from near_misses')).toEqual([
      { tier: 'confidential', stewards_then: '[]', card_channel_id: null },
    ]);
    expectNoComplaints(office);
  });

  test('one shared under Only the stewards stays so where its reporter changes something else', async () => {
    const office = await openSceneWithDigest();
    const { workspace } = office;
    const maria = workspace.person('maria');
    await chooseStewards(office, 'jon', ['amira']);
    await tell(office, 'maria', 'the wrong rate', {}, { tier: 'confidential' });
    await workspace.changePerson('amira', LEFT);
    const told = await ephemeralOf(office, 'maria', 'Thank you.');
    await maria.press(placeOf(told), 'who_can_see');
    await modalOf(office, 'maria', 'Who can see this', 'Nobody who was a steward then is one now');
    await maria.close();
    await maria.command('payments-ops', '/nearmiss show NM-1');
    const shown = await ephemeralOf(office, 'maria', 'Edit or withdraw');
    const id = onlyId(office);
    await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${id}`);
    await modalOf(office, 'maria', 'Edit or withdraw', 'Change who can see this');
    await maria.press('view', 'change_who_can_see');
    await modalOf(office, 'maria', 'Who can see this', 'tier');
    await maria.change('view', 'audience', 'channel');
    expect((await maria.submit()).errors).toEqual({});
    expect(rows(office, 'select tier, audience from near_misses')).toEqual([
      { tier: 'confidential', audience: 'channel' },
    ]);
    expectNoComplaints(office);
  });
});
