import { describe, expect, test } from 'vitest';
import { botOnTheWire, expectNoComplaints } from '../support/bot-on-the-wire.ts';
import { BUT_FOR_A_CARD, choose, openStepOne } from '../support/capture.ts';
import { chosenIn, questionsOf, ticked, wordsOf } from '../support/screen.ts';

describe('what is proposed where', () => {
  test('in a public channel: everyone, a card here, with the name', async () => {
    const bot = await botOnTheWire();
    const view = await openStepOne(bot, 'maria');
    expect([chosenIn(view, 'tier'), chosenIn(view, 'audience'), ticked(view)]).toEqual([
      'named',
      'everyone',
      true,
    ]);
    expect(wordsOf(view)).toContain(
      'With your name, for everyone at Acme, with a card in #payments-ops. Change it below.',
    );
    expect(wordsOf(view)).toContain(
      'Everyone at Acme can read the story; guests see it only where it is posted. Your name is on it. A card goes into #payments-ops when you save. You can change or withdraw your words at any time.',
    );
    expect(wordsOf(view)).not.toContain('Only the stewards');
    expectNoComplaints(bot);
  });

  test('in a private channel the app is in: its members, a card here', async () => {
    const bot = await botOnTheWire();
    const view = await openStepOne(
      bot,
      'maria',
      'finance-leads',
      'Only members of #finance-leads can read the story',
    );
    expect([chosenIn(view, 'audience'), ticked(view)]).toEqual(['channel', true]);
    expect(wordsOf(view)).toContain(
      'With your name, for members of #finance-leads, with a card in #finance-leads.',
    );
    expectNoComplaints(bot);
  });

  test('in a private channel the app is not in: you alone, and no card is offered', async () => {
    const bot = await botOnTheWire();
    const view = await openStepOne(bot, 'maria', 'board', 'nothing posted now');
    expect(questionsOf(view)).toEqual(BUT_FOR_A_CARD);
    expect(chosenIn(view, 'audience')).toBe('channel');
    expect(wordsOf(view)).toContain('With your name, for you alone, nothing posted now. Change it below.');
    expectNoComplaints(bot);
  });

  test('in a channel shared with another organisation the card is not ticked, and ticking it says who will see it', async () => {
    const bot = await botOnTheWire({
      channels: [{ name: 'with-partner', members: ['maria', 'jon'], app: true, isExtShared: true }],
    });
    const view = await openStepOne(bot, 'maria', 'with-partner', 'nothing posted now');
    expect([chosenIn(view, 'audience'), ticked(view)]).toEqual(['everyone', false]);
    await choose(bot, 'maria', 'card', ['card']);
    const words = wordsOf(bot.workspace.person('maria').view());
    expect(words).toContain('for everyone at Acme, with a card in #with-partner.');
    expect(words).toContain(
      '#with-partner is shared with another organisation. People there will see the card.',
    );
    await choose(bot, 'maria', 'card', []);
    expect(wordsOf(bot.workspace.person('maria').view())).not.toContain('will see the card');
    expectNoComplaints(bot);
  });

  test('in a direct message: the people in it, nobody is asked for a tier, no card', async () => {
    const bot = await botOnTheWire({
      channels: [{ name: 'maria-and-jon', kind: 'im', members: ['maria', 'jon'] }],
    });
    const view = await openStepOne(bot, 'maria', 'maria-and-jon', 'for you alone');
    expect(questionsOf(view)).toEqual([
      'What nearly happened?',
      'Which system or process?',
      'Who may read it?',
    ]);
    expect(wordsOf(view)).toContain('Only the people in this conversation');
    await choose(bot, 'maria', 'audience', 'everyone');
    expect(questionsOf(bot.workspace.person('maria').view())).toEqual(BUT_FOR_A_CARD);
    expectNoComplaints(bot);
  });
});
