import { describe, expect, test } from 'vitest';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { beginToShare, choose, fillStepOne, openStepOne, share } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { botWithDigest } from '../support/digest.ts';
import { ephemeralOf, modalOf, placeOf, questionsOf, wordsOf } from '../support/screen.ts';
import { chooseStewards, GUEST, homeSays, LEFT } from '../support/stewards.ts';
import { changeWhoCanSee, openChange, openChangeFromList, tell } from '../support/story.ts';

/** By their handles. */
function stewardsThen(bot: BotOnTheWire): (string | undefined)[] {
  const [row] = rows<{ stewards_then: string }>(bot, 'select stewards_then from near_misses');
  const handles = new Map(['jon', 'amira'].map((handle) => [bot.workspace.person(handle).id, handle]));
  return (JSON.parse(row?.stewards_then ?? '[]') as string[]).map((id) => handles.get(id));
}

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

  test('for a channel: a steward who joins it later cannot look up the name, and is not said to', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await openStepOne(bot, 'maria', 'ledger', 'Only members of #ledger can read');
    await fillStepOne(bot, 'maria', 'two reports differed', { tier: 'confidential' });
    expect(JSON.stringify(maria.view())).toContain('Jon Park. You can see when they look.');
    await maria.submit();
    await maria.close();
    expect(stewardsThen(bot)).toEqual(['jon']);
    workspace.channel('ledger').members.add(workspace.person('amira').id);
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    await maria.press(placeOf(told), 'who_can_see');
    const seen = wordsOf(await modalOf(bot, 'maria', 'Who can see this', 'look up your name'));
    expect(seen).toContain('Jon Park can look up your name');
    expect(seen).not.toContain('Amira');
    expectNoComplaints(bot);
  });

  test('and where none was in it, nobody, also once one is', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await chooseStewards(bot, 'jon', ['amira']);
    await openStepOne(bot, 'maria', 'ledger', 'Only members of #ledger can read');
    await fillStepOne(bot, 'maria', 'two reports differed', { tier: 'confidential' });
    expect(JSON.stringify(maria.view())).toContain('No steward is in this conversation');
    await maria.submit();
    await maria.close();
    expect(stewardsThen(bot)).toEqual([]);
    workspace.channel('ledger').members.add(workspace.person('amira').id);
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    await maria.press(placeOf(told), 'who_can_see');
    await modalOf(bot, 'maria', 'Who can see this', 'Nobody can look up your name in Slack.');
    expectNoComplaints(bot);
  });

  test('a change of both at once entrusts it to those who were named, less those who may not read it then', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'two reports differed', {}, { channel: 'ledger', audience: 'everyone' });
    await ephemeralOf(bot, 'maria', 'Thank you.');
    await openChange(bot, 'maria', 'ledger');
    await changeWhoCanSee(bot, 'maria', { tier: 'confidential', audience: 'channel' });
    expect(stewardsThen(bot)).toEqual(['jon']);
    await openChangeFromList(bot, 'maria');
    await changeWhoCanSee(bot, 'maria', { audience: 'everyone' });
    expect(stewardsThen(bot)).toEqual(['jon']);
    expectNoComplaints(bot);
  });

  test('one that is narrowed to a channel stays with those of its stewards who are in it', async () => {
    const bot = await botWithDigest();
    await share(bot, 'maria', 'two reports differed', {
      channel: 'ledger',
      audience: 'everyone',
      tier: 'confidential',
    });
    expect(stewardsThen(bot)).toEqual(['jon', 'amira']);
    await bot.workspace.person('maria').close();
    await openChangeFromList(bot, 'maria');
    await changeWhoCanSee(bot, 'maria', { audience: 'channel' });
    expect(stewardsThen(bot)).toEqual(['jon']);
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
    await openChangeFromList(bot, 'maria');
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
