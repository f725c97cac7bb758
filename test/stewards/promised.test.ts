import { describe, expect, test } from 'vitest';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { beginToShare, choose } from '../support/capture.ts';
import { onlyId, rows } from '../support/database.ts';
import { botWithDigest } from '../support/digest.ts';
import { ephemeralOf, modalOf, placeOf, questionsOf, wordsOf } from '../support/screen.ts';
import { chooseStewards, GUEST, homeSays, LEFT } from '../support/stewards.ts';
import { tell } from '../support/story.ts';

describe('what was promised about stewards where somebody shares', () => {
  test('is kept as it stood on the screen: who could be named only later cannot look up the name', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await workspace.changePerson('amira', GUEST);
    await beginToShare(bot, 'maria', 'the wrong rate', { tier: 'confidential' });
    expect(wordsOf(maria.view())).not.toContain('Amira');
    await workspace.changePerson('amira', { isRestricted: false });
    await homeSays(bot, 'jon', 'no longer a steward', false);
    await maria.submit();
    expect(rows(bot, 'select stewards_then from near_misses')).toEqual([
      { stewards_then: JSON.stringify([workspace.person('jon').id]) },
    ]);
    expectNoComplaints(bot);
  });

  test('and the other way round, who was named and is none any more cannot either', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await beginToShare(bot, 'maria', 'the wrong rate', { tier: 'confidential' });
    await workspace.changePerson('amira', GUEST);
    await maria.submit();
    expect(rows(bot, 'select stewards_then from near_misses')).toEqual([
      { stewards_then: JSON.stringify([workspace.person('jon').id]) },
    ]);
    expectNoComplaints(bot);
  });

  test('the choice stays what it was when the last steward goes, and says what that means', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await chooseStewards(bot, 'jon', ['amira']);
    await beginToShare(bot, 'maria', 'the wrong rate', { tier: 'confidential' });
    await workspace.changePerson('amira', LEFT);
    await choose(bot, 'maria', 'audience', 'channel');
    await choose(bot, 'maria', 'audience', 'everyone');
    const view = maria.view();
    expect(JSON.stringify(view?.state.values)).toContain('"confidential"');
    expect(wordsOf(view)).toContain('There is no steward now, so nobody can look it up.');
    expect(wordsOf(view)).toContain('Nobody is a steward now, so nobody can look up your name in Slack.');
    expect(questionsOf(view)).not.toContain('Post a short card');
    await maria.submit();
    expect(rows(bot, 'select tier, stewards_then, card_channel_id from near_misses')).toEqual([
      { tier: 'confidential', stewards_then: '[]', card_channel_id: null },
    ]);
    expectNoComplaints(bot);
  });

  test('one shared under Only the stewards stays so where its reporter changes something else', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await chooseStewards(bot, 'jon', ['amira']);
    await tell(bot, 'maria', 'the wrong rate', {}, { tier: 'confidential' });
    await workspace.changePerson('amira', LEFT);
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    await maria.press(placeOf(told), 'who_can_see');
    await modalOf(bot, 'maria', 'Who can see this', 'Nobody who was a steward then is one now');
    await maria.close();
    await maria.command('payments-ops', '/nearmiss show NM-1');
    const shown = await ephemeralOf(bot, 'maria', 'Edit or withdraw');
    const id = onlyId(bot);
    await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${id}`);
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Change who can see this');
    await maria.press('view', 'change_who_can_see');
    await modalOf(bot, 'maria', 'Who can see this', 'tier');
    await maria.change('view', 'audience', 'channel');
    expect((await maria.submit()).errors).toEqual({});
    expect(rows(bot, 'select tier, audience from near_misses')).toEqual([
      { tier: 'confidential', audience: 'channel' },
    ]);
    expectNoComplaints(bot);
  });
});
