import { describe, expect, test } from 'vitest';
import type { ShownView } from '../../sandbox/state/views.ts';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { beginToShare, choose, fillStepOne, goOnTo, openStepOne } from '../support/capture.ts';
import { rows } from '../support/database.ts';
import { botWithDigest } from '../support/digest.ts';
import { ephemeralOf, modalOf, questionsOf, titleOf, wordsOf } from '../support/screen.ts';
import { chooseStewards } from '../support/stewards.ts';
import { changeWhoCanSee, openChange, tell } from '../support/story.ts';

type Option = { text: { text: string }; description?: { text: string } };

function tiersIn(view: ShownView): string[] {
  const input = view.blocks.find(({ block_id: id }) => id === 'tier');
  const options = (input?.element as { options?: Option[] } | undefined)?.options ?? [];
  return options.map(({ text, description }) => `${text.text}: ${description?.text}`);
}

/** The last line of step 1: who can see it. */
const sentenceIn = (view: ShownView | undefined) => wordsOf(view).split('\n').at(-1);

describe('Only the stewards', () => {
  test('is offered once there are some, with their names', async () => {
    const bot = await botOnTheWire();
    const { workspace } = bot;
    expect(tiersIn(await openStepOne(bot, 'maria'))).toHaveLength(2);
    await workspace.person('maria').close();
    await chooseStewards(bot, 'jon', ['jon', 'amira']);
    expect(tiersIn(await openStepOne(bot, 'maria'))).toEqual([
      'Anyone who can read it: Colleagues can thank you and ask you about it.',
      'Only the stewards: Jon Park and Amira Haddad. You can see when they look.',
      'Nobody: The app stores no name. It cannot send you replies.',
    ]);
    await workspace.person('maria').close();
    await chooseStewards(bot, 'jon', ['jon', 'amira', 'sam']);
    expect(tiersIn(await openStepOne(bot, 'maria'))[1]).toBe(
      'Only the stewards: 3 people, named below. You can see when they look.',
    );
    expectNoComplaints(bot);
  });

  test('for everyone: who could look up the name, and when it first appears', async () => {
    const bot = await botWithDigest();
    await openStepOne(bot, 'maria');
    await choose(bot, 'maria', 'tier', 'confidential');
    const view = bot.workspace.person('maria').view();
    expect(wordsOf(view)).toContain(
      'Name only to the stewards, for everyone at Acme, nothing posted now. Change it below.',
    );
    expect(sentenceIn(view)).toBe(
      "Everyone at Acme can read the story; guests see it only where it is posted. Jon Park and Amira Haddad can look up your name; each look is written down and you can see it. Nobody else can in Slack. Nothing is posted now. It first appears in the digest in #learning on Monday 20 October, showing the day but not the time. The people who run the app's server could find your name there.",
    );
    expect(questionsOf(view)).not.toContain('Post a short card');
    expectNoComplaints(bot);
  });

  test('for the members of a channel: only those stewards who are in it', async () => {
    const bot = await botWithDigest();
    await openStepOne(bot, 'maria', 'ledger', 'Only members of #ledger can read');
    await choose(bot, 'maria', 'tier', 'confidential');
    expect(sentenceIn(bot.workspace.person('maria').view())).toBe(
      "Only members of #ledger can read the story, for as long as they are members. Jon Park can look up your name; each look is written down and you can see it. Nobody else can in Slack. Nothing is posted now. A card goes into #ledger on Monday 20 October, showing the day but not the time. It is never in the digest. The people who run the app's server could find your name there.",
    );
    expectNoComplaints(bot);
  });

  test('and where no steward is, nobody', async () => {
    const bot = await botOnTheWire();
    await chooseStewards(bot, 'jon', ['amira']);
    await openStepOne(bot, 'maria', 'ledger', 'Only members of #ledger can read');
    await choose(bot, 'maria', 'tier', 'confidential');
    expect(sentenceIn(bot.workspace.person('maria').view())).toContain(
      'No steward is in #ledger, so nobody can look up your name in Slack. Nothing is posted. People find it in the app.',
    );
    expectNoComplaints(bot);
  });
});

describe('the whole of a confidential share', () => {
  test('both steps, the confirmation, and who can see it', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await beginToShare(bot, 'maria', 'the wrong rate, seen in time', { tier: 'confidential' });
    expect((await maria.submit()).errors).toEqual({});
    expect(titleOf(maria.view())).toBe('What went right?');
    expect(wordsOf(maria.view())).toContain('*Saved.* You can stop here. If you have two more minutes');
    await maria.change('view', 'saves', 'we open ten by hand');
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.change('view', 'key_players', ['sam']);
    await maria.submit();
    await modalOf(bot, 'maria', 'What did they do?', workspace.person('sam').id);
    await maria.change('view', workspace.person('sam').id, 'could stop the send');
    await maria.submit();
    const told = await ephemeralOf(bot, 'maria', 'Thank you.');
    expect(told.text).toBe(
      'Thank you. It is saved. Nothing was posted. It first appears in the digest on Monday 20 October. If it could still happen today, please tell Jon Park or Amira Haddad now.',
    );
    expect(workspace.person('jon').messages('payments-ops')).toEqual([]);
    expect(
      rows(bot, 'select tier, audience, reporter_id, stewards_then, card_channel_id from near_misses'),
    ).toEqual([
      {
        tier: 'confidential',
        audience: 'everyone',
        reporter_id: maria.id,
        stewards_then: JSON.stringify([workspace.person('jon').id, workspace.person('amira').id]),
        card_channel_id: null,
      },
    ]);
    await maria.press({ channel: told.channel, ts: told.ts }, 'who_can_see');
    const seen = await modalOf(bot, 'maria', 'Who can see this', 'look up your name');
    expect(wordsOf(seen)).toContain('It first appears in the digest in #learning on Monday 20 October');
    expectNoComplaints(bot);
  });

  test('for a channel, it says where and when its card comes; nobody else finds it before', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    await openStepOne(bot, 'maria', 'ledger', 'Only members of #ledger can read');
    await fillStepOne(bot, 'maria', 'two reports differed', { tier: 'confidential' });
    await workspace.person('maria').submit();
    await workspace.person('maria').close();
    expect((await ephemeralOf(bot, 'maria', 'Thank you.')).text).toContain(
      'It is saved. Nothing was posted. It first appears in #ledger on Monday 20 October.',
    );
    await workspace.person('jon').command('payments-ops', '/nearmiss show NM-1');
    await ephemeralOf(
      bot,
      'jon',
      'NM-1 could not be found. It may not exist, or it may be for other people.',
    );
    expectNoComplaints(bot);
  });

  test('without a digest nothing is said about one', async () => {
    const bot = await botOnTheWire();
    await chooseStewards(bot, 'jon', ['jon']);
    await tell(bot, 'maria', 'seen in time', {}, { tier: 'confidential' });
    expect((await ephemeralOf(bot, 'maria', 'Thank you.')).text).toBe(
      'Thank you. It is saved. Nothing was posted. If it could still happen today, please tell Jon Park now.',
    );
    expectNoComplaints(bot);
  });

  test('unattributed: the end of step 2 says when it first appears, and nobody is written to', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    const maria = workspace.person('maria');
    await beginToShare(bot, 'maria', 'the wrong rate', { tier: 'unattributed' });
    await maria.submit();
    await maria.change('view', 'saves', 'we open ten by hand');
    await goOnTo(bot, 'maria', 'Who did it take?');
    await maria.submit();
    expect(wordsOf(maria.view())).toBe(
      'Thank you. It is saved. Nothing was posted. It first appears in the digest on Monday 20 October. If it could still happen today, please tell Jon Park or Amira Haddad now.',
    );
    expect(maria.ephemerals()).toEqual([]);
    expect(maria.dm()).toEqual([]);
    expectNoComplaints(bot);
  });

  test('a named one becomes confidential: its card goes, and its name with it', async () => {
    const bot = await botWithDigest();
    const { workspace } = bot;
    await tell(bot, 'maria', 'two reports differed', {}, { channel: 'ledger' });
    await ephemeralOf(bot, 'maria', 'Thank you.');
    await openChange(bot, 'maria', 'ledger');
    expect((await changeWhoCanSee(bot, 'maria', { tier: 'confidential' })).errors).toEqual({});
    await workspace.until(() => workspace.person('jon').messages('ledger').length === 0);
    expect(rows(bot, 'select tier, stewards_then from near_misses')).toEqual([
      {
        tier: 'confidential',
        // Those who may read it, as the choice said.
        stewards_then: JSON.stringify([workspace.person('jon').id]),
      },
    ]);
    expectNoComplaints(bot);
  });
});
