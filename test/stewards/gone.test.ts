import { describe, expect, test } from 'vitest';
import type { Message, PersonChange } from '../../sandbox/state/state.ts';
import { MINUTE } from '../support/bot-on-a-store.ts';
import { type BotOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { beginToShare } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { botWithDigest } from '../support/digest.ts';
import { botWithPreview, gone, press, storyIn } from '../support/preview.ts';
import { ephemeralOf, modalOf, said, titleOf, wordsOf } from '../support/screen.ts';
import { becomesUnheard, GUEST, hears } from '../support/stewards.ts';
import { tell } from '../support/story.ts';

/** A fact is heard of at once where Slack sends an event, and else as soon as what was known is five minutes old. */
const HEARD: [string, boolean, (bot: BotOnTheWire, to: PersonChange) => Promise<void>][] = [
  ['as soon as Slack says so', true, (bot, to) => bot.workspace.changePerson('amira', to)],
  [
    'five minutes later where it does not say so',
    false,
    async (bot, to) => {
      becomesUnheard(bot, 'amira', to);
      bot.advance(5 * MINUTE);
    },
  ],
];

describe.each(HEARD)('a steward who became a guest, %s,', (_when, isHeard, becomes) => {
  test.each(['publish_digest', 'hold_digest', 'leave_one_out', 'propose_wording'])(
    'may not press %s',
    async (action) => {
      const { bot, toAmira } = await botWithPreview();
      const { messages } = bot.workspace.state;
      const shown = structuredClone(messages.filter(({ ts }) => toAmira.some((one) => one.ts === ts)));
      await becomes(bot, GUEST);
      if (isHeard) await gone(bot, 'amira');
      // The preview is taken away, but it may stand on a screen for a while.
      const others = messages.filter(({ ts }) => shown.every((one) => one.ts !== ts));
      messages.splice(0, messages.length, ...others, ...shown);
      const onStory = action === 'leave_one_out' || action === 'propose_wording';
      await press(bot, 'amira', onStory ? storyIn(toAmira, 'NM-2') : (toAmira[0] as Message), action);
      const can = action === 'publish_digest' ? 'publish the digest' : 'decide this';
      await hears(bot, 'amira', `Only the steward, Jon Park, can ${can}.`);
      expect(rows(bot, 'select state from digests')).toEqual([{ state: 'preview' }]);
      expectNoComplaints(bot);
    },
  );

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
    await becomes(bot, GUEST);
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
    await becomes(bot, GUEST);
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
    const before = rows(bot, 'select settings from workspaces');
    await becomes(bot, GUEST);
    await amira.submit();
    expect(wordsOf(amira.view())).toBe('Only the steward, Jon Park, can change this.');
    const settled = (all: Record<string, unknown>[]) => {
      const { formerStewards: _noted, ...rest } = JSON.parse(String(all[0]?.settings)) as object & {
        formerStewards?: unknown;
      };
      return rest;
    };
    expect(settled(rows(bot, 'select settings from workspaces'))).toEqual(settled(before));
    expectNoComplaints(bot);
  });

  test('hears with every command who is one', async () => {
    const bot = await botWithDigest();
    await becomes(bot, GUEST);
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
    await becomes(bot, GUEST);
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
