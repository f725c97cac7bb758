import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { rows } from '../support/database.ts';
import { botWithDigest, digestIn, repliesTo } from '../support/digest.ts';
import { botWithPreview, gone, MONDAY, press, storyIn } from '../support/preview.ts';
import { dmOf, ephemeralOf, modalOf, said, wordsOf } from '../support/screen.ts';
import { tell } from '../support/story.ts';
import { callsOf } from '../support/workspace.ts';

describe('Publish now', () => {
  test('the first press wins, the others see who, and the preview is removed', async () => {
    const { bot, toJon, toAmira } = await botWithPreview();
    await Promise.all([
      press(bot, 'amira', toAmira[0] as Message, 'publish_digest'),
      press(bot, 'jon', toJon[0] as Message, 'publish_digest'),
    ]);
    const parent = await digestIn(bot);
    await repliesTo(bot, parent, 3);
    const told = (who: string) =>
      [...bot.workspace.person(who).ephemerals(), ...bot.workspace.person(who).dm()].filter(({ text }) =>
        text.endsWith(' published it already.'),
      );
    await bot.workspace.until(() => told('jon').length + told('amira').length === 1);
    expect([...told('jon'), ...told('amira')][0]?.text).toBe(
      told('jon').length === 1 ? 'Amira Haddad published it already.' : 'Jon Park published it already.',
    );
    const who = told('jon').length === 1 ? 'Amira Haddad' : 'Jon Park';
    for (const steward of ['jon', 'amira']) {
      await gone(bot, steward);
      await dmOf(bot, steward, `${who} published this digest.`);
    }
    await digestIn(bot, 'learning', 1);
    expect(
      callsOf(bot, 'chat.postMessage').filter(({ args }) => args.channel === parent.channel),
    ).toHaveLength(4);
    expectNoComplaints(bot);
  });

  test('digest now, with a preview that is open: says how many and where, and publishes that one', async () => {
    const { bot } = await botWithPreview();
    await bot.workspace.person('amira').command('payments-ops', '/nearmiss digest now');
    const asked = await modalOf(bot, 'amira', 'Publish the digest now?', 'posted in');
    expect(wordsOf(asked)).toBe('2 stories will be posted in #learning, for everyone who is there.');
    await bot.workspace.person('amira').submit();
    await modalOf(bot, 'amira', 'The weekly digest', 'It is on its way.');
    await repliesTo(bot, await digestIn(bot), 3);
    await gone(bot, 'jon');
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(bot, 'jon', 'There is nothing new for a digest yet.');
    expectNoComplaints(bot);
  });

  test('digest now from two modals at once publishes one digest, and the second hears that nothing is left', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'the wrong rate');
    const { workspace } = bot;
    for (const who of ['jon', 'amira']) {
      await workspace.person(who).command('payments-ops', '/nearmiss digest now');
      await modalOf(bot, who, 'Publish the digest now?', 'One story will be posted in #learning');
    }
    await workspace.person('jon').submit();
    await workspace.person('amira').submit();
    await modalOf(bot, 'jon', 'The weekly digest', 'It is on its way.');
    await modalOf(bot, 'amira', 'The weekly digest', 'There is nothing new for a digest yet.');
    await repliesTo(bot, await digestIn(bot), 1);
    expectNoComplaints(bot);
  });

  test('pressed again after its answer was lost, it says the same, and what was shared meanwhile waits', async () => {
    const bot = await botWithDigest();
    await tell(bot, 'maria', 'the wrong rate');
    const jon = bot.workspace.person('jon');
    await jon.command('payments-ops', '/nearmiss digest now');
    await modalOf(bot, 'jon', 'Publish the digest now?', 'One story will be posted in #learning');
    bot.workspace.faults.loseNextAck();
    await jon.submit();
    await repliesTo(bot, await digestIn(bot), 1);
    await tell(bot, 'sam', 'shared meanwhile');
    await jon.submit({ copies: 2 });
    await modalOf(bot, 'jon', 'The weekly digest', 'It is on its way.');
    expect(rows(bot, 'select id from digests')).toHaveLength(1);
  });

  test('on a preview asked for in mid-week leaves Monday its digest', async () => {
    const { bot, toJon } = await botWithPreview();
    await press(bot, 'jon', toJon[0] as Message, 'publish_digest');
    await repliesTo(bot, await digestIn(bot), 3);
    await tell(bot, 'sam', 'seen on Wednesday');
    await bot.goTo(MONDAY + 60_000);
    const monday = await digestIn(bot, 'learning', 2);
    expect((await repliesTo(bot, monday, 1)).map(said).join()).toContain('seen on Wednesday');
    expectNoComplaints(bot);
  });

  test('later presses under a preview say who published it', async () => {
    const { bot, toJon, toAmira } = await botWithPreview();
    const jon = bot.workspace.person('jon');
    await press(bot, 'jon', toJon[0] as Message, 'hold_digest');
    await modalOf(bot, 'jon', 'Hold the digest', 'until');
    await press(bot, 'amira', toAmira[0] as Message, 'publish_digest');
    await digestIn(bot);
    await jon.submit();
    expect(wordsOf(jon.view())).toBe('Amira Haddad published it already.');
    await jon.close();
    expectNoComplaints(bot);
  });

  test('while a story stands in a modal: its line, or other words for it, are not taken, and it says who', async () => {
    const { bot, toJon, toAmira } = await botWithPreview();
    const jon = bot.workspace.person('jon');
    await press(bot, 'jon', storyIn(toJon, 'NM-2'), 'leave_one_out');
    await modalOf(bot, 'jon', 'Leave this out', 'line');
    await jon.change('view', 'line', 'we wait for the supplier');
    await press(bot, 'amira', toAmira[0] as Message, 'publish_digest');
    await digestIn(bot);
    await jon.submit();
    expect(wordsOf(jon.view())).toBe('Amira Haddad published it already.');
    expectNoComplaints(bot);
  });
});
