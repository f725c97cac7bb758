import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { share, shareAndSkip } from '../support/capture.ts';
import { onlyId, refuseToStore, rows } from '../support/database.ts';
import { botWithDigest, digestIn, publishNow, repliesTo } from '../support/digest.ts';
import { cardIn, ephemeralOf, modalOf, placeOf, wordsOf } from '../support/screen.ts';
import { openChange, openChangeOf } from '../support/story.ts';

describe('withdraw', () => {
  const WITHDRAWN =
    'NM-1 is withdrawn. Your words are removed from the app, and the card follows as soon as Slack accepts it.';

  test('where there is no card promises nothing of one', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'words to take back', { card: false });
    await ephemeralOf(bot, 'maria', 'NM-1 is saved.');
    await maria.command('payments-ops', '/nearmiss show 1');
    const shown = await ephemeralOf(bot, 'maria', 'words to take back');
    await maria.press(placeOf(shown), 'card_more', `edit_or_withdraw:${onlyId(bot)}`);
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Withdraw');
    await maria.press('view', 'withdraw');
    const view = await modalOf(bot, 'maria', 'Edit or withdraw', 'is withdrawn');
    expect(wordsOf(view)).toBe('NM-1 is withdrawn. Your words are removed from the app.');
    expectNoComplaints(bot);
  });

  test('asks first, then blanks the card and the words, and what others added stays theirs', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    const [maria, jon] = [workspace.person('maria'), workspace.person('jon')];
    await share(bot, 'maria', 'words to take back', { system: 'Payroll' });
    await maria.change('view', 'closeness', 'an hour');
    await maria.submit();
    const card = await cardIn(bot, 'payments-ops', 'jon', 'an hour');
    await jon.press(placeOf(card), 'tell_more');
    await modalOf(bot, 'jon', 'Tell more', 'answered');
    await jon.press('view', { block_id: 'users' });
    await modalOf(bot, 'jon', 'Who we were protecting', 'protecting');
    await jon.change('view', 'protecting', 'those who call');
    await jon.submit();

    await openChange(bot, 'maria');
    const menu = await modalOf(bot, 'maria', 'Edit or withdraw', 'Withdraw');
    expect(JSON.stringify(menu.blocks)).toContain('"text":"Withdraw NM-1?"');
    expect(JSON.stringify(menu.blocks)).toContain(
      'Your words are removed from the app, the card and the digest. Views that others added are theirs and are removed only by them.',
    );
    const pressed = await maria.press('view', 'withdraw');
    await modalOf(bot, 'maria', 'Edit or withdraw', WITHDRAWN);
    const blank = await cardIn(bot, 'payments-ops', 'jon', 'was withdrawn');
    expect([blank.text, wordsOf(blank)]).toEqual([
      'NM-1 was withdrawn. Its words have been removed.',
      'NM-1 was withdrawn. Its words have been removed.',
    ]);
    expect(rows(bot, 'select summary, system_id, reached from near_misses')).toEqual([
      { summary: '', system_id: null, reached: null },
    ]);
    expect(rows(bot, 'select author, text from answers')).toEqual([
      { author: jon.id, text: 'those who call' },
    ]);
    expect(rows(bot, 'select * from systems')).toEqual([]);

    await pressed.redeliver();
    await maria.command('payments-ops', '/nearmiss list mine');
    await ephemeralOf(bot, 'maria', 'Nothing yet.');
    expect(wordsOf(maria.view())).toBe(WITHDRAWN);
    expectNoComplaints(bot);
  });

  test('names the digest too, where it stands in one, and the words go from there', async () => {
    const bot = await botWithDigest();
    await shareAndSkip(bot, 'maria', 'words to take back');
    await shareAndSkip(bot, 'maria', 'without a card', { card: false });
    await publishNow(bot, 'jon');
    const parent = await digestIn(bot);
    await repliesTo(bot, parent, 2);
    for (const [name, places] of [
      ['NM-1', 'the card and the digest follow'],
      ['NM-2', 'the digest follows'],
    ] as const) {
      await openChangeOf(bot, 'maria', name);
      await modalOf(bot, 'maria', 'Edit or withdraw', 'Withdraw');
      await bot.workspace.person('maria').press('view', 'withdraw');
      expect(wordsOf(await modalOf(bot, 'maria', 'Edit or withdraw', 'is withdrawn'))).toBe(
        `${name} is withdrawn. Your words are removed from the app, and ${places} as soon as Slack accepts it.`,
      );
      await bot.workspace.person('maria').close();
    }
    const { channel } = parent;
    await bot.workspace.until(() => {
      const posted = bot.workspace.state.messages.filter((message) => message.channel === channel);
      return posted.length > 0 && !/words to take back|without a card/.test(JSON.stringify(posted));
    });
    expectNoComplaints(bot);
  });

  test('that cannot be done now says so, and where', async () => {
    const bot = await botOnTheWire();
    const maria = bot.workspace.person('maria');
    await shareAndSkip(bot, 'maria', 'words to take back');
    await openChange(bot, 'maria');
    await modalOf(bot, 'maria', 'Edit or withdraw', 'Withdraw');
    const letGo = refuseToStore(bot);
    await maria.press('view', 'withdraw');
    const view = await modalOf(bot, 'maria', 'Edit or withdraw', 'That did not work just now.');
    expect(wordsOf(view)).toMatch(
      /^That did not work just now\. Please try it once more in a moment\. .*: [\w-]{8}\.$/,
    );
    letGo();
    expect(rows(bot, 'select summary from near_misses')).toEqual([{ summary: 'words to take back' }]);
    expectNoComplaints(bot);
  });
});
