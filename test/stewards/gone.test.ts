import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/state/state.ts';
import { MINUTE } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { beginToShare } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { botWithDigest } from '../support/digest.ts';
import { botWithPreview, press, storyIn } from '../support/preview.ts';
import { ephemeralOf, modalOf, said, titleOf, wordsOf } from '../support/screen.ts';
import { becomesUnheard, GUEST, hears } from '../support/stewards.ts';
import { tell } from '../support/story.ts';

const becomesGuest = (bot: BotOnTheWire) => {
  becomesUnheard(bot, 'amira', GUEST);
  bot.advance(5 * MINUTE);
};

const settled = (bot: BotOnTheWire) => [
  rows(bot, 'select settings from workspaces'),
  rows(bot, 'select channel_id from digest_definitions'),
];

describe('a steward who became a guest five minutes ago, of which Slack says nothing by itself,', () => {
  test.each([
    ['publish_digest', 'publish the digest'],
    ['hold_digest', 'decide this'],
    ['leave_one_out', 'decide this'],
    ['propose_wording', 'decide this'],
  ])('may not press %s', async (action, can) => {
    const { bot, toAmira } = await botWithPreview();
    becomesGuest(bot);
    const onStory = action === 'leave_one_out' || action === 'propose_wording';
    await press(bot, 'amira', onStory ? storyIn(toAmira, 'NM-2') : (toAmira[0] as Message), action);
    await hears(bot, 'amira', `Only the steward, Jon Park, can ${can}.`);
    expect(rows(bot, 'select state from digests')).toEqual([{ state: 'preview' }]);
    expectNoComplaints(bot);
  });

  test.each([
    ['hold_digest', 'Hold the digest', 'until', undefined],
    ['leave_one_out', 'Leave this out', 'line', 'a line'],
    ['propose_wording', 'Propose a wording', 'wording', 'words'],
  ] as const)('may not send what %s asked', async (action, title, block, words) => {
    const { bot, toAmira } = await botWithPreview();
    const amira = bot.workspace.person('amira');
    const onStory = action !== 'hold_digest';
    await press(bot, 'amira', onStory ? storyIn(toAmira, 'NM-2') : (toAmira[0] as Message), action);
    await modalOf(bot, 'amira', title, block);
    if (words !== undefined) await amira.change('view', block, words);
    becomesGuest(bot);
    await amira.submit();
    expect([titleOf(amira.view()), wordsOf(amira.view())]).toEqual([
      title,
      'Only the steward, Jon Park, can decide this.',
    ]);
    expect(rows(bot, 'select state from digests')).toEqual([{ state: 'preview' }]);
    expectNoComplaints(bot);
  });

  test('may not confirm digest now', async () => {
    const bot = await botWithDigest();
    const amira = bot.workspace.person('amira');
    await tell(bot, 'maria', 'the wrong rate');
    await amira.command('payments-ops', '/nearmiss digest now');
    await modalOf(bot, 'amira', 'Publish the digest now?', 'posted in');
    becomesGuest(bot);
    await amira.submit();
    expect(wordsOf(amira.view())).toBe('Only the steward, Jon Park, can publish the digest.');
    await amira.close();
    expect(rows(bot, 'select * from digests')).toEqual([]);
    expectNoComplaints(bot);
  });

  test.each([
    ['settings', 'Settings', 'stewards'],
    ['digest settings', 'The weekly digest', 'channel'],
  ] as const)('may not save %s that stood open', async (command, title, has) => {
    const bot = await botWithDigest();
    const amira = bot.workspace.person('amira');
    await amira.command('payments-ops', `/nearmiss ${command}`);
    await modalOf(bot, 'amira', title, has);
    await amira.change('view', has, command === 'settings' ? ['amira'] : bot.workspace.channel('quiet').id);
    const before = settled(bot);
    becomesGuest(bot);
    await amira.submit();
    expect(wordsOf(amira.view())).toBe('Only the steward, Jon Park, can change this.');
    expect(settled(bot)).toEqual(before);
    expectNoComplaints(bot);
  });
});

/** A fact is heard of at once where Slack sends an event, and else as soon as what was known is five minutes old. */
const HEARD: [string, (bot: BotOnTheWire) => Promise<void>][] = [
  ['as soon as Slack says so', (bot) => bot.workspace.changePerson('amira', GUEST)],
  ['five minutes later where it does not say so', async (bot) => becomesGuest(bot)],
];

describe.each(HEARD)('the same, %s,', (_when, becomes) => {
  test('hears with every command who is one', async () => {
    const bot = await botWithDigest();
    await becomes(bot);
    const amira = bot.workspace.person('amira');
    await amira.command('payments-ops', '/nearmiss settings');
    await modalOf(bot, 'amira', 'Settings', 'Only the steward, Jon Park, can change this.');
    await amira.close();
    await amira.command('payments-ops', '/nearmiss digest settings');
    await modalOf(bot, 'amira', 'The weekly digest', 'Only the steward, Jon Park, can change this.');
    await amira.command('payments-ops', '/nearmiss digest preview');
    await ephemeralOf(bot, 'amira', 'Only the steward, Jon Park, can see a preview of the digest.');
    await amira.command('payments-ops', '/nearmiss digest now');
    await ephemeralOf(bot, 'amira', 'Only the steward, Jon Park, can publish the digest.');
    await amira.command('payments-ops', '/nearmiss help');
    const help = said(await ephemeralOf(bot, 'amira', 'Looked after by Jon Park.'));
    expect(help).not.toMatch(/For stewards|digest|settings/u);
    expectNoComplaints(bot);
  });

  test('is named to nobody as one who can look up a name, or to turn to', async () => {
    const bot = await botWithDigest();
    await becomes(bot);
    // What nobody asked about in five minutes is not known without asking, and step 1 asks nobody.
    await bot.workspace.person('jon').command('payments-ops', '/nearmiss help');
    await ephemeralOf(bot, 'jon', 'Looked after by Jon Park.');
    await beginToShare(bot, 'maria', 'the wrong rate', { tier: 'confidential' });
    const maria = bot.workspace.person('maria');
    expect(wordsOf(maria.view())).toContain('Jon Park can look up your name;');
    expect(wordsOf(maria.view())).not.toContain('Amira');
    await maria.submit();
    await maria.close();
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    expect(told.text).toContain('please tell Jon Park now.');
    expect(rows(bot, 'select stewards_then from near_misses')).toEqual([
      { stewards_then: JSON.stringify([bot.workspace.person('jon').id]) },
    ]);
    expectNoComplaints(bot);
  });
});
